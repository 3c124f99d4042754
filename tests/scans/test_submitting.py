"""Submitting happens once, when every question has an answer, and not a day too late."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse

from scans import services
from scans.clock import database_today
from scans.models import Answer, Scan
from scans.models.scan import ScanQuerySet
from scans.selectors import scan as scan_selectors
from scans.selectors.scan import scan_state
from tests.conftest import fill

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def days(scan):
    return Scan.objects.values_list("submitted_on", "erase_on").get(pk=scan.pk)


def test_a_full_scan_is_sent_today_and_kept_for_its_days(scan, content):
    fill(scan, content)
    services.submit_scan(scan.pk)
    today = database_today()
    assert days(scan) == (today, today + timedelta(days=settings.RESULT_DAYS))


def sending_again_changes_nothing(scan, send=services.submit_scan):
    today = database_today()
    send(scan.pk, today=today)
    before = days(scan), set(Answer.objects.filter(scan=scan).values_list("question_id", "level", "revision"))
    for later in (0, 1, 5):
        assert send(scan.pk, today=today + timedelta(days=later)).pk == scan.pk
    after = days(scan), set(Answer.objects.filter(scan=scan).values_list("question_id", "level", "revision"))
    assert after == before


def test_sending_again_changes_nothing(scan, content):
    fill(scan, content)
    sending_again_changes_nothing(scan)


def test_a_way_of_sending_that_forgets_that_it_was_sent_is_found_out(scan, content):
    def forgets(scan_id, *, today):
        Scan.objects.filter(pk=scan_id).update(submitted_on=None)
        return services.submit_scan(scan_id, today=today)

    fill(scan, content)
    with pytest.raises(AssertionError):
        sending_again_changes_nothing(scan, forgets)


@pytest.mark.parametrize("step", [1, 2, 7, 12])
def test_what_is_incomplete_names_its_first_gap(scan, content, step):
    fill(scan, content)
    gaps = [content.themes[step - 1].questions[1].id, content.themes[11].questions[1].id]
    Answer.objects.filter(scan=scan, question__in=gaps).delete()
    with pytest.raises(services.ScanIncomplete) as raised:
        services.submit_scan(scan.pk)
    assert raised.value.step == step == scan_state(scan.pk).first_gap
    assert days(scan)[0] is None


def test_an_empty_scan_begins_at_step_one(scan):
    with pytest.raises(services.ScanIncomplete) as raised:
        services.submit_scan(scan.pk)
    assert raised.value.step == 1


@pytest.mark.parametrize("choice", ["0", "4", "dont_know"])
def test_any_answer_counts_as_given(scan, content, choice):
    for question in content.questions:
        allowed = choice if choice in dict(question.choices) else question.non_answers[0]
        services.save_answer(scan.pk, question.id, allowed)
    assert services.submit_scan(scan.pk).submitted_on


def alive(scan, question_id) -> set[bool]:
    """What each of the doors says about a draft: saving, reading, sending."""

    def opens(door):
        try:
            return door() is not None
        except services.ScanClosed:
            return False

    return {
        opens(lambda: scan_state(scan.pk)),
        opens(lambda: services.save_answer(scan.pk, question_id, "1")),
        opens(lambda: services.submit_scan(scan.pk)),
    }


@pytest.mark.parametrize(("day", "open_"), [(-1, True), (0, False), (1, False)])
def test_a_draft_is_gone_from_the_day_that_was_promised(content, day, open_):
    started = database_today() - timedelta(days=settings.DRAFT_DAYS + day)
    draft = services.start_scan(content, today=started)
    for question in content.questions:
        Answer.objects.create(scan=draft, question_id=question.id, level=1)
    assert alive(draft, content.questions[0].id) == {open_}


def test_a_promise_that_is_kept_a_day_too_long_is_found_out(scan, monkeypatch):
    secret = services.make_resume_link(scan.pk)
    monkeypatch.setattr(ScanQuerySet, "alive", lambda self, today: self.filter(erase_on__gte=today))
    monkeypatch.setattr(scan_selectors, "_STATE", scan_selectors._STATE.replace("> CURRENT", ">= CURRENT"))
    Scan.objects.filter(pk=scan.pk).update(erase_on=database_today())
    assert services.find_by_secret(secret) == scan, "on the day itself the link would still work"
    assert scan_state(scan.pk) is not None, "on the day itself it would still be open"


@pytest.mark.parametrize(("day", "open_"), [(-1, True), (0, False), (1, False)])
def test_a_result_is_gone_from_the_day_that_was_promised(scan, content, day, open_):
    fill(scan, content)
    sent = database_today() - timedelta(days=settings.RESULT_DAYS + day)
    services.submit_scan(scan.pk, today=sent)
    assert (scan_state(scan.pk) is not None) == open_
    secret = services.make_resume_link(scan.pk)
    if open_:
        assert services.find_by_secret(secret).pk == scan.pk
    else:
        with pytest.raises(services.UnknownLink):
            services.find_by_secret(secret)


def test_a_shorter_time_counts_from_the_next_start(content, settings):
    settings.DRAFT_DAYS = 3
    assert services.start_scan(content).erase_on == database_today() + timedelta(days=3)


def test_an_erased_scan_cannot_be_sent(scan, content):
    fill(scan, content)
    services.erase_scan(scan.pk)
    with pytest.raises(services.ScanClosed):
        services.submit_scan(scan.pk)


def test_the_button_leads_to_the_first_gap_or_to_the_result(client, content):
    client.post(reverse("start"), {"role": "client_manager"})
    scan = Scan.objects.get(pk=client.session["scan"])
    assert client.post(reverse("submit")).url == reverse("theme", args=[1])
    fill(scan, content)
    for _ in range(3):
        assert client.post(reverse("submit")).url == reverse("result")
    assert client.get(reverse("theme", args=[1])).url == reverse("result")
    assert client.get(reverse("result")).status_code == 200
