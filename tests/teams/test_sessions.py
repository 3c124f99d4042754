"""Sessions of staff: 30 minutes idle, 12 hours at most, dead at once when the account is disabled."""

from datetime import UTC, timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from teams import sessions
from teams.services import colleagues

pytestmark = [pytest.mark.both, pytest.mark.django_db]
MINUTE = 60


@pytest.fixture
def clock(monkeypatch):
    """Moves the clock of sessions forward."""
    import time

    start, ahead = int(time.time()), [0]
    monkeypatch.setattr("teams.sessions.time", SimpleNamespace(time=lambda: start + ahead[0]))

    def forward(seconds):
        ahead[0] += seconds

    return forward


def test_thirty_minutes_of_nothing_ends_it(coordinator, clock):
    clock(30 * MINUTE)
    response = coordinator.get("/gemeente/", follow=True)
    assert response.redirect_chain[0][0] == "/inloggen/?next=/gemeente/"
    assert "Je bent uitgelogd" in response.content.decode()
    assert SESSION_KEY not in coordinator.session


def test_a_minute_less_does_not(coordinator, clock):
    clock(29 * MINUTE)
    assert coordinator.get("/gemeente/").status_code == 200


def test_twelve_hours_end_it_however_busy(coordinator, clock):
    for _ in range(35):
        clock(20 * MINUTE)
        assert coordinator.get("/gemeente/").status_code == 200
    clock(20 * MINUTE)
    assert coordinator.get("/gemeente/").status_code == 302


def test_without_the_guard_it_would_go_on(coordinator, clock, settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "staff_guard" not in name]
    client = Client()  # one that has not read the settings yet
    client.cookies = coordinator.cookies
    clock(13 * 3600)
    assert client.get("/gemeente/").status_code == 200


def test_an_ended_session_is_gone_from_the_database(coordinator, clock):
    key = coordinator.session.session_key
    clock(31 * MINUTE)
    coordinator.get("/gemeente/")
    assert not Session.objects.filter(pk=key).exists()


def test_an_ended_session_does_nothing_that_was_sent_with_it(coordinator, clock, own):
    clock(31 * MINUTE)
    assert coordinator.post("/gemeente/teams/nieuw/", {"name": "Laat"}).status_code == 302
    assert not own.municipality.teams.filter(name="Laat").exists()


def test_a_session_that_did_not_come_through_our_door_gets_its_clocks_too(client, own, clock):
    client.force_login(own.coordinator)
    assert client.get("/gemeente/").status_code == 200
    clock(31 * MINUTE)
    assert client.get("/gemeente/").status_code == 302


def test_the_cookie_ends_with_the_browser_and_the_row_within_two_days(client, own, log_in):
    log_in(own.coordinator, client=client)
    cookie = client.cookies["session"]
    assert cookie["max-age"] == "" and cookie["expires"] == "" and cookie["httponly"]
    end = Session.objects.get(pk=client.session.session_key).expire_date
    assert timezone.now() + timedelta(seconds=sessions.LONGEST) <= end <= timezone.now() + timedelta(days=2)
    assert (end.astimezone(UTC).hour, end.astimezone(UTC).minute) == (0, 0)


def test_disabling_ends_every_session_at_once(own, log_in):
    one, other = log_in(own.second), log_in(own.second, client=type(log_in(own.manager))())
    colleagues.disable_user(own.second, by="command-line")
    for client in (one, other):
        key = client.session.session_key
        assert client.get("/gemeente/").status_code == 302
        assert not Session.objects.filter(pk=key).exists()


def test_a_session_from_before_stays_dead_when_the_account_is_enabled_again(own, log_in):
    client = log_in(own.second)
    colleagues.disable_colleague(own.coordinator, own.second)
    colleagues.enable_colleague(own.coordinator, own.second)
    assert client.get("/gemeente/").status_code == 302
    assert log_in(own.second).get("/gemeente/").status_code == 200


def test_without_the_epoch_it_would_revive(own, log_in, monkeypatch):
    monkeypatch.setattr("teams.services.colleagues.end_sessions", lambda user: None)
    client = log_in(own.second)
    colleagues.disable_colleague(own.coordinator, own.second)
    colleagues.enable_colleague(own.coordinator, own.second)
    assert client.get("/gemeente/").status_code == 200


def test_resetting_the_second_factor_ends_the_sessions(own, log_in):
    client = log_in(own.second)
    colleagues.reset_colleague(own.coordinator, own.second)
    assert client.get("/gemeente/").status_code == 302


def test_a_public_page_does_not_prolong_a_session(coordinator, clock):
    clock(20 * MINUTE)
    coordinator.get("/uitleg/")
    clock(11 * MINUTE)
    assert coordinator.get("/gemeente/").status_code == 302
