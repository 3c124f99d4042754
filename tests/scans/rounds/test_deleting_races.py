"""Deleting a municipality while others write into it, on real PostgreSQL: whole or not at all, and nobody is told
that something counted which did not.
"""

import random
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from scans import services
from scans.models import Answer, InvitationSecret, MeasurementRound, RoundDraft, Scan
from scans.rounds import deleting, errors, responding
from scans.rounds import mail as round_mail
from teams.models import Municipality, User
from teams.services import access
from teams.services.errors import NotAllowed
from tests.scans.rounds import world as worlds
from tests.scans.rounds.test_races import SENDERS, drafts, elsewhere, send_later, waits

pytestmark = pytest.mark.alone
RACES = 25


@pytest.fixture
def committed(django_db_setup, django_db_blocker, settings):
    """A municipality that other connections can see."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with django_db_blocker.unblock():
        yield worlds.municipality("Racedorp", {("Noord", "client_manager"): SENDERS})
        Scan.objects.all().delete()
        Municipality.objects.all().delete()
        mail.outbox.clear() if hasattr(mail, "outbox") else None


@pytest.fixture
def pool():
    with ThreadPoolExecutor(SENDERS + 2) as threads:
        yield threads


def gone() -> bool:
    models = (Municipality, MeasurementRound, User, RoundDraft, InvitationSecret)
    return not any(model.objects.exists() for model in models)


def test_deleting_waits_for_who_is_sending(committed, pool):
    _, scans = drafts(committed)
    with transaction.atomic():
        services.submit_scan(scans[0].pk, in_round=True)
        removal = elsewhere(pool, deleting.delete_municipality, committed.coordinator)
        assert waits(removal)
    removal.result(20)
    assert gone() and Scan.objects.get(pk=scans[0].pk).submitted_on


def test_who_waited_for_the_deletion_is_told_that_it_does_not_count(committed, pool):
    _, scans = drafts(committed)
    with transaction.atomic():
        deleting.delete_municipality(committed.coordinator)
        sending = elsewhere(pool, services.submit_scan, scans[0].pk, in_round=True)
        assert waits(sending)
    assert type(sending.exception(20)) is errors.RoundClosed
    assert not Scan.objects.get(pk=scans[0].pk).submitted_on
    assert Answer.objects.filter(scan=scans[0]).count() == 24


def test_who_waited_to_begin_finds_no_invitation(committed, pool):
    open_round = worlds.opened(committed)
    invitation = worlds.invitations(open_round)[0]
    with transaction.atomic():
        deleting.delete_municipality(committed.coordinator)
        beginning = elsewhere(pool, responding.begin, invitation.public_id)
        assert waits(beginning)
    assert type(beginning.exception(20)) is errors.UnknownInvitation and not Scan.objects.exists()


def taking_a_mail(pool, committed):
    """Deleting while a mail is taken out of the outbox, which writes the hash of a new secret."""
    worlds.opened(committed)
    waiting = deleting.OutgoingMail.objects.values_list("pk", flat=True).first()
    with transaction.atomic():
        assert round_mail._take(waiting)
        removal = elsewhere(pool, deleting.delete_municipality, committed.coordinator)
        assert waits(removal)
    return removal


def test_a_mail_that_is_being_taken_leaves_no_secret(committed, pool):
    taking_a_mail(pool, committed).result(20)
    assert gone()


def test_without_the_locks_the_deletion_would_fail(committed, pool, monkeypatch):
    """Negative control: what was written meanwhile hangs on what was deleted, and the database refuses."""
    monkeypatch.setattr(deleting, "_lock_everything", lambda municipality: None)
    assert isinstance(taking_a_mail(pool, committed).exception(20), IntegrityError)
    assert not gone()


def test_an_account_that_is_being_made_goes_too(committed, pool):
    secret = access.invite_coordinator("Racedorp", "nieuw@racedorp.nl")
    with transaction.atomic():
        access.use_link(access.hash_secret(secret), "een zin van vier woorden")
        removal = elsewhere(pool, deleting.delete_municipality, committed.coordinator)
        assert waits(removal)
    removal.result(20)
    assert gone()


def test_of_two_coordinators_at_once_one_deletes(committed, pool):
    other = User.objects.create_user("t@racedorp.nl", "x", municipality=committed.municipality, is_coordinator=True)
    both = [elsewhere(pool, deleting.delete_municipality, who) for who in (committed.coordinator, other)]
    assert sorted(str(type(one.exception(30)).__name__) for one in both) == ["NoneType", NotAllowed.__name__]
    assert gone()


def test_senders_around_the_deletion_are_in_or_out_and_nothing_is_half(committed, pool):
    chance, total = random.Random(4), Counter()
    for number in range(RACES):
        world = committed if not number else worlds.municipality(
            "Racedorp", {("Noord", "client_manager"): SENDERS})  # fmt: skip
        _, scans = drafts(world)
        go = threading.Barrier(SENDERS + 1)
        senders = [elsewhere(pool, send_later, scan, chance.uniform(0, 0.08), go) for scan in scans]
        removal = elsewhere(pool, delete_after, world.coordinator, go)
        answers = Counter(one.result(30) for one in senders)
        removal.result(30)
        assert gone(), f"race {number}"
        assert Scan.objects.filter(submitted_on__isnull=False).count() == answers["accepted"]
        assert Scan.objects.filter(submitted_on=None).count() == answers["refused"]
        Scan.objects.all().delete()
        total += answers
    print(f"\n{RACES} races: {dict(total)}")
    assert total["accepted"] and total["refused"], "the deletion must fall among the senders"


def delete_after(coordinator, go: threading.Barrier) -> None:
    go.wait(10)
    time.sleep(0.03)
    deleting.delete_municipality(coordinator)


@pytest.mark.django_db  # also lets this file run by itself: without a marked test no database is made
def test_nothing_is_left_of_the_tests_above():
    assert not Municipality.objects.exists()
