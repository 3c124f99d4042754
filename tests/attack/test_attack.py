"""The real policy stands against 300 made-up municipalities, and every broken one is found out.

`python -m tests.attack` plays until 10,000 people have been gone after, and also measures two insiders.
"""

from collections import Counter, defaultdict
from fractions import Fraction
from itertools import product
from random import Random
from unittest.mock import patch

import pytest

from scans.scoring import Group, Shown, ThemeTally, publication
from scans.scoring.counting import UNITS_PER_POINT
from tests.attack.adversary import Known, placed
from tests.attack.game import SCENARIOS, attack
from tests.attack.mutants import MUTANTS, first_breach_of
from tests.attack.worlds import SHAPES, make_world, play

WORLDS = 300
PARTS = 5  # no divisor of the number of scenarios, so that every part meets all of them


@pytest.mark.parametrize("part", range(PARTS))
def test_nobody_can_be_placed_within_half_the_scale(part):
    gone_after, breaches = 0, []
    for seed in range(part, WORLDS, PARTS):
        for turn in SCENARIOS[seed % len(SCENARIOS)](Random(seed)):
            for theme, people in turn.after.items():
                turn.after[theme] = people[::2] if len(people) > 3 else people
            for _, _, found in attack(turn):
                gone_after += 1
                breaches += [(seed, breach) for breach in found]
    assert gone_after > 150  # there was somebody to find
    assert breaches == []


def test_there_is_something_to_leak():
    """Figures of every kind are shown, also beside extreme answers; or the game would be won by showing nothing."""
    seen = Counter()
    for seed in range(60):
        for figure in play(make_world(Random(seed))).publication.figures:
            if isinstance(figure.shown, Shown):
                seen[figure.kind, figure.group == "municipality"] += 1
    assert seen["score", False] > 400
    assert seen["score", True] > 90
    assert seen["difference", False] > 50
    assert seen["dont_know", True] > 80


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_broken_policy_is_found_out(mutant):
    assert first_breach_of(mutant), "it gives nobody away: the game is blind to it"


def exactly(people, single, total, lead):
    """The exact sum of scores and the exact sum of differences, of people with two answers and with one."""
    pairs = range(people - single)
    score = [((n, code), 0.5) for n in pairs for code in "ab"] + [((-n, "a"), 1) for n in range(1, single + 1)]
    difference = [((n, code), sign) for n in pairs for code, sign in (("a", 1), ("b", -1))]
    return [Known(tuple(score), total, total), Known(tuple(difference), lead, lead)]


@pytest.mark.parametrize("single", [0, 1, 3])
@pytest.mark.parametrize("pairs", [10, 13, 25])
def test_what_the_difference_between_questions_tells_is_nothing(pairs, single):
    """The proof in policy.md at its edges: exact sums, the worst insider, and still anything from 0 to 100."""
    people, room = pairs + single, 200 + 7.5 * pairs
    goals = [{(0, "a"): 0.5, (0, "b"): 0.5}] + ([{(-1, "a"): 1}] if single else [])
    insiders = [{(1, "a"): p, (1, "b"): q} for p in (0, 100) for q in (0, 100)]
    insiders += [{(-2, "a"): p} for p in (0, 100)] if single > 1 else []
    for total, lead in product((room, 100 * people - room), (-15 * pairs, 0, 15 * pairs)):
        for goal, given in product(goals, insiders):
            low, high = placed(exactly(people, single, total, lead), goal, given)
            assert (low, high) == pytest.approx((0, 100), abs=1e-4)


def test_the_example_of_question_means_in_the_policy_is_true():
    parts = {code: tuple(((n, code), 1.0) for n in range(10)) for code in "ab"}
    both = tuple(((n, code), 0.5) for n in range(10) for code in "ab")
    known = [Known(both, 425, 475), Known(parts["a"], 0, 175), Known(parts["b"], 825, 1000)]
    low, high = placed(known, {(0, "a"): 0.5, (0, "b"): 0.5}, {(1, "a"): 100, (1, "b"): 0})
    assert (low, high) == pytest.approx((12.5, 62.5), abs=1e-4)


# What a decision tells. The bounds above treat a figure as its bounds; but that a figure is a range, or a wide class,
# is itself seen. Here every possible sum is tried, and the adversary reads whole publications, decisions included.

GRAIN = Fraction(25, 2)  # two answers to two questions: theme scores lie on multiples of 12.5
ROOM_FOR_TWO = 162.5  # an insider at 100 leaves a colleague 62.5: more than half the scale


def group(name, size):
    return Group("team", "client_manager", (name,), frozenset(f"{name}{i}" for i in range(size)))


def sums(people):
    return [GRAIN * step for step in range(int(100 * people / GRAIN) + 1)]


def tally(people, total):
    return {"a": ThemeTally(scored=people, units=int(total * UNITS_PER_POINT), asked=people)}


def read(published):
    return tuple((figure.group, figure.kind, figure.shown) for figure in published.figures if figure.theme == "a")


def rooms(sizes):
    """Per publication that can arise from teams of these sizes: the least and most that each team's sum can be."""
    teams = [group(f"t{number}", size) for number, size in enumerate(sizes)]
    found = defaultdict(list)
    for totals in product(*map(sums, sizes)):
        tallies = [(team, tally(len(team.members), total)) for team, total in zip(teams, totals, strict=True)]
        found[read(publication.publish(tallies, SHAPES, 5))].append(totals)
    for seen in found.values():
        for number, size in enumerate(sizes):
            column = [totals[number] for totals in seen]
            yield size, min(column), max(column)


def too_tight(sizes):
    return [room for room in rooms(sizes) if room[2] < ROOM_FOR_TWO or 100 * room[0] - room[1] < ROOM_FOR_TWO]


@pytest.mark.parametrize("sizes", [(5, 5), (5, 6), (9, 10), (5, 20), (10, 12)])
def test_that_the_municipal_figure_is_a_range_tells_nothing(sizes):
    assert too_tight(sizes) == []


def test_a_municipal_figure_without_its_check_tells_something():
    with patch.object(publication, "municipal_is_safe", lambda *_: True):
        assert too_tight((5, 6))


def joiner_ranges(people):
    """Per pair of publications of a team and the same team with one more: what the newcomer can have answered."""
    before, after = group("t0", people), group("t0", people + 1)
    found = defaultdict(list)
    for total in sums(people):
        first = publication.publish([(before, tally(people, total))], SHAPES, 5)
        for own in sums(1):
            second = publication.publish([(after, tally(people + 1, total + own))], SHAPES, 5, [first.remembered])
            found[read(first), read(second)].append(own)
    return [(min(own), max(own)) for own in found.values()]


@pytest.mark.parametrize("people", [5, 6, 9, 10, 14, 19, 20])
def test_a_newcomer_stays_unknown_when_all_others_repeat_themselves(people):
    assert set(joiner_ranges(people)) == {(0, 100)}


def test_a_newcomer_is_seen_without_rule_8():
    with patch.object(publication, "rivals", lambda *_: []):
        assert any(high - low <= 50 for low, high in joiner_ranges(5))
