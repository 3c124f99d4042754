"""The page of one theme as a form: it works without JavaScript, and no window undoes another in silence."""

import pytest
from django.urls import reverse

from scans import services
from scans.models import Answer, Scan
from scans.selectors.scan import scan_state

pytestmark = [pytest.mark.both, pytest.mark.django_db]
PAGE = "/scan/stap/1/"


@pytest.fixture
def browser(client, content):
    client.post(reverse("start"), {"role": "client_manager"})
    client.scan = Scan.objects.get(pk=client.session["scan"])
    client.one, client.two = content.themes[0].questions
    return client


def send(client, one=None, two=None, seen_one="0:", seen_two="0:"):
    fields = {client.one.code: one, client.two.code: two}
    seen = {f"seen-{client.one.code}": seen_one, f"seen-{client.two.code}": seen_two}
    return client.post(PAGE, {code: choice for code, choice in fields.items() if choice is not None} | seen)


def stored(client):
    return {code: (a.choice, a.revision) for code, a in scan_state(client.scan.pk).answers.items()}


def test_a_full_page_is_saved_and_leads_on(browser):
    assert send(browser, "3", "1").url == reverse("theme", args=[2])
    assert stored(browser) == {browser.one.code: ("3", 1), browser.two.code: ("1", 1)}


def test_the_last_page_leads_to_the_check(browser, content):
    last = {question.code: "2" for question in content.themes[11].questions}
    assert browser.post("/scan/stap/12/", last).url == reverse("check")


def test_half_a_page_keeps_its_answer_and_says_what_is_missing(browser):
    response = send(browser, one="3")
    assert response.status_code == 200
    assert "Kies een antwoord." in response.content.decode()
    assert stored(browser) == {browser.one.code: ("3", 1)}


def test_a_choice_of_another_question_is_refused_beside_its_field(browser):
    response = send(browser, "9", "1")
    assert "Dit antwoord hoort niet bij deze vraag" in response.content.decode()
    assert stored(browser) == {browser.two.code: ("1", 1)}


def test_an_unchanged_page_saves_nothing(browser, django_assert_max_num_queries):
    send(browser, "3", "1")
    send(browser, "3", "1", "1:3", "1:1")
    assert stored(browser) == {browser.one.code: ("3", 1), browser.two.code: ("1", 1)}


def test_an_untouched_question_does_not_undo_another_window(browser):
    send(browser, "3", "1")
    services.save_answer(browser.scan.pk, browser.one.id, "0")  # meanwhile, elsewhere
    response = send(browser, "3", "2", "1:3", "1:1")  # this window still shows 3 and changes the other question
    assert response.url == reverse("theme", args=[1]), "the window that was behind stays and is told"
    assert "In een ander venster" in browser.get(PAGE).content.decode()
    assert stored(browser) == {browser.one.code: ("0", 2), browser.two.code: ("2", 2)}


def test_the_newest_choice_wins_when_both_windows_chose(browser):
    send(browser, "3", "1")
    services.save_answer(browser.scan.pk, browser.one.id, "0")
    response = send(browser, "4", "1", "1:3", "1:1")
    assert response.url == reverse("theme", args=[1])
    assert stored(browser)[browser.one.code] == ("4", 3)


def test_a_window_that_saw_the_newest_is_not_bothered(browser):
    send(browser, "3", "1")
    assert send(browser, "4", "1", "1:3", "1:1").url == reverse("theme", args=[2])


def test_the_same_choice_in_two_windows_is_no_conflict(browser):
    send(browser, "3", "1")
    assert send(browser, "3", "1", "0:", "0:").url == reverse("theme", args=[2])


@pytest.mark.parametrize("seen", ["", "abc", "9" * 400 + ":3", "-1:3", "²:3", ":", "1"])
def test_a_broken_memory_of_the_page_breaks_nothing(browser, seen):
    assert send(browser, "3", "1", seen_one=seen).status_code == 302
    assert stored(browser)[browser.one.code] == ("3", 1)


@pytest.mark.parametrize("step", [0, 13, 99999])
def test_a_step_that_does_not_exist_is_not_found(browser, step):
    assert browser.get(f"/scan/stap/{step}/").status_code == 404
    assert browser.post(f"/scan/stap/{step}/").status_code == 404


def test_every_page_shows_what_was_chosen(browser):
    send(browser, "3", "dont_know" if "dont_know" in browser.two.non_answers else browser.two.non_answers[0])
    page = browser.get(PAGE).content.decode()
    assert page.count(" checked") == 2
    assert f'id="{browser.one.code}-3" checked' in page


def test_nothing_is_chosen_beforehand(browser, content):
    for step in range(1, len(content.themes) + 1):
        assert " checked" not in browser.get(f"/scan/stap/{step}/").content.decode()


def test_reading_pages_saves_nothing(browser):
    for page in ("continue", "check", "later", "wrong_role", "confirm_erase"):
        browser.get(reverse(page))
    assert not Answer.objects.exists()
