"""The one scheduled verb: erases what is due, says how much, and goes on when the database was away."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import OperationalError

from quickscan.management.commands import tick as command
from quickscan.sessions import SessionStore
from quickscan.tick import Done, tick
from scans.clock import database_today
from scans.models import Scan

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def scans_due(content, *days):
    today = database_today()
    Scan.objects.bulk_create(Scan(questionnaire_id=content.id, erase_on=today + timedelta(days=d)) for d in days)


def session_that_ended(days):
    store = SessionStore()
    store.create()
    end = datetime.now(UTC) + timedelta(days=days)
    Session.objects.filter(pk=store.session_key).update(expire_date=end)


def test_what_is_due_is_erased_and_the_rest_stays(content):
    scans_due(content, -3, 0, 1, 14)
    for days in (-1, 1):
        session_that_ended(days)
    assert tick() == Done(scans=2, sessions=1)
    assert (Scan.objects.count(), Session.objects.count()) == (2, 1)


def test_a_second_time_finds_nothing(content):
    scans_due(content, -1)
    assert [tick(), tick()] == [Done(1, 0), Done(0, 0)]


def test_more_than_a_thousand_are_erased_in_one_go(content):
    scans_due(content, *[-1] * 1001)
    assert tick().scans == 1001


def test_the_command_says_what_it_did(content):
    scans_due(content, -1, -1)
    out = StringIO()
    call_command("tick", stdout=out)
    assert out.getvalue() == "erased: 2 scans, 0 sessions\n"


class Enough(Exception):
    pass


def run_twice(monkeypatch, what):
    """`tick --every 60` with a clock that stops after the second round."""
    waited, err, out = [], StringIO(), StringIO()

    def sleep(seconds):
        waited.append(seconds)
        if len(waited) == 2:
            raise Enough

    monkeypatch.setattr(command.time, "sleep", sleep)
    monkeypatch.setattr(command, "tick", what)
    monkeypatch.setattr(command.connection, "close", lambda: None)
    with pytest.raises(Enough):
        call_command("tick", "--every", "60", stdout=out, stderr=err)
    return waited, out.getvalue(), err.getvalue()


def test_every_repeats_in_silence(monkeypatch, content):
    assert run_twice(monkeypatch, tick) == ([60, 60], "", "")


def away():
    raise OperationalError("connection refused")


def test_every_goes_on_when_the_database_was_away(monkeypatch, content):
    waited, _, said = run_twice(monkeypatch, away)
    assert waited == [60, 60] and said.count("trying again") == 2


def test_once_fails_when_the_database_is_away(monkeypatch, content):
    monkeypatch.setattr(command, "tick", away)
    with pytest.raises(OperationalError):
        call_command("tick")
