"""The language of the content, as far as a machine can judge it; each rule with texts that break it."""

import pytest

from advice.models import AdviceRule, Intervention
from scans.models import AnswerOption, Question
from tests.advice import texts
from tests.advice.texts import user_texts

pytestmark = pytest.mark.django_db
# Running text, as against names and labels, whose short lines would flatter a mean.
RUNNING = (
    ": why", ": summary", ": asks", ": gives", ": definition", ": nuance", ": statement", ": start", ": for_whom",
    ": evidence_note", ": caution", ": note", ": text", ": first_step", ": discussion", ": stop", ": about",
    ": intro", ": prompt",
)  # fmt: skip


def free_of(find, *models):
    found = [f"{text.where}: {text.text}" for text in user_texts(*models) if find(text.text)]
    assert not found, "\n".join(["", *found])


def test_there_is_something_to_read(content):
    assert len(user_texts()) > 2000
    assert all(text.text == text.text.strip() and "  " not in text.text for text in user_texts())


def test_words_to_avoid_are_absent(content):
    free_of(texts.avoided)


def test_no_sentence_is_longer_than_twenty_words(content):
    free_of(texts.too_long)


def test_sentences_have_twelve_words_on_average_at_most(content):
    running = [text.text for text in user_texts() if text.where.endswith(RUNNING)]
    assert len(running) > 1000
    assert texts.mean_words(running) <= texts.MEAN_WORDS


def test_nobody_shouts(content):
    free_of(texts.shouts)


def test_no_first_step_begins_with_a_vision(content):
    free_of(texts.begins_with_a_vision, AdviceRule)


def test_level_0_is_never_dont_know_in_other_words(content):
    lowest = AnswerOption.objects.filter(level=0).values_list("question__code", "label")
    assert [(code, label) for code, label in lowest if texts.sounds_like_dont_know(label)] == []


def test_no_level_stands_twice_anywhere(content):
    assert texts.doubles(list(AnswerOption.objects.values_list("label", flat=True))) == []


def test_no_question_and_no_first_step_stands_twice(content):
    assert texts.doubles(list(Question.objects.values_list("text", flat=True))) == []
    assert texts.doubles(list(AdviceRule.objects.values_list("first_step", flat=True))) == []


def test_names_of_interventions_are_all_different(content):
    assert texts.doubles(list(Intervention.objects.values_list("name", flat=True))) == []


BAD = {
    texts.avoided: [
        "De cliënt komt.", "Uitkeringsgerechtigden bellen.", "De werkzoekende belt.", "Autochtone klanten.",
        "Knuffelbaar.", "Er is zelfselectie.", "Eerst dit. Iedereen discrimineert weleens.", "Dit is anoniem.",
        "Niet-westerse klanten.",
    ],
    texts.too_long: ["Kort. " + "woord " * 20 + "einde."],
    texts.shouts: ["Doe dit nu!"],
    texts.sounds_like_dont_know: [
        "Dat weet ik niet.", "Ik weet het niet.", "Dat is mij onbekend.", "Geen idee.", "Daar heb ik geen zicht op.",
        "Dat is hier niet bekend.",
    ],
    texts.begins_with_a_vision: ["Stel een visie op.", "Schrijf een visie over kansen."],
}  # fmt: skip
GOOD = {
    texts.avoided: [
        "De klant komt.", "Anoniem solliciteren", "Niet-westerse oudkomers (de term van toen) deden mee.",
        "Stappen voor werkgevers, werkzoekenden en consulenten.", "Het werk zoekt mensen.",
        "De werkzoekendebegeleiders in Enschede.",
    ],
    texts.too_long: ["woord " * 19 + "einde. " + "Woord " * 19 + "einde."],
    texts.shouts: ["Doe dit nu.", "K!X Works in Venlo."],
    texts.sounds_like_dont_know: ["Die is er niet.", "Ik weet waar het staat.", "Dat doen we niet."],
    texts.begins_with_a_vision: ["Bespreek de visie met een collega."],
}  # fmt: skip


@pytest.mark.parametrize(("find", "text"), [(find, text) for find, bad in BAD.items() for text in bad])
def test_a_text_that_breaks_a_rule_is_found(find, text):
    assert find(text)


@pytest.mark.parametrize(("find", "text"), [(find, text) for find, good in GOOD.items() for text in good])
def test_a_good_text_is_left_alone(find, text):
    assert not find(text)


def test_a_long_winded_text_raises_the_mean():
    assert texts.mean_words(["Een zin van " + "woord " * 15 + "einde."]) > texts.MEAN_WORDS
    assert texts.mean_words(["Kort. Nog korter dan dat."]) == 2.5


def test_a_double_is_found_whatever_its_capitals_and_dots():
    assert texts.doubles(["Die is er niet.", "die is er niet"]) == ["die is er niet"]
    assert texts.doubles(["Die is er niet.", "Die is er wel."]) == []
