"""Three people in every test: one who may, a colleague with fewer rights, a stranger from another municipality."""

import time
from types import SimpleNamespace

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value
from django.test import Client
from django.urls import reverse

from teams.models import Municipality, Person, Team, User

PASSWORD = "correct paard batterij nietje"


@pytest.fixture(autouse=True)
def quick(settings, monkeypatch):
    """Hashing that takes no time, and delays that are counted instead of waited."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    waits = []
    monkeypatch.setattr("teams.throttle.time", SimpleNamespace(time=time.time, sleep=waits.append))
    return waits


def municipality_with_staff(name: str) -> SimpleNamespace:
    """A municipality with a coordinator, a second one, a manager, a team and a person."""
    short = name.lower()
    municipality = Municipality.objects.create(name=name, contact_email=f"contact@{short}.nl")

    def user(who, **rights):
        email = f"{who}@{short}.nl"
        return User.objects.create_user(email, PASSWORD, name=who.title(), municipality=municipality, **rights)

    team = Team.objects.create(municipality=municipality, name="Noord")
    person = Person.objects.create(
        municipality=municipality, team=team, role="client_manager", name="Kim de Boer", email=f"kim@{short}.nl"
    )
    return SimpleNamespace(
        municipality=municipality,
        coordinator=user("coordinator", is_coordinator=True),
        second=user("tweede", is_coordinator=True),
        manager=user("manager", is_manager=True),
        team=team,
        person=person,
    )


@pytest.fixture
def own(db) -> SimpleNamespace:
    return municipality_with_staff("Aadorp")


@pytest.fixture
def foreign(db) -> SimpleNamespace:
    return municipality_with_staff("Beedorp")


@pytest.fixture
def log_in():
    """A client in which this user has logged in through the door, with password (and code)."""

    def log_in(user: User, secret: str = "", client: Client | None = None) -> Client:
        client = client or Client()
        response = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
        assert response.status_code == 302, response.content.decode()
        if secret:
            response = client.post(reverse("mfa_authenticate"), {"code": code(secret)})
            assert response.status_code == 302, response.content.decode()
        return client

    return log_in


@pytest.fixture
def coordinator(own, log_in) -> Client:
    return log_in(own.coordinator)


@pytest.fixture
def manager(own, log_in) -> Client:
    return log_in(own.manager)


@pytest.fixture
def stranger(foreign, log_in) -> Client:
    return log_in(foreign.coordinator)


def with_second_factor(user: User) -> str:
    """Give this account a second factor; its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def code(secret: str, *, steps: int = 0) -> str:
    """What an app shows now, or `steps` times half a minute from now."""
    return f"{hotp_value(secret, int(time.time()) // 30 + steps):06}"


@pytest.fixture
def staff_lines():
    """What the staff log said."""
    import logging

    lines = []

    class Keep(logging.Handler):
        def emit(self, record):
            lines.append(record.getMessage())

    handler = Keep()
    logger = logging.getLogger("quickscan.staff")
    logger.addHandler(handler)
    yield lines
    logger.removeHandler(handler)
