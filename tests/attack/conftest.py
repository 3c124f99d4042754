"""What the game over HTTP shares."""

from contextlib import contextmanager

import pytest
from django.db import transaction

from advice.remembered import forget_content


@pytest.fixture(autouse=True)
def quick(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.ROUND_MAIL_DOMAINS = []


@pytest.fixture
def savepoint(db):
    """Several worlds in one test: what happens inside is taken back, so that the next begins with the same rows."""

    @contextmanager
    def inside():
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        forget_content()

    return inside
