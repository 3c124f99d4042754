"""The addresses of the coordinator: closed to everybody else, and each says whether it reads or writes."""

import pytest
from django.test import RequestFactory
from django.urls import reverse

from scans.rounds.urls import staff_patterns
from tests.scans.rounds.test_pages import enter

pytestmark = [pytest.mark.both, pytest.mark.django_db]
PATTERNS = {pattern.name: pattern for pattern in staff_patterns}
READS, WRITES, BOTH = {"GET", "HEAD"}, {"POST"}, {"GET", "HEAD", "POST"}
# Every address, with what it takes. A new one without a row fails.
METHODS = {
    "rounds": READS,
    "edit_round": BOTH,
    "round": READS,
    "delete_round": WRITES,
    "test_round_mail": WRITES,
    "open_round": BOTH,
    "extend_round": BOTH,
    "remind_round": WRITES,
    "round_address": BOTH,
    "withdraw_round_address": WRITES,
    "mail_round_address": WRITES,
}


def test_every_address_has_a_row():
    assert set(METHODS) == set(PATTERNS)


def path_of(name) -> str:
    return reverse(name, args=["x" * 16] if PATTERNS[name].pattern.converters else [])


@pytest.mark.parametrize("name", METHODS)
def test_an_address_takes_its_methods_and_no_other(name):
    response = PATTERNS[name].callback(RequestFactory().generic("PUT", "/"))
    assert response.status_code == 405
    assert set(response["Allow"].split(", ")) == METHODS[name]


@pytest.mark.parametrize("name", METHODS)
def test_nobody_comes_in_without_a_login(client, name):
    assert getattr(PATTERNS[name].callback, "login_required", True)
    for method in ("get", "post"):
        response = getattr(client, method)(path_of(name))
        assert response.status_code == 302 and response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", METHODS)
def test_a_manager_gets_nothing_anywhere(client, world, name):
    enter(client, world.manager)
    for method in ("get", "post"):
        assert getattr(client, method)(path_of(name)).status_code in (404, 405)
