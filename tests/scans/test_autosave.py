"""The request behind every click on an answer: lean, guarded, and honest about another window."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from scans import services
from scans.models import Answer, Scan
from scans.selectors.content import current_questionnaire
from tests.conftest import fill

pytestmark = [pytest.mark.both, pytest.mark.django_db]
STATEMENTS = 5


@pytest.fixture
def browser(client, content):
    """A browser with an open draft; `client.scan` is the scan."""
    client.post(reverse("start"), {"role": "client_manager"})
    client.scan = Scan.objects.get(pk=client.session["scan"])
    return client


def choose(client, question, choice, **more):
    return client.post(reverse("answer"), {"question": question.code, "choice": choice, **more})


def answers_of(client):
    return dict(Answer.objects.filter(scan=client.scan).values_list("question__code", "level"))


def test_a_choice_is_saved_and_acknowledged_with_its_revision(browser, content):
    first = content.questions[0]
    assert choose(browser, first, "3", seen="0").json() == {"revision": 1}
    assert choose(browser, first, "1", seen="1").json() == {"revision": 2}
    assert answers_of(browser) == {first.code: 1}


def test_a_window_that_was_behind_is_told_what_stands_there_and_can_build_on_it(browser, content):
    first = content.questions[0]
    choose(browser, first, "3", seen="0")
    behind = choose(browser, first, "2", seen="0")
    assert (behind.status_code, behind.json()) == (412, {"revision": 1, "choice": "3"})
    assert answers_of(browser) == {first.code: 3}
    assert choose(browser, first, "2", seen="1").json() == {"revision": 2}
    assert answers_of(browser) == {first.code: 2}


def test_a_request_that_arrives_late_never_undoes_a_newer_choice(browser, content):
    first = content.questions[0]
    choose(browser, first, "1", seen="0")
    late = {"question": first, "choice": "2", "seen": "1"}  # given up by the page, still on its way
    assert choose(browser, first, "4", seen="1").status_code == 200
    assert choose(browser, **late).status_code == 412
    assert answers_of(browser) == {first.code: 4}


def test_without_the_revision_it_would_undo_it(browser, content, monkeypatch):
    guard = "CAST(%(seen)s AS integer) IS NULL OR scans_answer.revision = %(seen)s"
    for name in ("_SAVE_POSTGRESQL", "_SAVE_SQLITE"):
        assert guard in getattr(services, name)
        monkeypatch.setattr(services, name, getattr(services, name).replace(guard, "1 = 1"))
    first = content.questions[0]
    for choice, seen in (("1", "0"), ("4", "1"), ("2", "1")):
        choose(browser, first, choice, seen=seen)
    assert answers_of(browser) == {first.code: 2}


@pytest.mark.parametrize("end", [services.erase_scan, services.submit_scan])
def test_a_scan_that_is_over_is_told_first_whatever_was_seen(browser, content, end):
    fill(browser.scan, content)
    end(browser.scan.pk)
    for seen in ("0", "1", "7"):
        assert choose(browser, content.questions[0], "3", seen=seen).status_code == 409


def within_budget(captured, limit=STATEMENTS):
    sql = [query["sql"] for query in captured.captured_queries]
    assert len(sql) <= limit, "\n".join(sql)


def test_the_whole_request_is_at_most_five_statements(content):
    browser = Client(enforce_csrf_checks=True)
    browser.get(reverse("choose_role"))
    browser.post(reverse("start"), {"role": "client_manager", "csrfmiddlewaretoken": token(browser, "choose_role")})
    csrf = token(browser, "theme", 1)
    with CaptureQueriesContext(connection) as captured:
        response = choose(browser, content.questions[0], "3", seen="0", csrfmiddlewaretoken=csrf)
    assert response.status_code == 200
    within_budget(captured)
    assert sum("INSERT INTO" in query["sql"] for query in captured.captured_queries) == 1
    with pytest.raises(AssertionError):  # a guard that cannot fail guards nothing
        within_budget(captured, limit=len(captured) - 1)


def token(browser, *page):
    return browser.get(reverse(page[0], args=page[1:])).context["csrf_token"]


def test_without_a_token_nothing_is_saved(browser, content):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = browser.cookies
    assert choose(strict, content.questions[0], "3").status_code == 403
    assert answers_of(browser) == {}


@pytest.mark.parametrize("choice", ["", "5", "-1", "2.0", "２", "abc", "dont_know ", "2\x00", "4" * 5000])
def test_a_choice_that_does_not_exist_is_refused(browser, content, choice):
    assert choose(browser, content.questions[0], choice).status_code == 400
    assert answers_of(browser) == {}


def test_a_non_answer_that_this_question_does_not_offer_is_refused(browser, content):
    question = next(question for question in content.questions if "dont_know" not in question.non_answers)
    assert choose(browser, question, "dont_know").status_code == 400
    assert choose(browser, question, question.non_answers[0]).status_code == 200


@pytest.mark.parametrize("code", ["", "nope", "km-visie-in-werk'--", "x" * 5000])
def test_an_unknown_question_is_not_found(browser, code):
    response = browser.post(reverse("answer"), {"question": code, "choice": "1"})
    assert response.status_code == 404
    assert answers_of(browser) == {}


def test_a_question_of_another_role_is_not_found(browser):
    other = current_questionnaire("manager").questions[0]
    assert choose(browser, other, "1").status_code == 404


@pytest.mark.parametrize("field", ["question", "choice", "seen"])
def test_a_field_that_is_sent_twice_saves_nothing(browser, content, field):
    values = {"question": content.questions[0].code, "choice": "1", "seen": "0"}
    response = browser.post(reverse("answer"), values | {field: [values[field], values[field]]})
    assert response.status_code == 400
    assert answers_of(browser) == {}


@pytest.mark.parametrize("seen", ["-1", "abc", "9" * 30, "1.5"])
def test_a_revision_that_makes_no_sense_is_refused(browser, content, seen):
    assert choose(browser, content.questions[0], "1", seen=seen).status_code == 400
    assert answers_of(browser) == {}


def test_fields_that_nobody_asked_for_change_nothing(browser, content):
    more = {"scan": "00000000-0000-0000-0000-000000000000", "submitted_on": "2020-01-01", "revision": "9"}
    assert choose(browser, content.questions[0], "1", **more).json()["revision"] == 1
    assert Scan.objects.get(pk=browser.scan.pk).submitted_on is None


def test_without_a_scan_here_the_answer_is_409_and_not_lost_in_silence(client, content):
    response = choose(client, content.questions[0], "1")
    assert (response.status_code, response.json()) == (409, {"error": "no_scan"})


@pytest.mark.parametrize("how", ["submitted", "erased"])
def test_a_scan_that_closed_meanwhile_answers_409(browser, content, how):
    if how == "submitted":
        fill(browser.scan, content)
        services.submit_scan(browser.scan.pk)
    else:
        services.erase_scan(browser.scan.pk)
    before = answers_of(browser)
    assert choose(browser, content.questions[0], "4").status_code == 409
    assert answers_of(browser) == before


def test_reading_the_address_is_not_allowed(browser):
    assert browser.get(reverse("answer")).status_code == 405
