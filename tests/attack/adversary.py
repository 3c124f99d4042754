"""An adversary who knows exactly who was scored in what, reads every figure, and solves for a person.

Per theme everybody's levels are unknowns between 0 and 100 points: two for who answered both questions, one for who
answered one. Every shown figure says that some sum of unknowns lies between two bounds. Unknowns about which the
adversary knows equally little always occur together, so their sum stands in for them: that is exact, and quick.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

from scans.scoring import Shown
from tests.attack.worlds import Played

HALF_THE_SCALE = 50
NOTHING_TO_SEE = 1e-6


@dataclass(frozen=True)
class Known:
    """low ≤ Σ coefficient × unknown ≤ high, in points. An unknown is (person, question code)."""

    parts: tuple[tuple[tuple[str, str], float], ...]
    low: float
    high: float


def levels(played: Played, person: str, theme: str) -> dict[tuple[str, str], float]:
    """The unknowns of a person in a theme with their true values in points; empty for who is not scored."""
    given = played.world.answers.get(person, {})
    codes = [question.code for question in played.world.themes[theme] if isinstance(given.get(question.code), int)]
    return {(person, code): 25.0 * given[code] for code in codes}


def score_parts(played: Played, person: str, theme: str) -> dict[tuple[str, str], float]:
    """The theme score as a sum: 1/2 of each of two levels, or the one level there is."""
    own = levels(played, person, theme)
    return {unknown: 1 / len(own) for unknown in own}


def true_score(played: Played, person: str, theme: str) -> float:
    own = levels(played, person, theme)
    return sum(own.values()) / len(own)


def lead(played: Played, person: str, theme: str) -> float:
    """The first question minus the second, in points; 0 for who answered one."""
    own = list(levels(played, person, theme).values())
    return own[0] - own[1] if len(own) == 2 else 0


def scored(played: Played, people: Iterable[str], theme: str) -> list[str]:
    return [person for person in people if levels(played, person, theme)]


def mean_known(played: Played, people: Sequence[str], theme: str, low, high) -> Known:
    parts = [
        (unknown, share / len(people))
        for person in people
        for unknown, share in score_parts(played, person, theme).items()
    ]
    return Known(tuple(parts), float(low), float(high))


def harvest(played: Played, theme: str) -> list[Known]:
    """Everything that the figures of a round say about one theme. ("Weet ik niet" says nothing about levels.)"""
    found, municipal = [], []
    groups = {group.id: scored(played, played.present(group), theme) for group in played.groups}
    for figure in played.publication.figures:
        if figure.theme != theme or not isinstance(figure.shown, Shown) or figure.group not in groups:
            continue
        people = groups[figure.group]
        if figure.kind == "score":
            found.append(mean_known(played, people, theme, figure.shown.low, figure.shown.high))
            if figure.group.startswith(("team", "small_teams")):
                municipal += people
        elif figure.kind == "difference":
            both = [person for person in people if len(levels(played, person, theme)) == 2]
            other = next(question.code for question in played.world.themes[theme] if question.code != figure.question)
            sides = ((figure.question, 1 / len(both)), (other, -1 / len(both)))
            parts = [((person, code), sign) for person in both for code, sign in sides]
            found.append(Known(tuple(parts), float(figure.shown.low), float(figure.shown.high)))
    whole = played.publication.figure("municipality", theme)
    if whole and isinstance(whole.shown, Shown):
        found.append(mean_known(played, municipal, theme, whole.shown.low, whole.shown.high))
    return found + [known for name, known in played.extra if name == theme]


def equations(known: Sequence[Known], target: dict, given: dict):
    """Rows and unknowns for the solver: the target's own, and everybody else's gathered by what is known of them."""
    columns: dict[tuple[str, str], dict[int, float]] = defaultdict(dict)
    for row, one in enumerate(known):
        for unknown, share in one.parts:
            columns[unknown][row] = columns[unknown].get(row, 0) + share
    for unknown in target:
        columns.setdefault(unknown, {})
    fixed = np.zeros(len(known))
    gathered: dict[tuple, int] = defaultdict(int)
    for unknown, column in columns.items():
        if unknown in given:
            for row, share in column.items():
                fixed[row] += share * given[unknown]
        elif unknown not in target:
            gathered[tuple(sorted(column.items()))] += 1
    order = list(target)
    matrix = np.zeros((len(known), len(order) + len(gathered)))
    for number, column in enumerate([columns[unknown].items() for unknown in order] + list(gathered)):
        for row, share in column:
            matrix[row, number] = share
    limits = [(0, 100)] * len(order) + [(0, 100 * size) for size in gathered.values()]
    return matrix, fixed, limits


def placed(known: Sequence[Known], target: dict, given: dict) -> tuple[float, float]:
    """The least and the most that the target's theme score can be. `given`: what insiders gave away."""
    matrix, fixed, limits = equations(known, target, given)
    goal = np.zeros(len(limits))
    goal[: len(target)] = list(target.values())
    lows = np.array([one.low for one in known]) - fixed
    highs = np.array([one.high for one in known]) - fixed
    above, below = np.vstack([matrix, -matrix]), np.concatenate([highs, -lows])
    found = []
    for sign in (1, -1):
        answer = linprog(sign * goal, A_ub=above, b_ub=below + 1e-9, bounds=limits, method="highs")
        assert answer.status == 0, f"the shown figures contradict each other: {answer.message}"
        found.append(sign * answer.fun)
    return found[0], found[1]


