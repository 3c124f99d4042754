"""A municipality of any size with closed rounds. The counters are made up; opening and closing are the real services.

Thousands of people are not sent in one by one: a counter of a group is written as if everybody invited had answered.
"""

import random
from datetime import timedelta

from scans.clock import database_instant
from scans.models import Group, MeasurementRound, Role, Tally
from scans.rounds import closing
from scans.rounds.counting import as_json
from scans.scoring import ThemeTally
from scans.scoring.counting import UNITS_PER_POINT
from teams.models import Person, Team
from tests.scans.rounds import world as worlds

BETWEEN = timedelta(days=190)  # two rounds are at least half a year apart


def municipality(name: str, *, teams: int, people: int):
    """`people` client managers, spread over the teams, and five of each other role."""
    world = worlds.municipality(name, {})
    grow(world, teams=teams, people=people)
    for role in (Role.POLICY_OFFICER, Role.MANAGER):
        _join(world, 5, role)
    return world


def grow(world, *, teams: int, people: int) -> None:
    """Until there are so many teams and so many client managers in them."""
    own = world.municipality
    for number in range(len(world.teams), teams):
        world.teams[f"Team {number:02}"] = Team.objects.create(municipality=own, name=f"Team {number:02}")
    _join(world, people - own.people.filter(role=Role.CLIENT_MANAGER).count(), Role.CLIENT_MANAGER)


def _join(world, people: int, role: str) -> None:
    """Newcomers go to the newest teams first, so that the others stay as they are while the municipality grows."""
    own, teams = world.municipality, list(world.teams.values())[::-1]
    before = own.people.filter(role=role).count()
    Person.objects.bulk_create(
        Person(
            municipality=own,
            team=teams[number % len(teams)],
            role=role,
            name=f"Persoon {before + number:05}",
            email=f"{role}-{before + number}@{own.name.lower()}.nl",
        )
        for number in range(people)
    )


def closed_round(world, *, ago: timedelta, seed: int = 0) -> MeasurementRound:
    """A round that was opened that long ago, in which everybody answered, and that was closed at its instant."""
    measurement_round = worlds.opened(world, at=database_instant() - ago)
    count_everybody(measurement_round, seed)
    assert worlds.close(measurement_round)
    measurement_round.refresh_from_db()
    return measurement_round


def count_everybody(measurement_round: MeasurementRound, seed: int) -> None:
    draw, themes = random.Random(seed), closing.themes_of(measurement_round)
    groups = list(Group.objects.filter(measurement_round=measurement_round).order_by("key"))
    tallies = [Tally(group=one, counters=as_json(_made_up(one, themes[one.role], draw))) for one in groups]
    Tally.objects.bulk_update(tallies, ["counters"])


def _made_up(group: Group, themes, draw: random.Random) -> dict[str, ThemeTally]:
    people = group.invited
    return {
        theme: ThemeTally(
            scored=people,
            units=people * UNITS_PER_POINT * draw.randint(20, 85),
            asked=people,
            dont_know=draw.randint(0, people // 2),
            paired=people,
            lead=draw.randint(-people, people),
        )
        for theme in themes
    }


def closed_rounds(world, number: int, *, before_last=lambda: None) -> list[MeasurementRound]:
    """Oldest first; `before_last` is called in time for the last one."""
    found = []
    for place in range(number, 0, -1):
        if place == 1:
            before_last()
        found.append(closed_round(world, ago=place * BETWEEN, seed=place))
    return found
