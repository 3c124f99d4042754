"""Failures at the same moment are all counted. Real connections; SQLite has one writer and nothing to test."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from teams import throttle
from teams.models import FailedTries


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """Other connections see what this test does, so it cleans up after itself."""
    with django_db_blocker.unblock():
        yield
        FailedTries.objects.all().delete()


def test_failures_at_the_same_moment_are_all_counted(committed):
    def fail(_):
        try:
            return throttle.failed("ip", "same")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(fail, range(40))) == list(range(1, 41))
