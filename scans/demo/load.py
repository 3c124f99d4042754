"""The road of the demo: everything by way of the services that a real municipality goes through.

`at` puts a round in the past. Nothing here writes a row by itself.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from django.conf import settings
from django.db import transaction

from scans import services
from scans.clock import database_instant, local_day, local_midnight
from scans.models import Invitation, MeasurementRound, Role
from scans.rounds import closing, inviting, mail, opening, responding, retention, setup
from scans.selectors.content import questionnaire_content
from teams.import_file import Row
from teams.models import Municipality, User
from teams.services import access, colleagues, importing

from .answers import answers_of
from .municipalities import MUNICIPALITIES, PASSWORD, Account, DemoMunicipality
from .people import DemoPerson, people_of

OFFICE_OPENS = timedelta(hours=9)
SHOWS_LEVELS = 2  # of three in a small role, two choose to show their own levels


class DemoRefused(Exception):
    """The demo is for development only."""


class DemoLeftOut(Exception):
    """There is nothing to do, or it would not fit here; the message says why."""


@dataclass(frozen=True)
class Loaded:
    """How much was made."""

    municipalities: int
    teams: int
    rounds: int
    scans: int


def load_demo() -> Loaded:
    """Make the demo, all or nothing. Raises DemoRefused in production, and DemoLeftOut for a second time."""
    _check_place()
    with transaction.atomic():
        sent = sum(_live(one) for one in MUNICIPALITIES)
        _forget_old()
    with transaction.atomic():  # one commit for all: a mail of the demo reaches nobody
        _send()
        _mail_again()
        _send()
    return Loaded(
        municipalities=len(MUNICIPALITIES),
        teams=sum(len(one.teams) for one in MUNICIPALITIES),
        rounds=sum(len(one.opened) for one in MUNICIPALITIES),
        scans=sent,
    )


def _check_place() -> None:
    if settings.PRODUCTION:
        raise DemoRefused("The demo is for development. Nothing was written.")
    if Municipality.objects.filter(name__in=[one.name for one in MUNICIPALITIES]).exists():
        raise DemoLeftOut("the demo is there already")
    if Municipality.objects.exists():  # its accounts have a known password: never beside those of a real one
        raise DemoLeftOut("no demo: this database has municipalities of its own")
    if not all(setup.may_mail(f"demo@{one.domain}") for one in MUNICIPALITIES):
        raise DemoLeftOut("no demo: QUICKSCAN_ROUND_MAIL_DOMAINS leaves out its addresses")


def _live(demo: DemoMunicipality) -> int:
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
            retention.erase_people(today=closes_on + timedelta(days=settings.ROUND_PEOPLE_DAYS))
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


def _mail_again() -> None:
    """The newest mails in the post are those of one person per role who has not answered: their links open."""
    waiting = Invitation.objects.filter(measurement_round__in=MeasurementRound.objects.open(), used=False)
    for role in Role.values:
        one = waiting.filter(role=role, asks_correction=False).order_by("email").first()
        coordinator = User.objects.filter(
            municipality=one.measurement_round.municipality, is_coordinator=True
        ).first()
        inviting.send_again(coordinator, one)


def _send() -> None:
    while mail.send_waiting():
        pass


def _forget_old() -> None:
    """The scans of long ago go as they would have gone."""
    while services.erase_expired():
        pass
