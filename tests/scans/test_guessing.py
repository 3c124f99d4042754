"""Guessing at a personal link is slow, and a right one always opens: a whole town hall shares one address."""

import time
from types import SimpleNamespace

import pytest
from django.urls import reverse

from scans import services
from teams import throttle
from teams.models import FailedTries
from tests.database import everything
from tests.scans.rounds import world as worlds

pytestmark = [pytest.mark.both, pytest.mark.django_db]
HALL = "203.0.113.9"


@pytest.fixture
def waits(monkeypatch, settings) -> list[float]:
    """The delays, counted instead of waited. Everybody comes through one proxy, from one town hall."""
    settings.PROXY_HOPS = 1
    settings.ROUND_MAIL_DOMAINS = []
    found = []
    monkeypatch.setattr(throttle, "time", SimpleNamespace(time=time.time, sleep=found.append))
    return found


@pytest.fixture
def links(scan) -> dict[str, tuple[str, str]]:
    """{who: (page of a right link, address of its button)}"""
    worlds.opened(worlds.municipality())
    secrets = {"resume": services.make_resume_link(scan.pk), "round_invitation": worlds.mailed_secrets()[0]}
    return {name: (reverse(name, args=[secret]), secret) for name, secret in secrets.items()}


KINDS = {"resume": "open_link", "round_invitation": "open_invitation"}


def get(client, path, hall=HALL):
    return client.get(path, headers={"x-forwarded-for": hall})


def guess(client, name, times, hall=HALL):
    for number in range(times):
        path = reverse(name, args=[f"{number:043}"])
        assert get(client, path, hall).status_code == 404


@pytest.mark.parametrize("name", KINDS)
def test_five_hundred_right_people_and_twenty_typing_errors_wait_for_nothing(client, waits, links, name):
    guess(client, name, 20)
    assert {get(client, links[name][0]).status_code for _ in range(500)} == {200}
    assert waits == [] and FailedTries.objects.get().count == 20  # the right ones count for nothing


@pytest.mark.parametrize("name", KINDS)
def test_after_thirty_wrong_ones_there_is_a_delay_and_the_right_one_still_opens(client, waits, links, name):
    guess(client, name, 30)
    assert waits == []
    assert get(client, links[name][0]).status_code == 200
    pressed = client.post(reverse(KINDS[name]), {"secret": links[name][1]}, headers={"x-forwarded-for": HALL})
    assert pressed.status_code == 303
    assert waits == [throttle.DELAY] * 2


@pytest.mark.parametrize("name", KINDS)
def test_when_there_is_no_room_to_wait_nobody_is_sent_away(client, waits, links, name, monkeypatch):
    guess(client, name, 31)
    monkeypatch.setattr(throttle, "_slots", SimpleNamespace(acquire=lambda blocking: False))
    assert get(client, links[name][0]).status_code == 200
    guess(client, name, 1)
    assert waits == [throttle.DELAY]


def test_pressing_a_wrong_button_counts_as_well(client, waits, links):
    for path in (*(reverse(name) for name in KINDS.values()), reverse("withdraw_levels")):
        before = throttle.failures("link", "unknown")
        client.post(path, {"secret": "x" * 43})
        assert throttle.failures("link", "unknown") == before + 1, path


def test_taking_levels_back_is_slow_after_many_wrong_ones(client, waits, links):
    guess(client, "resume", 30)
    client.post(reverse("withdraw_levels"), {"secret": "x" * 43}, headers={"x-forwarded-for": HALL})
    assert waits == [throttle.DELAY]


def test_wrong_links_slow_down_no_other_place_and_no_login(client, waits, links):
    guess(client, "resume", 31)
    waits.clear()
    guess(client, "resume", 1, hall="198.51.100.7")
    wrong = {"login": "niemand@aadorp.nl", "password": "een verkeerd wachtwoord"}
    client.post(reverse("account_login"), wrong, headers={"x-forwarded-for": HALL})
    assert waits == []


def test_what_the_client_writes_in_front_of_the_proxy_does_not_help(client, waits, links):
    for number in range(31):
        guess(client, "resume", 1, hall=f"198.51.100.{number}, {HALL}")
    assert waits == [throttle.DELAY]


def test_the_address_of_a_respondent_is_not_in_the_database_and_its_count_goes(client, waits, links, monkeypatch):
    guess(client, "round_invitation", 3)
    assert FailedTries.objects.exists() and HALL not in repr(everything())
    later = time.time() + throttle.WINDOW
    monkeypatch.setattr(throttle, "time", SimpleNamespace(time=lambda: later))
    throttle.forget_old()  # as tick does, every minute
    assert not FailedTries.objects.exists()


def test_without_the_guard_nobody_would_ever_wait(client, waits, links, monkeypatch):
    monkeypatch.setattr("scans.guessing.count_wrong", lambda request: None)
    guess(client, "resume", 40)
    assert waits == []
