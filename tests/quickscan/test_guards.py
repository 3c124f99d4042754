"""The guards at the front door: who is answered, under which name, and what a broken database looks like."""

import re
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.db import OperationalError
from django.urls import reverse

pytestmark = [pytest.mark.both, pytest.mark.django_db]


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", ""])
def test_development_answers_this_machine(client, address):
    assert client.get("/", REMOTE_ADDR=address).status_code == 200


STRANGERS = [
    "10.0.0.7",
    "192.168.1.2",
    "8.8.8.8",
    "2001:db8::1",
    "127.0.0.2",
    "::ffff:127.0.0.1",
    "127.0.0.1, 8.8.8.8",
]


@pytest.mark.parametrize("address", STRANGERS)
def test_development_answers_nobody_else(client, address):
    response = client.get("/", REMOTE_ADDR=address, HTTP_X_FORWARDED_FOR="127.0.0.1", HTTP_HOST="localhost")
    assert response.status_code == 403
    assert "loopback" in response.content.decode()


def test_without_the_guard_everybody_would_be_answered(client, settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "loopback" not in name]
    assert client.get("/", REMOTE_ADDR="8.8.8.8").status_code == 200


def test_the_guard_is_the_outermost(settings):
    assert settings.MIDDLEWARE[0] == "quickscan.middleware.loopback_only"


@pytest.mark.parametrize("host", ["evil.nl", "localhost.evil.nl", "127.0.0.1.nip.io", "a b", "localhost:99999"])
def test_an_unknown_host_is_refused(client, host):
    assert client.get("/", HTTP_HOST=host).status_code == 400


def test_a_known_host_is_answered(client):
    for host in ("localhost", "127.0.0.1:8000", "[::1]:8000"):
        assert client.get("/", HTTP_HOST=host).status_code == 200


def test_health_is_200_while_the_database_answers(client):
    response = client.get(reverse("healthz"))
    assert (response.status_code, response.json()) == (200, {"database": "ok"})


class Away:
    """A database that cannot be reached."""

    def cursor(self):
        raise OperationalError("connection refused")


def test_health_is_503_when_the_database_is_away(client, monkeypatch):
    monkeypatch.setattr("quickscan.views.connection", Away())
    response = client.get(reverse("healthz"))
    assert (response.status_code, response.json()) == (503, {"database": "away"})


def test_health_touches_no_session(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get(reverse("healthz"))
    assert not response.cookies


def test_health_may_be_asked_over_plain_http(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get(reverse("healthz")).status_code == 200
    assert client.get("/").status_code == 301


def test_a_database_that_is_away_gives_a_plain_page(client, monkeypatch):
    def away(*args, **kwargs):
        raise OperationalError("connection refused: secret details")

    monkeypatch.setattr("quickscan.views.Source.objects.prefetch_related", away)
    response = client.get(reverse("sources"))
    assert response.status_code == 503 and response["Retry-After"] == "10"
    assert "Even geduld" in response.content.decode() and "secret" not in response.content.decode()


def test_security_txt_says_whom_to_write_and_has_not_expired(client):
    text = client.get(reverse("security_txt")).content.decode()
    assert f"Contact: mailto:{settings.CONTACT_EMAIL}" in text
    assert datetime.fromisoformat(re.search("Expires: (.*)Z", text)[1] + "+00:00") > datetime.now(UTC)
