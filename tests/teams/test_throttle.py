"""Guessing is slow, and nobody is shut out: a whole town hall shares one address."""

import pytest
from django.test import RequestFactory

from teams import throttle
from teams.models import FailedTries
from tests.database import everything
from tests.teams.conftest import PASSWORD

pytestmark = [pytest.mark.both, pytest.mark.django_db]
WRONG = {"login": "niemand@aadorp.nl", "password": "een verkeerd wachtwoord"}


def test_five_hundred_right_people_and_twenty_mistakes_behind_one_address(client, own, quick):
    for number in range(20):
        client.post("/inloggen/", WRONG | {"login": f"fout{number}@aadorp.nl"})
    for _ in range(500):
        throttle.slow_down(ip="127.0.0.1", account=own.coordinator.email)
    assert quick == []
    response = client.post("/inloggen/", {"login": own.coordinator.email, "password": PASSWORD})
    assert response.status_code == 302


def test_after_thirty_mistakes_there_is_a_delay_and_the_right_password_still_gets_in(client, own, quick):
    for number in range(30):
        client.post("/inloggen/", WRONG | {"login": f"fout{number}@aadorp.nl"})
    assert quick == []
    assert client.post("/inloggen/", {"login": own.manager.email, "password": PASSWORD}).status_code == 302
    assert quick == [throttle.DELAY]


def test_one_account_is_slowed_down_after_ten_wherever_they_come_from(client, own, quick, settings):
    settings.PROXY_HOPS = 1
    for number in range(11):
        client.post("/inloggen/", WRONG, headers={"x-forwarded-for": f"203.0.113.{number}"})
    assert quick == [throttle.DELAY]


def test_right_logins_count_for_nothing(own, log_in):
    for _ in range(3):
        log_in(own.coordinator)
    assert not FailedTries.objects.exists()


def test_wrong_links_count_too(client, own, quick):
    for number in range(31):
        assert client.get(f"/toegang/{number:043}/").status_code == 404
    assert quick == [throttle.DELAY]


def test_when_there_is_no_room_to_wait_the_page_says_so(client, own, monkeypatch):
    class Full:
        def acquire(self, blocking):
            return False

    for number in range(30):
        client.post("/inloggen/", WRONG | {"login": f"fout{number}@aadorp.nl"})
    monkeypatch.setattr(throttle, "_slots", Full())
    page = client.post("/inloggen/", {"login": own.manager.email, "password": PASSWORD}).content.decode()
    assert "over tien seconden" in page
    for response in (
        client.get("/toegang/" + "A" * 43 + "/"),
        client.post("/toegang/", {"secret": "x"}),
        client.post("/toegang/vergeten/", {"email": "a@b.nl"}),
    ):
        assert response.status_code == 503 and response["Retry-After"] == "10"


def test_a_window_that_is_over_counts_no_more(db, monkeypatch):
    from types import SimpleNamespace

    now = [1_000_000]
    monkeypatch.setattr(throttle, "time", SimpleNamespace(time=lambda: now[0], sleep=lambda seconds: None))
    assert [throttle.failed("ip", "a") for _ in range(3)] == [1, 2, 3]
    now[0] += throttle.WINDOW - 1
    assert throttle.failures("ip", "a") == 3
    now[0] += 1
    assert (throttle.failures("ip", "a"), throttle.failed("ip", "a")) == (0, 1)
    now[0] += throttle.WINDOW
    assert throttle.forget_old() == 1 and not FailedTries.objects.exists()


def test_neither_address_nor_account_is_in_the_database(client, own):
    client.post("/inloggen/", WRONG, REMOTE_ADDR="127.0.0.1")
    text = repr(everything())
    assert FailedTries.objects.count() == 2
    assert "niemand@aadorp.nl" not in text and "127.0.0.1" not in text


@pytest.mark.parametrize(
    ("hops", "forwarded", "seen"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),  # the first is what the client made up
        (2, "198.51.100.1, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "127.0.0.1"),
        (1, "", "unknown"),
        (1, "geen adres", "unknown"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ],
)
def test_the_address_is_the_one_that_our_own_proxy_saw(settings, hops, forwarded, seen):
    settings.PROXY_HOPS = hops
    request = RequestFactory().get("/", HTTP_X_FORWARDED_FOR=forwarded)
    assert throttle.client_address(request) == seen
