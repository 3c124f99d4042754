"""Ten minutes is a budget of 70 words per question, everything shown included."""

import pytest
from django.urls import reverse

from scans.selectors.content import current_questionnaire
from tests.pages import visible_words

pytestmark = pytest.mark.django_db
WORDS_PER_QUESTION = 70


def pages_of(client, role):
    client.post(reverse("start"), {"role": role})
    return [client.get(reverse("theme", args=[step])).content.decode() for step in range(1, 13)]


def test_the_twelve_pages_stay_within_seventy_words_per_question(client, db, role):
    counts = [len(visible_words(page)) for page in pages_of(client, role)]
    print(f"{role}: {sum(counts)} words, per page {counts}")
    assert sum(counts) <= 24 * WORDS_PER_QUESTION


def test_no_question_alone_breaks_the_budget(db, role):
    for question in current_questionnaire(role).questions:
        shown = " ".join([question.text, *(label for _, label in question.choices)])
        assert len(shown.split()) <= WORDS_PER_QUESTION, question.code


def test_what_is_counted_is_what_is_seen(client, db):
    page = pages_of(client, "client_manager")[0]
    question = current_questionnaire("client_manager").questions[0]
    seen = " ".join(visible_words(page))
    for text in (question.text, *(label for _, label in question.choices), "Stap 1 van 12", "Volgende", "Overslaan"):
        assert text in seen
    for text in (question.why.split(".")[0], "Niet opgeslagen", "Bron:"):
        assert text in page and text not in seen


EXTRA = {
    "a paragraph": ("<p>een twee drie</p>", 3),
    "an open fold": ("<details open><summary>een</summary><p>twee drie</p></details>", 3),
    "a closed fold": ("<details><summary>een</summary><p>twee</p><details><p>drie</p></details></details>", 1),
    "for screen readers": ("<p>een <span class='a visually-hidden b'>twee drie</span></p>", 1),
    "hidden": ("<div hidden><p>een</p></div>", 0),
    "without JavaScript": ("<noscript><p>een</p></noscript>", 0),
    "a dash": ("<p>een – twee</p>", 2),
}


@pytest.mark.parametrize("kind", EXTRA)
def test_the_count_sees_every_word_and_nothing_else(kind):
    text, number = EXTRA[kind]
    assert len(visible_words(f"<html><body><p>buiten</p><main>{text} na</main></body></html>")) == number + 1


def test_a_page_that_talks_too_much_is_found(client, db):
    pages = pages_of(client, "manager")
    pages[0] = pages[0].replace("</main>", "<p>" + "woord " * 24 * WORDS_PER_QUESTION + "</p></main>")
    assert sum(len(visible_words(page)) for page in pages) > 24 * WORDS_PER_QUESTION
