"""A made-up municipality played through the real services, with staff who can open its pages over HTTP."""

import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import product
from random import Random
from string import ascii_lowercase

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.test import Client

from scans import services
from scans.clock import database_instant, local_day
from scans.models import Invitation, MeasurementRound, RoundResult, Theme
from scans.rounds import closing, opening, responding, retention, setup
from scans.scoring import Invited, ScoredQuestion
from scans.selectors.content import questionnaire_content
from teams.models import Municipality, Person, Team, User
from tests.attack.worlds import MOODS, World, person_answers
from tests.scans.rounds.test_pages import enter

STAFF = ("coordinator", "manager", "both")
TEAMS = ("Alfa", "Bravo", "Charlie", "Delta")
SIZES = (3, 4, 5, 5, 6, 6, 10, 11)
ROOM = 30  # people in a world: the database must keep up


def theme_codes() -> list[str]:
    return list(Theme.objects.order_by("position").values_list("code", flat=True))


def questions(codes: list[str]) -> dict[str, tuple[ScoredQuestion, ScoredQuestion]]:
    """The themes as the adversary thinks of them: two questions each, by place, the same for every role."""
    return {code: (ScoredQuestion(f"{code}.0"), ScoredQuestion(f"{code}.1")) for code in codes}


def name_of(number: int) -> str:
    """No digit in it, so that a number on a page is never a name."""
    return "Persoon " + [a + b for a, b in product(ascii_lowercase, repeat=2)][number]


def scan_of(random: Random, codes: list[str], moods: list[str]) -> dict[str, int | str]:
    """One person's answers to every theme, two themes to a mood."""
    found = {}
    for number, mood in enumerate(moods):
        drawn = person_answers(random, mood)
        for code, letter in zip(codes[2 * number : 2 * number + 2], "ab", strict=True):
            found |= {f"{code}.{place}": drawn[f"{letter}{place + 1}"] for place in (0, 1)}
    return found


def team_scans(random: Random, codes: list[str], people: list[str]) -> dict[str, dict]:
    """A team in a mood per two themes; some of its people are silent. Where one dissents, the first person does."""
    team = [random.choice(MOODS) for _ in codes[::2]]
    silent, found = random.choice((0, 0, 0.1, 0.3)), {}
    for number, person in enumerate(people):
        if number and random.random() < silent:
            continue
        own = [
            ("top" if (mood == "dissenter up") == (number == 0) else "bottom") if mood.startswith("dissent") else mood
            for mood in team
        ]
        found[person] = scan_of(random, codes, own)
    return found


def small_world(random: Random, codes: list[str]) -> World:
    invited, answers, count = [], {}, 0
    for team in TEAMS[: random.randint(1, 4)]:
        size = min(random.choice(SIZES), ROOM - count)
        people = [name_of(number) for number in range(count, count + size)]
        count += size
        invited += [Invited(person, team, "client_manager") for person in people]
        answers |= team_scans(random, codes, people)
    for role, sizes in (("policy_officer", (0, 2)), ("manager", (1, 5))):
        people = [name_of(number) for number in range(count, count + random.choice(sizes))]
        count += len(people)
        invited += [Invited(person, TEAMS[0], role) for person in people]
        answers |= team_scans(random, codes, people)
    return World(tuple(invited), answers, themes=questions(codes))


@dataclass
class Town:
    """`consenting`: who chooses to show the own levels, where that may be chosen at all."""

    municipality: Municipality
    staff: dict[str, User]
    consenting: set[str] = field(default_factory=set)

    @property
    def coordinator(self) -> User:
        return self.staff["coordinator"]

    def enter(self, who: str) -> Client:
        """A client that is logged in, and has just given the password."""
        client = enter(Client(), self.staff[who])
        session = client.session
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time.time()}]
        session.save()
        return client


def build(name: str = "Aadorp") -> Town:
    short = name.lower()
    own = Municipality.objects.create(name=name, contact_email=f"contact@{short}.nl")
    rights = {"coordinator": (True, False), "manager": (False, True), "both": (True, True)}
    staff = {
        who: User.objects.create_user(
            f"{who}@{short}.nl", "correct paard batterij", municipality=own, is_coordinator=may, is_manager=sees
        )
        for who, (may, sees) in rights.items()
    }
    return Town(own, staff)


def settle(town: Town, world: World) -> None:
    """The people of this world and no others on the list of the coordinator."""
    Person.objects.filter(municipality=town.municipality).delete()
    names = dict.fromkeys(one.team for one in world.invited)
    teams = {name: Team.objects.get_or_create(municipality=town.municipality, name=name)[0] for name in names}
    Person.objects.bulk_create(
        Person(municipality=town.municipality, team=teams[one.team], role=one.role, name=one.person,
               email=f"{one.person.replace(' ', '.').lower()}@aadorp.nl")
        for one in world.invited
    )  # fmt: skip


def opened(town: Town, world: World, at: datetime | None = None) -> MeasurementRound:
    settle(town, world)
    teams = town.municipality.teams.all()
    closes_on = local_day(at or database_instant()) + timedelta(days=14)
    draft = setup.save_draft(town.coordinator, closes_on=closes_on, minimum=max(world.k, 5), teams=teams, at=at)
    return opening.open_round(town.coordinator, draft, at=at)


def answer(invitation: Invitation, given: dict, *, consent: bool = False, at: datetime | None = None) -> None:
    scan = responding.begin(invitation.public_id, attribute=consent, at=at)
    content = questionnaire_content(scan.questionnaire_id)
    chosen = {
        question.id: str(given[f"{theme.code}.{place}"])
        for theme in content.themes
        for place, question in enumerate(theme.questions)
    }
    services.save_answers(scan.pk, chosen)
    services.submit_scan(scan.pk, in_round=True, own_secret=f"{invitation.public_id:_>43}", at=at)


def answer_all(town: Town, measurement_round: MeasurementRound, world: World, at: datetime | None = None) -> None:
    for invitation in measurement_round.invitations.select_related("person").order_by("pk"):
        who = invitation.person.name
        if who in world.answers:
            answer(invitation, world.answers[who], consent=who in town.consenting, at=at)


def close(measurement_round: MeasurementRound) -> RoundResult:
    assert closing.close_round(measurement_round.pk, at=measurement_round.closes_at)
    measurement_round.refresh_from_db()
    return measurement_round.result


def play(town: Town, world: World, at: datetime | None = None, *, forget: bool = False) -> MeasurementRound:
    """A whole round. `forget`: and its people are erased, as they are after some weeks, so the next can be played."""
    measurement_round = opened(town, world, at)
    answer_all(town, measurement_round, world, at)
    close(measurement_round)
    if forget:
        retention.erase_people(today=local_day(measurement_round.closes_at) + timedelta(settings.ROUND_PEOPLE_DAYS))
    return measurement_round
