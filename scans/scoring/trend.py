"""Over rounds (rule 8 of policy.md): what may be compared, and classes that are wide enough where one person changed.

`widened` is part of publishing and looks at numbers of people; `compare` reads shown figures only.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from .groups import CLIENT_MANAGER
from .rounding import Cell, Shown, cells_for, joined, step_of

Definition = tuple[str, str, tuple[str, ...]]  # Group.definition: kind, role, teams

HIGHER, LOWER, SAME = "hoger", "lager", "geen duidelijk verschil"
OTHER_GROUP, OTHER_QUESTIONS, NOT_SHOWN = "andere groep", "andere vragen", "niet te vergelijken"


@dataclass(frozen=True)
class Remembered:
    """What closing a round keeps of a shown theme figure for later rounds, and shows to nobody.

    `people` is the exact number of people scored, `low` and `high` are the bounds that were shown (points).
    """

    definition: Definition
    theme: str
    people: int
    low: Fraction
    high: Fraction


@dataclass(frozen=True)
class RememberedRound:
    """A closed round as later rounds know it: the figures that it showed, and every team that had a group in it."""

    figures: tuple[Remembered, ...]
    teams: frozenset[str]

    def of_theme(self, theme: str) -> "RememberedRound":
        return RememberedRound(tuple(one for one in self.figures if one.theme == theme), self.teams)


def overlap(one: Definition, other: Definition) -> bool:
    """Whether two groups of different rounds hold the same people by their names: same role, and a team in common.

    Wider than "the same group": someone who does sums does not care what we call comparable.
    """
    if one[1] != other[1]:
        return False
    return one[1] != CLIENT_MANAGER or bool(set(one[2]) & set(other[2]))


def from_elsewhere(definition: Definition, teams: Collection[str]) -> bool:
    """Whether this group has a team that is not among `teams`, those of another round: its people may have been, or
    may now be, in any team of client managers of that round.
    """
    return definition[1] == CLIENT_MANAGER and not teams >= set(definition[2])


def together(parts: Sequence[Remembered]) -> Remembered:
    """Earlier groups seen as one: whoever can add two groups up will."""
    people = sum(part.people for part in parts)
    low = sum((part.people * part.low for part in parts), Fraction(0)) / people
    high = sum((part.people * part.high for part in parts), Fraction(0)) / people
    return Remembered(parts[0].definition, parts[0].theme, people, low, high)


def rivals(
    people: int, definition: Definition, rounds: Iterable[RememberedRound], teams: Collection[str]
) -> list[Remembered]:
    """Earlier figures about one person more or fewer, in any earlier round: of a group that may hold the same people,
    or of several of one round together (then also about as many). Not only the last round: one between would undo it.

    `teams`: those that have a group now. A group that overlaps may hold the same people; where teams came or went, so
    may every group with a new team, and every earlier group with a team that is gone.
    """
    found = []
    for kept in rounds:
        same_role = [one for one in kept.figures if one.definition[1] == definition[1]]
        sure = [one for one in same_role if overlap(one.definition, definition)]
        gone = [one for one in same_role if one not in sure and from_elsewhere(one.definition, teams)]
        alone = same_role if from_elsewhere(definition, kept.teams) else sure + gone
        sums = [sure, *([*sure, one] for one in gone), sure + gone]
        several = [list(parts) for parts in dict.fromkeys(map(tuple, sums)) if len(parts) > 1]
        found += [one for one in alone if abs(one.people - people) == 1]
        # Exactly the same people, first apart and then together, would be a finer figure about each of the parts.
        found += [one for one in map(together, several) if abs(one.people - people) <= 1]
    return found


def widened(people: int, one_apart: Iterable[Remembered]) -> tuple[Cell, ...]:
    """The classes in which the mean of `people` scored people may be shown beside these `rivals`.

    Without rivals the table's. Beside one, all classes that could arise if everybody else had repeated the own
    answers become one class: whatever that one person answered, it would have been this class, so it says nothing
    about that person. The division follows from earlier figures and numbers only, never from the later answers: else
    the width itself would tell what it hides.
    """
    cells = list(cells_for(people))
    for before in one_apart:
        came, left = max(people - before.people, 0), max(before.people - people, 0)
        low = (before.people * before.low - 100 * left) / people
        high = (before.people * before.high + 100 * came) / people
        reached = [i for i, cell in enumerate(cells) if cell.low <= high and (low < cell.high or cell.high == 100)]
        first, last = reached[0], reached[-1]
        cells[first : last + 1] = [joined(cells[first : last + 1])]
    return tuple(cells)


def regrouped_by_one(
    people: Mapping[Definition, int],
    definition: Definition,
    rounds: Iterable[RememberedRound],
    teams: Collection[str],
) -> bool:
    """Whether several groups of now together differ by one person, or none, from earlier groups with the same people.

    `people`: the groups that would be shown now, with their numbers of scored people. No single class can be widened
    against such a sum, so these groups are withheld. It takes another k, teams that went from small to large, or a
    team that was divided over itself and new teams.
    """
    for kept in rounds:
        mine, theirs = {definition}, set()  # grows to everything that hangs together
        while True:
            wider = {one for one in kept.figures if any(overlap(one.definition, name) for name in mine)}
            names = {name for name in people if any(overlap(one.definition, name) for one in wider)} | mine
            if (names, wider) == (mine, theirs):
                break
            mine, theirs = names, wider
        same_role = [one for one in kept.figures if one.definition[1] == definition[1]]
        gone = [one for one in same_role if one not in theirs and from_elsewhere(one.definition, teams)]
        new = [name for name in people if from_elsewhere(name, kept.teams)]
        pairs = [([*theirs, *more], mine) for more in _none_each_all(gone)]
        for one in same_role:
            heirs = {name for name in people if overlap(one.definition, name)}
            pairs += [([one], heirs.union(more)) for more in _none_each_all(new)]
        for then, now in pairs:
            apart = abs(sum(people[name] for name in now) - sum(one.people for one in then))
            if definition in now and len(now) > 1 and then and apart <= 1:
                return True
    return False


def _none_each_all(items: Sequence) -> list[Sequence]:
    return [[], *([item] for item in items), items]


@dataclass(frozen=True)
class Trend:
    """One theme of one group in two rounds. `change` is HIGHER, LOWER, SAME, or why there is no comparison."""

    theme: str
    earlier: Shown | None
    later: Shown | None
    change: str


def compare(
    theme: str,
    earlier: Shown | None,
    later: Shown | None,
    *,
    same_group: bool = True,
    comparable: Collection[str] | None = None,
) -> Trend:
    """Two shown figures of one theme; None where suppressed. `comparable`: themes whose questions still compare.

    Outcomes: another group; other questions; not shown; higher or lower when the figures lie two steps or more apart
    (the coarser of the two steps; for classes of several steps: when a whole step lies between them); else the same.
    """
    if not same_group:
        return Trend(theme, earlier, later, OTHER_GROUP)
    if comparable is not None and theme not in comparable:
        return Trend(theme, earlier, later, OTHER_QUESTIONS)
    if earlier is None or later is None:
        return Trend(theme, earlier, later, NOT_SHOWN)
    step = max(step_of(earlier.people), step_of(later.people))
    # Two classes of one step lie two steps apart exactly when one whole step fits between their facing bounds.
    if later.low - earlier.high >= step:
        return Trend(theme, earlier, later, HIGHER)
    if earlier.low - later.high >= step:
        return Trend(theme, earlier, later, LOWER)
    return Trend(theme, earlier, later, SAME)
