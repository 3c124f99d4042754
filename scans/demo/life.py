"""The life of a made-up municipality: everything by way of the services that a real one goes through.

`at` puts a round in the past. Nothing here writes a row by itself.
"""

import secrets
from datetime import date, datetime, timedelta
from random import Random

from django.conf import settings

from scans import services
from scans.clock import database_instant, local_day, local_midnight
from scans.models import Invitation, MeasurementRound, Role
from scans.rounds import closing, opening, responding, retention, setup
from scans.selectors.content import questionnaire_content
from teams.import_file import Row
from teams.models import User
from teams.services import access, colleagues, importing

from .answers import answers_of
from .municipalities import PASSWORD, Account, DemoMunicipality
from .people import DemoPerson, people_of

OFFICE_OPENS = timedelta(hours=9)
SHOWS_LEVELS = 2  # so many of a small role choose to show their own levels


def live(demo: DemoMunicipality) -> int:
    """All rounds of one municipality. Returns how many scans were sent."""
    coordinator = _make_accounts(demo)
    now = database_instant()
    today = local_day(now)
    sent = 0
    for turn in range(len(demo.opened)):
        opens_on = today - timedelta(days=demo.opened[turn])
        closes_on = opens_on + timedelta(days=demo.open_for[turn])
        is_open = closes_on > today
        people = people_of(demo, turn, is_open=is_open)
        _import(coordinator, people)
        measurement_round = _open(coordinator, opens_on, closes_on)
        sent += _answer(demo, turn, people, measurement_round, min(closes_on, today))
        closing.note_bands(at=local_midnight(min(closes_on - timedelta(days=1), today)))
        if is_open:
            _say_back(measurement_round)
        else:
            closing.close_round(measurement_round.pk, at=measurement_round.closes_at)
            erased_on = closes_on + timedelta(days=settings.ROUND_PEOPLE_DAYS)
            retention.erase_people(municipality=coordinator.municipality, today=erased_on)
    if not is_open:  # the list is ready for a round that the reader prepares
        _import(coordinator, people)
    return sent


# --- accounts and people -----------------------------------------------------------------------------------


def _make_accounts(demo: DemoMunicipality) -> User:
    """The accounts, each by its own link. Returns the first, a coordinator."""
    users = [_make_account(demo, account) for account in demo.accounts]
    for account, user in zip(demo.accounts, users, strict=True):
        if not account.is_coordinator:
            colleagues.change_rights(users[0], user, is_coordinator=False, is_manager=account.is_manager)
    return users[0]


def _make_account(demo: DemoMunicipality, account: Account) -> User:
    secret = access.invite_coordinator(demo.name, demo.address(account), name=account.name)
    return access.use_link(access.hash_secret(secret), PASSWORD)


def _import(coordinator: User, people: list[DemoPerson]) -> None:
    rows = [Row(number, one.name, one.email, one.team, one.role) for number, one in enumerate(people, 2)]
    plan = importing.plan_import(coordinator.municipality, rows)
    importing.apply_import(coordinator, rows, plan.digest)


# --- a round -----------------------------------------------------------------------------------------------


def _open(coordinator: User, opens_on: date, closes_on: date) -> MeasurementRound:
    at = local_midnight(opens_on) + OFFICE_OPENS
    teams = coordinator.municipality.teams.all()
    minimum = setup.last_setup(coordinator.municipality)["minimum"]
    draft = setup.save_draft(coordinator, closes_on=closes_on, minimum=minimum, teams=teams, at=at)
    return opening.open_round(coordinator, draft, at=at)


def _answer(
    demo: DemoMunicipality, turn: int, people: list[DemoPerson], opened: MeasurementRound, until: date
) -> int:
    """Everybody who takes part answers on a day before `until`. Returns how many did."""
    invitations = {one.email: one for one in Invitation.objects.filter(measurement_round=opened)}
    taking_part = [person for person in people if person.answers]
    chosen = dict.fromkeys(Role.values, 0)
    for person in taking_part:
        show = chosen[person.role] < SHOWS_LEVELS
        chosen[person.role] += 1
        at = _some_day(person, turn, opened.opened_on, until)
        scan = responding.begin(invitations[person.email].public_id, attribute=show, at=at)
        content = questionnaire_content(scan.questionnaire_id)
        services.save_answers(scan.pk, answers_of(demo.name, person, turn, content))
        own_secret = secrets.token_urlsafe(32)
        services.submit_scan(scan.pk, today=local_day(at), at=at, in_round=True, own_secret=own_secret)
    return len(taking_part)


def _some_day(person: DemoPerson, turn: int, first: date, until: date) -> datetime:
    day = first + timedelta(days=Random(f"day {person.email} {turn}").randrange(1, (until - first).days))
    return local_midnight(day) + OFFICE_OPENS


def _say_back(measurement_round: MeasurementRound) -> None:
    """Two of the invited have said something back, so that a coordinator can see what that looks like."""
    waiting = measurement_round.invitations.filter(used=False).order_by("email")
    first, second = waiting.values_list("public_id", flat=True)[:2]
    responding.report_wrong_role(first)
    responding.stop_reminders(second)
