"""Sending, closing and ticking at once, on real PostgreSQL: what was accepted is what was counted, once.

Rounds close at a midnight that the services refuse to set in the past or so near; here the instant is written into
the row, a fraction of a second ahead, and only the database's clock decides.
"""

import os
import random
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction

from quickscan.tick import tick
from scans import services
from scans.clock import database_instant
from scans.models import Invitation, MeasurementRound, RoundResult, Scan, Tally
from scans.rounds import closing, counting, errors, opening
from tests.scans.rounds import world as worlds

pytestmark = pytest.mark.alone
RACES = int(os.environ.get("QUICKSCAN_CLOSE_RACES", "200"))
SENDERS = 8
WHILE = 0.3


@pytest.fixture
def committed(django_db_setup, django_db_blocker, settings):
    """A municipality that other connections can see; it goes whole afterwards."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with django_db_blocker.unblock():
        world = worlds.municipality("Racedorp", {("Noord", "client_manager"): SENDERS})
        yield world
        Scan.objects.all().delete()
        world.municipality.delete()
        mail.outbox.clear() if hasattr(mail, "outbox") else None


@pytest.fixture
def pool():
    with ThreadPoolExecutor(SENDERS + 2) as threads:
        yield threads


def elsewhere(pool, function, *args, **options):
    def work():
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET statement_timeout = '20s'")
            return function(*args, **options)
        finally:
            connection.close()

    return pool.submit(work)


def drafts(world):
    """An open round with a full draft of everybody."""
    open_round = worlds.opened(world)
    return open_round, [worlds.begin(one) for one in worlds.invitations(open_round)]


def set_instant(open_round, seconds: float):
    instant = database_instant() + timedelta(seconds=seconds)
    MeasurementRound.objects.filter(pk=open_round.pk).update(closes_at=instant)


def send_later(scan, wait: float, go: threading.Barrier) -> str:
    go.wait(10)
    time.sleep(wait)
    try:
        services.submit_scan(scan.pk, in_round=True)
    except errors.RoundClosed:
        return "refused"
    return "accepted"


def close_until_closed(go: threading.Barrier) -> int:
    go.wait(10)
    closed, until = 0, time.monotonic() + 10  # a busy machine may need long; the last try finds it closed
    while time.monotonic() < until and MeasurementRound.objects.open().exists():
        closed += closing.close_due()
    return closed + closing.close_due()


def spy_on_counters(monkeypatch):
    """How many people stood in the counters when they were frozen."""
    seen = []
    freeze = closing.freeze

    def spy(measurement_round):
        tally = Tally.objects.get(group__measurement_round=measurement_round)
        seen.append(max((numbers[0] for numbers in tally.counters.values()), default=0))
        return freeze(measurement_round)

    monkeypatch.setattr(closing, "freeze", spy)
    return seen


def race(pool, world, chance):
    """One race: everybody sends around the instant while two processes close. (accepted, refused, closings)."""
    open_round, scans = drafts(world)
    go = threading.Barrier(SENDERS + 2)
    set_instant(open_round, 0.06)
    senders = [elsewhere(pool, send_later, scan, chance.uniform(0, 0.1), go) for scan in scans]
    closers = [elsewhere(pool, close_until_closed, go) for _ in range(2)]
    answers = Counter(one.result(30) for one in senders)
    closings = sum(one.result(30) for one in closers)
    return open_round, scans, answers, closings


def clean(open_round):
    Scan.objects.all().delete()
    open_round.delete()


def test_two_hundred_closings_count_exactly_what_was_accepted(committed, pool, monkeypatch):
    counted = spy_on_counters(monkeypatch)
    chance, total = random.Random(4), Counter()
    for number in range(RACES):
        open_round, scans, answers, closings = race(pool, committed, chance)
        assert closings == 1 == RoundResult.objects.filter(measurement_round=open_round).count()
        sent = Scan.objects.filter(pk__in=[scan.pk for scan in scans], submitted_on__isnull=False).count()
        assert counted[number] == answers["accepted"] == sent, f"race {number}"
        total += answers
        clean(open_round)
    print(f"\n{RACES} races: {dict(total)}, accepted = counted in each")
    assert total["accepted"] and total["refused"], "the instant must fall among the senders"


# --- the locks, one by one, each with its negative control -------------------------------------------------


def waits(future) -> bool:
    try:
        future.exception(timeout=WHILE)
    except TimeoutError:
        return True
    return False


def test_closing_waits_for_who_was_in_time(committed, pool, monkeypatch):
    counted = spy_on_counters(monkeypatch)
    open_round, scans = drafts(committed)
    with transaction.atomic():
        services.submit_scan(scans[0].pk, in_round=True)
        set_closing = elsewhere(pool, closing.close_round, open_round.pk, at=open_round.closes_at)
        assert waits(set_closing)
    assert set_closing.result(20) and counted == [1]


def test_without_the_lock_of_the_sender_an_accepted_scan_would_be_lost(committed, pool, monkeypatch):
    """Negative control: the round is frozen without somebody who is told that it counts."""
    monkeypatch.setattr(counting, "share_round", lambda round_id: None)
    counted = spy_on_counters(monkeypatch)
    open_round, scans = drafts(committed)
    with transaction.atomic():
        accepted = services.submit_scan(scans[0].pk, in_round=True)
        set_closing = elsewhere(pool, closing.close_round, open_round.pk, at=open_round.closes_at)
        waits(set_closing)
    assert set_closing.result(20) and accepted.submitted_on
    assert counted == [0]


def test_a_sender_who_waited_for_the_closing_finds_it_closed(committed, pool):
    open_round, scans = drafts(committed)
    with transaction.atomic():
        closing.close_round(open_round.pk, at=open_round.closes_at)
        sending = elsewhere(pool, services.submit_scan, scans[0].pk, in_round=True)
        assert waits(sending)
    with pytest.raises(errors.RoundClosed):
        sending.result(20)


def test_the_clock_is_read_after_the_wait(committed, pool, monkeypatch):
    """A sender who began in time but waited past the instant is refused. With the clock of the beginning of the
    transaction (negative control) it would be accepted.
    """
    open_round, scans = drafts(committed)
    for clock, outcome in ((database_instant, errors.RoundClosed), (transaction_clock, None)):
        monkeypatch.setattr(counting, "database_instant", clock)
        set_instant(open_round, 0.4)
        with transaction.atomic():
            MeasurementRound.objects.select_for_update().get(pk=open_round.pk)
            sending = elsewhere(pool, services.submit_scan, scans.pop().pk, in_round=True)
            time.sleep(0.7)
        assert (type(sending.exception(20)) if outcome else sending.exception(20)) == outcome


def transaction_clock():
    with connection.cursor() as cursor:
        cursor.execute("SELECT CURRENT_TIMESTAMP")
        return cursor.fetchone()[0]


def test_a_thousand_double_submits_count_nobody_twice(committed, pool):
    sent = 0
    while sent < 1000:
        open_round, scans = drafts(committed)
        repeats = 1000 // (5 * SENDERS)
        futures = [
            elsewhere(pool, services.submit_scan, scan.pk, in_round=True) for _ in range(repeats) for scan in scans
        ]
        assert {future.result(60).pk for future in futures} == {scan.pk for scan in scans}
        sent += len(futures)
        tally = Tally.objects.get(group__measurement_round=open_round)
        assert {numbers[0] for numbers in tally.counters.values()} == {SENDERS}
        clean(open_round)
    print(f"\n{sent} submits of the same scans: 0 counted twice")


def test_without_the_lock_on_the_counters_some_would_be_lost(committed, pool, monkeypatch):
    """Negative control: read, add and write without a lock."""

    def add_without_lock(group_id, counted):
        tally = Tally.objects.get(pk=group_id)
        total = counting.merge([counting.as_tally(tally.counters), counted])
        time.sleep(0.05)
        Tally.objects.filter(pk=group_id).update(counters=counting.as_json(total))

    monkeypatch.setattr(counting, "_add", add_without_lock)
    open_round, scans = drafts(committed)
    for future in [elsewhere(pool, services.submit_scan, scan.pk, in_round=True) for scan in scans]:
        future.result(30)
    tally = Tally.objects.get(group__measurement_round=open_round)
    assert max(numbers[0] for numbers in tally.counters.values()) < SENDERS


# --- tick -------------------------------------------------------------------------------------------------


class Slow(BaseEmailBackend):
    taken: list[str] = []

    def send_messages(self, messages):
        time.sleep(0.005)
        Slow.taken += [message.to[0] for message in messages]
        return len(messages)


def test_two_ticks_at_once_do_nothing_twice(committed, pool, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Slow"
    Slow.taken.clear()
    open_round = worlds.opened(committed)
    for one in [elsewhere(pool, tick) for _ in range(4)]:
        one.result(60)
    assert sorted(Slow.taken) == sorted({one.person.email for one in worlds.invitations(open_round)})
    set_instant(open_round, -1)
    for one in [elsewhere(pool, tick) for _ in range(4)]:
        one.result(60)
    assert RoundResult.objects.filter(measurement_round=open_round).count() == 1


def test_two_coordinators_open_one_round(committed, pool):
    draft = worlds.draft(committed)
    both = [elsewhere(pool, opening.open_round, committed.coordinator, draft) for _ in range(2)]
    assert sorted(type(one.exception(30)).__name__ for one in both) == ["NoneType", "NotInThisState"]
    assert Invitation.objects.filter(measurement_round=draft).count() == SENDERS


@pytest.mark.django_db  # also lets this file run by itself: without a marked test no database is made
def test_the_clock_goes_on_within_a_transaction():
    first = database_instant()
    time.sleep(0.01)
    assert first.tzinfo and database_instant() > first
    assert transaction_clock() == transaction_clock()
