"""Eight ways to break the rules, each in the real app, and each seen by who only reads what is served.

| caught by | which means |
|---|---|
| sums | the adversary places somebody, or gets somebody's score by elimination |
| table | a figure or a bound that the documented table does not know, or a number that nothing explains |
| bytes | two worlds that differ in answers alone give different pages while the round is open |
"""

import json
from contextlib import ExitStack
from dataclasses import dataclass, replace
from unittest.mock import patch

import pytest
from django.db import transaction

from advice.rounds import frozen as freezer
from advice.rounds import views as result_views
from scans.rounds import closing, setup
from scans.scoring import Invited, groups, publication, rounding
from scans.scoring.counting import UNITS_PER_POINT
from tests.attack import mutants, over_http
from tests.attack import town as towns
from tests.attack.twins import different, everything, night
from tests.attack.worlds import World

pytestmark = pytest.mark.django_db
REAL_GROUPS, REAL_PUBLISH, REAL_FROZEN, REAL_THAW = (
    setup.form_groups, publication.publish, freezer.frozen_or_404, freezer._thaw,
)  # fmt: skip
UNSURE = "dont_know"


def world_of(*teams: tuple) -> World:
    """Per team what each of its client managers answers everywhere."""
    codes, invited, answers = towns.theme_codes(), [], {}
    for team, levels in zip(towns.TEAMS, teams, strict=False):
        for level in levels:
            person = towns.name_of(len(invited))
            invited.append(Invited(person, team, "client_manager"))
            answers[person] = {f"{code}.{place}": level for code in codes for place in (0, 1)}
    return World(tuple(invited), answers, themes=towns.questions(codes))


# --- the broken parts ------------------------------------------------------------------------------------------


def groups_of_four(invited, k, **before):
    return REAL_GROUPS(invited, 4, **before)


def nothing_sinks(closing):
    """The check at close is a second guard of the same k: a broken k is broken there too."""
    return set()


def publish_from_four(tallies, themes, k, earlier=()):
    return REAL_PUBLISH(tallies, themes, 4, earlier)


def live(municipality, public_id):
    """A dashboard that computes its figures from the counters while the round is open."""
    found = municipality.rounds.filter(public_id=public_id, state="open").first()
    if found is None:
        return REAL_FROZEN(municipality, public_id)
    with transaction.atomic():
        frozen = REAL_THAW(closing.freeze(found), questionnaires_of(found))
        transaction.set_rollback(True)
    return frozen


def questionnaires_of(measurement_round):
    return {(one.role, one.version): one.pk for one in measurement_round.questionnaires.all()}


COUNTERS = {}


def publish_and_keep(tallies, themes, k, earlier=()):
    COUNTERS.update({group.id: tally for group, tally in tallies})
    return REAL_PUBLISH(tallies, themes, k, earlier)


def thaw_with_means(result, ids):
    """An export that gives whole points, from counters that somebody kept."""
    frozen = REAL_THAW(result, ids)
    content = json.loads(frozen.text)
    for figure in content["figures"]:
        if figure["kind"] == "score" and figure["group"] in COUNTERS:
            counters = COUNTERS[figure["group"]][figure["theme"]]
            mean = round(counters.units / UNITS_PER_POINT / counters.scored)
            figure |= {"shown": str(mean), "low": f"{max(2 * mean - 1, 0)}/2", "high": f"{min(2 * mean + 1, 200)}/2"}
    return replace(frozen, text=json.dumps(content))


@dataclass(frozen=True)
class Mutant:
    """`world`: what each team answers; `patches`: target, name, broken part; `caught_by`: all that must see it."""

    name: str
    world: tuple
    patches: tuple
    caught_by: frozenset

    def broken(self) -> ExitStack:
        stack = ExitStack()
        for where, name, part in self.patches:
            stack.enter_context(patch.object(where, name, part))
        return stack


def mutant(name: str, world: tuple, *patches: tuple, by: str) -> Mutant:
    return Mutant(name, world, patches, frozenset(by.split()))


FIVE, SIX = (0,) * 5, (2, 2, 2, 2, 2, 4)
MUTANTS = (
    mutant(
        "k = 4", ((0, 0, 0, 4), SIX),
        (groups, "MIN_GROUP", 4), (setup, "form_groups", groups_of_four), (closing, "publish", publish_from_four),
        (closing, "sunk_groups", nothing_sinks),
        by="sums table",
    ),
    mutant(
        "k counts respondents", ((0, UNSURE, UNSURE, UNSURE, UNSURE), SIX),
        (publication, "enough", mutants.respondents_count), by="sums table",
    ),
    mutant(
        "small teams not pooled", ((0, 0, 4), SIX),
        (setup, "form_groups", mutants.each_team_alone), (publication, "enough", lambda one, k: one.scored),
        (closing, "sunk_groups", nothing_sinks),
        by="sums table",
    ),
    mutant("exact means", (FIVE, SIX), (publication, "round_mean", mutants.exact), by="sums table"),
    mutant("no open classes", (FIVE, SIX), (rounding, "TABLE", mutants.no_open_classes()), by="sums table"),
    mutant(
        "municipal figure without its check", (FIVE, SIX),
        (publication, "municipal_is_safe", lambda *_: True), by="sums",
    ),
    mutant("live figures", (FIVE, SIX), (result_views, "frozen_or_404", live), by="bytes"),
    mutant(
        "export from counters", (FIVE, SIX),
        (closing, "publish", publish_and_keep), (freezer, "_thaw", thaw_with_means), by="sums table",
    ),
)  # fmt: skip


def found_in(town, savepoint, mutant: Mutant) -> set[str]:
    """How this is caught: played through the services, and read over HTTP."""
    world, caught = world_of(*mutant.world), set()
    with mutant.broken():
        with savepoint():
            opened = towns.opened(town, world)
            looks = [look(town, savepoint, opened, one) for one in (world, upside_down(world))]
            caught |= {"bytes"} if different(*looks) else set()
        with savepoint():
            closed = towns.play(town, world)
            found = over_http.haul(town, ["manager"])
            caught |= {"table"} if over_http.faults(found, town) else set()
            theme = towns.theme_codes()[:1]
            _, breaches = over_http.breaches([(found.frozen[closed.public_id], world)], theme, per_group=3)
            caught |= {"sums"} if breaches else set()
    return caught


def look(town, savepoint, opened, world) -> dict:
    with savepoint():
        towns.answer_all(town, opened, world)
        night(opened)
        return everything(town, ["manager"])


def upside_down(world: World) -> World:
    turned = {
        person: {code: 4 - level if isinstance(level, int) else level for code, level in own.items()}
        for person, own in world.answers.items()
    }
    return replace(world, answers=turned)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_broken_app_is_found_out(savepoint, mutant):
    assert found_in(towns.build(), savepoint, mutant) == mutant.caught_by


@pytest.mark.parametrize("world", sorted({mutant.world for mutant in MUTANTS}, key=str), ids=str)
def test_the_real_app_stands_in_the_same_worlds(savepoint, world):
    assert found_in(towns.build(), savepoint, Mutant("none", world, (), frozenset())) == set()
