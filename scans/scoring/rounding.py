"""Coarse on purpose: from a mean and a number of people to the words that may be shown (rule 6 of policy.md)."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from .levels import LevelName, level_name

FEWER, FIVE, TEN, TWENTY = "minder dan 5", "5–9", "10–19", "20 of meer"
BANDS: dict[str, tuple[int, int | None]] = {FEWER: (0, 4), FIVE: (5, 9), TEN: (10, 19), TWENTY: (20, None)}


@dataclass(frozen=True)
class Row:
    """A row of the table, in points: from so many people on, the step, and where the open classes end and begin."""

    people: int
    step: Fraction
    low_below: Fraction
    high_from: Fraction


TABLE = (
    Row(5, Fraction(10), Fraction(35), Fraction(65)),
    Row(10, Fraction(5), Fraction(35, 2), Fraction(165, 2)),
    Row(20, Fraction(5, 2), Fraction(45, 4), Fraction(355, 4)),
)


@dataclass(frozen=True)
class Shown:
    """A figure as anybody may see it: the words, and the bounds that they stand for.

    `low` and `high` are points, `low` belongs to it and `high` does not (except 100, and both ends of a difference).
    `people` is a band. There is no exact mean and no exact number in here.
    """

    text: str
    low: Fraction
    high: Fraction
    people: str


@dataclass(frozen=True)
class Cell:
    """One class of a table: its words and bounds, low ≤ mean < high (at the top also the mean 100)."""

    text: str
    low: Fraction
    high: Fraction


def points(value: Fraction) -> str:
    """A number as Dutch readers write it: 40, 12,5."""
    return f"{float(value):g}".replace(".", ",")


def people_band(people: int) -> str:
    """The band in which a number of people is shown."""
    return next(band for band, (_, last) in BANDS.items() if last is None or people <= last)


def row_for(people: int) -> Row:
    """The row of the table for this many people; below the first row the coarsest one."""
    return next((row for row in reversed(TABLE) if people >= row.people), TABLE[0])


def step_of(band: str) -> Fraction:
    """The step (points) with which figures of this band of people are shown."""
    return row_for(BANDS[band][0]).step


def cells_for(people: int) -> tuple[Cell, ...]:
    """All classes for this many people, in order; together they cover 0 to 100 without overlap."""
    row = row_for(people)
    half, middle = row.step / 2, []
    edge = row.low_below
    while edge < row.high_from:
        middle.append(Cell(points(edge + half), edge, edge + row.step))
        edge += row.step
    low = Cell(f"{points(row.low_below - half)} of lager", Fraction(0), row.low_below)
    return (low, *middle, Cell(f"{points(row.high_from + half)} of hoger", row.high_from, Fraction(100)))


def joined(cells: Sequence[Cell]) -> Cell:
    """Neighbouring classes as one, in words that say its bounds."""
    low, high = cells[0].low, cells[-1].high
    return cells[0] if len(cells) == 1 else Cell(range_words(low, high), low, high)


def range_words(low: Fraction, high: Fraction) -> str:
    if low == 0:
        return f"lager dan {points(high)}"
    return f"{points(low)} of hoger" if high == 100 else f"tussen {points(low)} en {points(high)}"


def round_mean(mean: Fraction, people: int, cells: Sequence[Cell] | None = None) -> Shown:
    """A mean (0–100) of so many people in words. `cells`: another division than the table's (rule 8)."""
    if not 0 <= mean <= 100:
        raise ValueError(f"a mean lies between 0 and 100, not at {mean}")
    cells = cells or cells_for(people)
    cell = next((one for one in cells if mean < one.high), cells[-1])
    return Shown(cell.text, cell.low, cell.high, people_band(people))


THIRDS = ("minder dan een derde", "een derde tot twee derde", "meer dan twee derde")


def round_share(part: int, people: int) -> Shown:
    """A share in three classes; one third and two thirds belong to the middle. Bounds as points of 100."""
    third, two = Fraction(100, 3), Fraction(200, 3)
    number = 0 if 3 * part < people else 1 if 3 * part <= 2 * people else 2
    bounds = ((Fraction(0), third), (third, two), (two, Fraction(100)))
    return Shown(THIRDS[number], *bounds[number], people_band(people))


def level_names_of(shown: Shown) -> tuple[LevelName, ...]:
    """The lowest and the highest level name that a shown figure touches; one when they are the same."""
    first, last = level_name(shown.low), level_name(shown.high)
    if last.begins == shown.high and last.level > first.level:  # the bound itself does not belong to the figure
        last = level_name(shown.high - Fraction(1, 1000))
    return tuple(dict.fromkeys((first, last)))


def level_words(shown: Shown) -> str:
    """The level names that a figure touches: one, two, or from the lowest to the highest."""
    first, *others = level_names_of(shown)
    if not others:
        return first.name
    last = others[-1]
    return f"{first.name} {'of' if last.level - first.level == 1 else 'tot en met'} {last.name}"
