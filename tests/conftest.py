"""What every test may use: the content, loaded once, and the three roles."""

import os

import pytest
from django.db import connection
from django.test.utils import setup_databases

from advice.content_load import load_content
from scans import services
from scans.selectors.content import current_questionnaire

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs a loop beside the tests

ROLES = ("client_manager", "policy_officer", "manager")


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_modify_db_settings, django_db_blocker):
    """A database with the content. In the place of pytest-django's own, which makes none when only tests without its
    mark are asked for; those with several connections have none. It goes with the whole cluster.
    """
    with django_db_blocker.unblock():
        expected = "sqlite" if os.environ.get("QUICKSCAN_TEST_DATABASE") == "sqlite" else "postgresql"
        assert connection.vendor == expected, "the suite runs on the wrong database"
        setup_databases(verbosity=0, interactive=False)
        load_content()


@pytest.fixture(params=ROLES)
def role(request) -> str:
    return request.param


@pytest.fixture
def content(db):
    return current_questionnaire("client_manager")


@pytest.fixture
def scan(content):
    """An open draft of a client manager."""
    return services.start_scan(content)


def answer_all(content, choice: str = "2") -> dict[str, str]:
    """The same choice for every question, as {question code: choice}."""
    return {question.code: choice for question in content.questions}


def fill(scan, content, choice: str = "2") -> None:
    services.save_answers(scan.pk, {question.id: choice for question in content.questions})