def isolated(known: Sequence[Known], target: dict) -> bool:
    """Whether the target's theme score is itself a sum of shown figures, whatever the answers were."""
    if not known:
        return False
    matrix, _, limits = equations(known, target, {})
    goal = np.zeros(len(limits))
    goal[: len(target)] = list(target.values())
    weights, *_ = np.linalg.lstsq(matrix.T, goal, rcond=None)
    return bool(np.abs(matrix.T @ weights - goal).max() < NOTHING_TO_SEE)


def insiders_for(played: Played, target: str, theme: str) -> list[str]:
    """Who would help most: the highest and the lowest in the target's own group and in all other groups, and in the
    own group who differs most between the two questions, either way.
    """
    found = []
    own = next(group for group in played.groups if target in group.members)
    elsewhere = [p for group in played.groups if group is not own and group.role == own.role for p in group.members]
    sorted_elsewhere = sorted(elsewhere)
    for people in (played.present(own), sorted_elsewhere):
        there = [person for person in scored(played, people, theme) if person != target]
        if there:
            ranked = sorted(there, key=lambda person: (true_score(played, person, theme), person))
            found += [ranked[0], ranked[-1]]
            if people is not sorted_elsewhere:
                leads = sorted(there, key=lambda person: (lead(played, person, theme), person))
                found += [leads[0], leads[-1]]
    return list(dict.fromkeys(found))


def pairs_for(played: Played, target: str, theme: str) -> list[tuple[str, str]]:
    """Two insiders of the target's own group: the two highest, the two lowest."""
    own = next(group for group in played.groups if target in group.members)
    there = [person for person in scored(played, played.present(own), theme) if person != target]
    ranked = sorted(there, key=lambda person: (true_score(played, person, theme), person))
    return list(dict.fromkeys([tuple(ranked[:2]), tuple(ranked[-2:])])) if len(ranked) > 1 else []


@dataclass(frozen=True)
class Breach:
    """A promise that was broken: who, in which theme, with which insiders, and between which bounds."""

    target: str
    theme: str
    insiders: tuple[str, ...]
    low: float
    high: float


def breaches_of(played: Played, target: str, theme: str, insiders=None, known=None, eliminate=True) -> list[Breach]:
    """Attack one person: by elimination, then by bounds, with no insider and with each of `insiders` in turn."""
    known = harvest(played, theme) if known is None else known
    goal = score_parts(played, target, theme)
    out = eliminate and isolated(known, goal)
    found = [Breach(target, theme, ("by elimination",), 0, 0)] if out else []
    if insiders is None:
        insiders = [(), *((one,) for one in insiders_for(played, target, theme))]
    for group in insiders:
        given = {unknown: value for one in group for unknown, value in levels(played, one, theme).items()}
        low, high = placed(known, goal, given)
        if high - low <= HALF_THE_SCALE + NOTHING_TO_SEE:
            found.append(Breach(target, theme, tuple(group), low, high))
    return found


def targets(played: Played, theme: str, per_group: int = 2) -> list[str]:
    """Per group those who are easiest to place: the lowest and highest, and who answered one question alone."""
    found = []
    for group in played.groups:
        ranked = sorted(
            scored(played, played.present(group), theme),
            key=lambda person: (true_score(played, person, theme), len(levels(played, person, theme)), person),
        )
        alone = [person for person in ranked if len(levels(played, person, theme)) == 1]
        found += list(dict.fromkeys([*ranked[:1], *alone[:1], *ranked[-1:], *ranked]))[:per_group]
    return found
