"""A municipality whose round is open, for every test about rounds."""

import pytest

from tests.scans.rounds import world as worlds


@pytest.fixture(autouse=True)
def quick(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.ROUND_MAIL_DOMAINS = []


@pytest.fixture
def world(db):
    return worlds.municipality()


@pytest.fixture
def stranger(db):
    return worlds.municipality("Beedorp")


@pytest.fixture
def open_round(world):
    return worlds.opened(world)
