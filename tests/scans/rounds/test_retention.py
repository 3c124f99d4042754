"""What `tick` erases, on the day before its day, on its day and on the day after: no mark is left anywhere.

Instants are written into the rows; only the database's clock decides, as in production.
"""

import io
import logging
import time
from datetime import timedelta

import pytest
from django.conf import settings as configured
from django.contrib.sessions.models import Session

from quickscan.sessions import SessionStore
from quickscan.tick import tick
from scans.clock import database_instant, local_midnight
from scans.models import MeasurementRound, RoundResult
from scans.rounds import retention
from teams import throttle
from teams.models import AccountInvitation, FailedTries, PasswordLink, PasswordRequest, Person, Team
from teams.services import access
from tests.database import tables_with
from tests.scans.rounds import world as worlds

pytestmark = [pytest.mark.both, pytest.mark.django_db]
MARK = "zqmark"
AROUND = [(-1, True), (0, False), (1, False)]  # days from the limit; whether it is still there


@pytest.fixture
def said():
    """All that any logger says."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    logging.getLogger().addHandler(handler)
    logging.getLogger("quickscan.staff").addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)
    logging.getLogger("quickscan.staff").removeHandler(handler)


def files_with(text: str) -> list[str]:
    """Files of the installation that hold it; collected static files and pictures of pages are nobody's."""
    skip = {"static", "shots"}
    return [
        str(path) for path in configured.VAR_DIR.rglob("*")
        if path.is_file() and not skip & set(path.parts) and text.encode() in path.read_bytes()
    ]  # fmt: skip


def test_a_mark_in_a_file_would_be_found(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    (tmp_path / "left.txt").write_text(f"x{MARK}x")
    assert len(files_with(MARK)) == 1


@pytest.fixture
def marked(said):
    """A closed round of people whose names, addresses and invitations all hold the mark; staff and teams do not."""
    world = worlds.municipality("Aadorp", {("Noord", "client_manager"): 6, ("Noord", "policy_officer"): 2})
    for person in Person.objects.all():
        Person.objects.filter(pk=person.pk).update(name=f"{MARK} {person.pk}", email=f"{MARK}{person.pk}@aadorp.nl")
    measurement_round = worlds.opened(world)
    worlds.mailed_secrets()
    for invitation in worlds.invitations(measurement_round)[:5]:
        worlds.answer(invitation)
    worlds.answer(worlds.invitations(measurement_round, role="policy_officer")[0], attribute=True,
                  own_secret="o" * 43)  # fmt: skip
    worlds.begin(worlds.invitations(measurement_round)[5])
    worlds.close(measurement_round)
    return measurement_round


def closed_days_ago(measurement_round, days: int):
    instant = local_midnight(worlds.in_days(-days))
    MeasurementRound.objects.filter(pk=measurement_round.pk).update(closes_at=instant)


@pytest.mark.parametrize(("days", "stays"), AROUND)
def test_people_addresses_and_invitations_leave_no_mark(marked, settings, said, days, stays):
    assert tables_with(MARK) == {"teams_person", "scans_invitation"}, "there is something to leave"
    result = RoundResult.objects.values().get()
    closed_days_ago(marked, settings.ROUND_PEOPLE_DAYS + days)
    tick()
    assert bool(tables_with(MARK)) is stays
    assert not stays or tables_with(MARK) == {"teams_person", "scans_invitation"}
    assert files_with(MARK) == [] and MARK not in said.getvalue()
    assert "open_round" in said.getvalue(), "the logs were listened to"
    assert RoundResult.objects.values().get() == result and Team.objects.exists()
    assert stays or {group.invited for group in marked.groups.all()} == {0}


def test_a_shorter_time_is_kept_to(marked, settings):
    settings.ROUND_PEOPLE_DAYS = 3
    closed_days_ago(marked, 2)
    tick()
    assert tables_with(MARK)
    closed_days_ago(marked, 3)
    tick()
    assert tables_with(MARK) == set()


def test_without_the_erasing_they_would_stay(marked, monkeypatch):
    """Negative control."""
    closed_days_ago(marked, 400)
    monkeypatch.setattr(retention, "erase_people", lambda: 0)
    tick()
    assert tables_with(MARK)


def test_who_is_in_the_next_round_too_stays_for_that_round(marked, settings):
    at = marked.closes_at + timedelta(days=200)
    world = type("World", (), {"coordinator": marked.municipality.users.get(is_coordinator=True),
                               "teams": {"Noord": Team.objects.get()}})  # fmt: skip
    Person.objects.filter(role="policy_officer").update(role="manager")
    second = worlds.opened(world, at=at)
    closed_days_ago(marked, settings.ROUND_PEOPLE_DAYS)
    tick()
    assert not marked.invitations.exists() and second.invitations.count() == Person.objects.count() == 8


# --- staff -------------------------------------------------------------------------------------------------


def at_limit(days: int):
    """An instant so many days past (or before) its end, a little away from the very moment."""
    return database_instant() - timedelta(days=days, seconds=1 if days >= 0 else -1)


@pytest.mark.parametrize(("days", "stays"), AROUND)
def test_links_invitations_and_requests_of_staff_leave_no_mark(world, settings, said, days, stays):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    ends = at_limit(days)
    AccountInvitation.objects.create(municipality=world.municipality, name=MARK, email=f"{MARK}@aadorp.nl",
                                     secret_hash=access.hash_secret("a"), expires_at=ends)  # fmt: skip
    PasswordLink.objects.create(secret_hash=MARK, user=world.coordinator, expires_at=ends)
    PasswordRequest.objects.create(email=f"{MARK}2@aadorp.nl", expires_at=ends)
    all_of_them = {"teams_accountinvitation", "teams_passwordlink", "teams_passwordrequest"}
    assert tables_with(MARK) == all_of_them
    tick()
    # A living request is answered at once, for an unknown address with nothing, and forgotten.
    assert tables_with(MARK) == (all_of_them - {"teams_passwordrequest"} if stays else set())
    assert MARK not in said.getvalue()


@pytest.mark.parametrize(("seconds", "stays"), [(-1, True), (0, False), (1, False)])
def test_wrong_tries_are_forgotten_with_their_window(db, monkeypatch, seconds, stays):
    throttle.failed("account", MARK)
    key = FailedTries.objects.get().key
    assert MARK not in key and tables_with(key) == {"teams_failedtries"}
    now = time.time()
    FailedTries.objects.update(since=int(now) - throttle.WINDOW - seconds)
    monkeypatch.setattr("teams.throttle.time.time", lambda: now)
    tick()
    assert bool(tables_with(key)) is stays


@pytest.mark.parametrize(("days", "stays"), AROUND)
def test_sessions_with_a_half_done_import_leave_no_mark(db, days, stays):
    store = SessionStore()
    store["people_import"] = {"rows": [[1, MARK, f"{MARK}@aadorp.nl", "Noord", "manager"]]}
    store.create()
    Session.objects.update(expire_date=at_limit(days))
    assert tables_with(MARK) == {"sessions, unpacked"}
    tick()
    assert tables_with(MARK) == ({"sessions, unpacked"} if stays else set())
