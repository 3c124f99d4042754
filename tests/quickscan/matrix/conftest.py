"""One world for all cells: built once, undone at the end. Every request undoes itself."""

import logging
import time
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.test import override_settings

from tests.quickscan.matrix import world as worlds


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    fast = {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"], "ROUND_MAIL_DOMAINS": []}
    patch = pytest.MonkeyPatch()
    patch.setattr("teams.throttle.time", SimpleNamespace(time=time.time, sleep=lambda seconds: None))
    # Who may have it, not how it is made.
    patch.setattr("advice.pdf_response.render_pdf", lambda html: b"%PDF-")
    patch.setattr(logging.getLogger("django.request"), "disabled", True)  # thousands of refusals
    with django_db_blocker.unblock(), override_settings(**fast), transaction.atomic():
        yield worlds.build()
        transaction.set_rollback(True)
    patch.undo()
