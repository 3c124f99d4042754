"""Broken policies. Each must be found out by the same adversary that finds nothing against the real one."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random
from unittest.mock import patch

from scans.scoring import Group, Shown, groups, people_band, publication, rounding, trend
from scans.scoring.rounding import Row
from tests.attack import worlds
from tests.attack.adversary import Breach, Known, levels, mean_known, scored, true_score
from tests.attack.game import Scenario, Turn, chain, first_breach, other_teams, repeated, single_round, turn_of
from tests.attack.worlds import THEMES, Played, make_world, play


@dataclass(frozen=True)
class Mutant:
    """What is broken (`patches`: target, name, broken part) and the scenario in which it must be seen."""

    name: str
    scenario: Scenario = single_round
    patches: tuple = ()
    start: int = 0  # the seed from which to look: saves time, the search goes on from there

    @contextmanager
    def broken(self):
        with ExitStack() as stack:
            for where, name, part in self.patches:
                stack.enter_context(patch.object(where, name, part))
            yield


def groups_of_four(random: Random) -> Iterator[Turn]:
    yield turn_of(play(replace(make_world(random), k=4)))


def respondents_count(counters, k):
    return counters.asked >= k and counters.scored > 0


def each_team_alone(invited, k, **before):
    teams = sorted({one.team for one in invited if one.role == groups.CLIENT_MANAGER})
    found = [
        Group("team", groups.CLIENT_MANAGER, (team,), frozenset(one.person for one in invited if one.team == team))
        for team in teams
    ]
    return groups.Grouping(tuple(found), (), ())


def exact(mean, people, cells=None):
    return Shown(str(float(mean)), mean, mean, people_band(people))


def no_open_classes() -> tuple[Row, ...]:
    return tuple(replace(row, low_below=row.step / 2, high_from=100 - row.step / 2) for row in rounding.TABLE)


def live(random: Random) -> Iterator[Turn]:
    """A dashboard that shows figures while the round is open: somebody looks after each of the last six submits."""
    world = make_world(random)
    people = sorted(world.answers, key=lambda person: random.random())
    looks = []
    for number in range(max(1, len(people) - 6), len(people) + 1):
        looks.append(play(replace(world, answers={person: world.answers[person] for person in people[:number]})))
    yield turn_of(looks[-1], tuple(looks[:-1]))


def with_extra(random: Random, extra) -> Iterator[Turn]:
    played = play(make_world(random))
    played.extra = [(theme, known) for theme in THEMES for known in extra(played, theme)]
    yield turn_of(played)


def visible(played: Played, theme: str) -> Iterator[list[str]]:
    for group in played.groups:
        figure = played.publication.figure(group.id, theme)
        if isinstance(figure.shown, Shown):
            yield scored(played, played.present(group), theme)


def export_from_counters(random: Random) -> Iterator[Turn]:
    """An export that computes its own whole points from the counters of the groups that are shown."""

    def whole_points(played, theme):
        for people in visible(played, theme):
            mean = sum(true_score(played, person, theme) for person in people) / len(people)
            yield mean_known(played, people, theme, max(round(mean) - 0.5, 0), min(round(mean) + 0.5, 100))

    yield from with_extra(random, whole_points)


def questions_by_the_table(random: Random) -> Iterator[Turn]:
    """Rule 6 as it was first written: from 10 people also the mean of each question, by the same table."""

    def question_means(played, theme):
        for people in visible(played, theme):
            for question in THEMES[theme]:
                own = {p: levels(played, p, theme).get((p, question.code)) for p in people}
                values = {p: value for p, value in own.items() if value is not None}
                if len(values) >= 10:
                    shown = rounding.round_mean(Fraction(sum(map(int, values.values())), len(values)), len(values))
                    parts = tuple(((p, question.code), 1 / len(values)) for p in values)
                    yield Known(parts, float(shown.low), float(shown.high))

    yield from with_extra(random, question_means)


def only_the_last_round(random: Random) -> Iterator[Turn]:
    """Rule 8 as it was first written: a round of the same people between two rounds that are one person apart."""
    real = publication.publish
    with patch.object(worlds, "publish", lambda tallies, themes, k, earlier: real(tallies, themes, k, earlier[-1:])):
        yield from chain(random)


def three_classes(people, one_apart):
    """Rule 8 as it was first written, when the three classes are chosen whatever the later answers are."""
    edges = (0, 40, 60, 100)
    return tuple(
        rounding.joined([rounding.Cell("", Fraction(low), Fraction(high))])
        for low, high in zip(edges, edges[1:], strict=False)
    ) if one_apart else rounding.cells_for(people)  # fmt: skip


MUTANTS = (
    Mutant("k = 4", groups_of_four, ((groups, "MIN_GROUP", 4),)),
    Mutant("k counts respondents", patches=((publication, "enough", respondents_count),), start=70),
    Mutant(
        "small teams not pooled",
        patches=(
            (worlds, "form_groups", each_team_alone),
            (publication, "enough", lambda counters, k: counters.scored),
        ),
    ),
    Mutant("exact means", patches=((publication, "round_mean", exact),)),
    Mutant("no open classes", patches=((rounding, "TABLE", no_open_classes()),)),
    Mutant(
        "municipal figure without its check",
        patches=((publication, "municipal_is_safe", lambda *_: True),),
        start=12,
    ),
    Mutant("live figures", live),
    Mutant("export from counters", export_from_counters),
    Mutant("a mean per question", questions_by_the_table),
    Mutant("no rule 8", repeated, ((publication, "rivals", lambda *_: []),)),
    Mutant("rule 8 for the last round only", only_the_last_round),
    Mutant("rule 8 for teams that stay only", other_teams, ((trend, "from_elsewhere", lambda *_: False),)),
    Mutant("rule 8 with three classes", repeated, ((publication, "widened", three_classes),)),
    Mutant(
        "municipal figure beside one person",
        repeated,
        ((publication, "same_groups_as_before", lambda *_: True),),
        start=78,
    ),
)


def first_breach_of(mutant: Mutant) -> tuple[int, Breach] | None:
    """Whom the broken policy gives away first, or None when the game is blind to it."""
    with mutant.broken():
        return first_breach(mutant.scenario, range(mutant.start, mutant.start + 200))
