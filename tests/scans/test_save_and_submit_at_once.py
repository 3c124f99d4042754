"""An answer that is being saved and a scan that is being sent wait for each other. Two real connections.

These tests commit, so they clean up after themselves; on SQLite there is one writer and nothing to test.
"""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from scans import services
from scans.models import Answer
from scans.selectors.content import current_questionnaire
from tests.conftest import fill

WHILE = 0.3  # seconds in which something that does not wait would long be done


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """A full draft (level 2 everywhere) that other connections can see, and one of its questions."""
    with django_db_blocker.unblock():
        content = current_questionnaire("client_manager")
        scan = services.start_scan(content)
        fill(scan, content)
        yield scan, content.questions[0].id
        services.erase_scan(scan.pk)


@pytest.fixture
def elsewhere():
    """Runs a function in another thread, with a connection of its own."""
    with ThreadPoolExecutor(1) as pool:

        def run(function, *args):
            def work():
                try:
                    with connection.cursor() as cursor:
                        cursor.execute("SET statement_timeout = '20s'")
                    return function(*args)
                finally:
                    connection.close()

            return pool.submit(work)

        yield run


def level(scan, question):
    return Answer.objects.get(scan=scan, question=question).level


def waits(future) -> bool:
    try:
        future.exception(timeout=WHILE)
    except TimeoutError:
        return True
    return False


@pytest.fixture
def no_lock(monkeypatch):
    monkeypatch.setattr(services, "_SAVE_POSTGRESQL", services._SAVE.format(lock=""))


def test_an_answer_that_comes_during_sending_waits_and_is_refused(committed, elsewhere):
    scan, question = committed
    with transaction.atomic():
        services.submit_scan(scan.pk)
        saving = elsewhere(services.save_answer, scan.pk, question, "4")
        assert waits(saving)
    with pytest.raises(services.ScanClosed):
        saving.result(timeout=20)
    assert level(scan, question) == 2


def test_without_its_lock_that_answer_would_change_a_sent_scan(committed, elsewhere, no_lock):
    scan, question = committed
    with transaction.atomic():
        services.submit_scan(scan.pk)
        saving = elsewhere(services.save_answer, scan.pk, question, "4")
        assert not waits(saving)
    assert level(scan, question) == 4


def test_sending_waits_for_an_answer_that_is_being_saved(committed, elsewhere):
    scan, question = committed
    with transaction.atomic():
        services.save_answer(scan.pk, question, "4")
        sending = elsewhere(services.submit_scan, scan.pk)
        assert waits(sending)
    assert sending.result(timeout=20).submitted_on
    assert level(scan, question) == 4


def test_without_its_lock_sending_would_not_wait(committed, elsewhere, no_lock):
    scan, question = committed
    with transaction.atomic():
        services.save_answer(scan.pk, question, "4")
        assert not waits(elsewhere(services.submit_scan, scan.pk))


def test_sending_twice_at_once_is_sending_once(committed, elsewhere):
    scan, _ = committed
    with transaction.atomic():
        first = services.submit_scan(scan.pk)
        second = elsewhere(services.submit_scan, scan.pk)
        assert waits(second)
    assert second.result(timeout=20).erase_on == first.erase_on


def test_an_answer_that_comes_during_erasing_is_refused(committed, elsewhere):
    scan, question = committed
    with transaction.atomic():
        services.erase_scan(scan.pk)
        saving = elsewhere(services.save_answer, scan.pk, question, "4")
        assert waits(saving)
    with pytest.raises(services.ScanClosed):
        saving.result(timeout=20)
    assert not Answer.objects.filter(scan=scan).exists()
