"""A made-up municipality with a round, made through the real services, and the people in it."""

import re
from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from django.core import mail

from scans import services
from scans.clock import database_instant, local_day
from scans.models import Invitation
from scans.rounds import closing, opening, responding, setup
from scans.rounds import mail as round_mail
from scans.selectors.content import questionnaire_content
from teams.models import Municipality, Person, Team, User

HERE = ZoneInfo("Europe/Amsterdam")
LINK = re.compile(r"/uitnodiging/([A-Za-z0-9_-]{43})/")
# (team, role) → number of people. Groups: Noord 6; Oost and West together 5; policy outside; managers 5.
PEOPLE = {
    ("Noord", "client_manager"): 6,
    ("Oost", "client_manager"): 3,
    ("West", "client_manager"): 2,
    ("Noord", "policy_officer"): 2,
    ("Oost", "manager"): 5,
}


def municipality(name="Aadorp", people=PEOPLE) -> SimpleNamespace:
    short = name.lower()
    own = Municipality.objects.create(name=name, contact_email=f"contact@{short}.nl")
    coordinator = User.objects.create_user(
        f"coordinator@{short}.nl", "correct paard batterij", municipality=own, is_coordinator=True
    )
    manager = User.objects.create_user(
        f"leiding@{short}.nl", "correct paard batterij", municipality=own, is_manager=True
    )
    teams = {team: Team.objects.create(municipality=own, name=team) for team, _ in dict.fromkeys(people)
             if not Team.objects.filter(municipality=own, name=team).exists()}  # fmt: skip
    for (team, role), number in people.items():
        for count in range(number):
            who = f"{role}-{team}-{count}".lower()
            Person.objects.create(
                municipality=own, team=Team.objects.get(municipality=own, name=team), role=role,
                name=who.title(), email=f"{who}@{short}.nl",
            )  # fmt: skip
    teams = {team.name: team for team in own.teams.all()}
    return SimpleNamespace(municipality=own, coordinator=coordinator, manager=manager, teams=teams)


def in_days(days: int, now: datetime | None = None) -> date:
    return local_day(now or database_instant()) + timedelta(days=days)


def draft(world, *, days=14, minimum=5, at=None):
    return setup.save_draft(
        world.coordinator, closes_on=in_days(days, at), minimum=minimum, teams=world.teams.values(), at=at
    )


def opened(world, *, days=14, minimum=5, at=None):
    return opening.open_round(world.coordinator, draft(world, days=days, minimum=minimum, at=at), at=at)


def invitations(measurement_round, role="client_manager", team=None):
    found = Invitation.objects.filter(measurement_round=measurement_round, role=role)
    return list((found.filter(team__name=team) if team else found).order_by("person__name"))


def begin(invitation, *, choice="2", attribute=False, at=None):
    """A full draft of this invitation."""
    scan = responding.begin(invitation.public_id, attribute=attribute, at=at)
    content = questionnaire_content(scan.questionnaire_id)
    services.save_answers(scan.pk, {question.id: choice for question in content.questions})
    return scan


def answer(invitation, *, choice="2", attribute=False, own_secret="", at=None):
    scan = begin(invitation, choice=choice, attribute=attribute, at=at)
    return services.submit_scan(scan.pk, at=at, in_round=True, own_secret=own_secret)


def close(measurement_round, *, after=timedelta(0)):
    measurement_round.refresh_from_db()
    return closing.close_round(measurement_round.pk, at=measurement_round.closes_at + after)


def mailed_secrets() -> list[str]:
    """Send what waits; the secrets in all mails so far, in order."""
    while round_mail.send_waiting():
        pass
    return [secret for message in mail.outbox for secret in LINK.findall(message.body)]


def at_clock(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=HERE).astimezone(UTC)
