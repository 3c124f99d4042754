"""Themes × teams: read down for a team, across for what holds for everybody. Shown figures only."""

from dataclasses import dataclass

from scans.scoring import level_name
from scans.scoring.levels import LEVEL_NAMES
from scans.scoring.mirror import ARRANGED_LEVEL

from .frozen import Frozen, FrozenGroup
from .team import Cell, cell_of


@dataclass(frozen=True)
class Column:
    """A team. `people`: the band of people, when it is the same for every figure of this team; else ""."""

    group: FrozenGroup
    people: str


@dataclass(frozen=True)
class GridCell:
    """`people`: the band that the whole column has, or ""."""

    group: FrozenGroup
    cell: Cell
    people: str


@dataclass(frozen=True)
class GridRow:
    theme: str
    title: str
    cells: tuple[GridCell, ...]
    municipal: Cell


@dataclass(frozen=True)
class Grid:
    """`nowhere`: titles of themes where every shown team certainly stands below a fixed way of working;
    `everywhere`: where every shown team certainly has one. Both only with at least two teams shown.
    `municipal_people`: the band of the column of the municipality, as `people` of the others.
    """

    columns: tuple[Column, ...]
    municipal_people: str
    groups: tuple[FrozenGroup, ...]
    rows: tuple[GridRow, ...]
    nowhere: tuple[str, ...]
    everywhere: tuple[str, ...]
    reasons: tuple[str, ...]


def grid_of(frozen: Frozen) -> Grid:
    groups, rows, nowhere, everywhere = frozen.team_groups, [], [], []
    begins = LEVEL_NAMES[ARRANGED_LEVEL].begins
    columns = tuple(Column(group, _band_of(frozen, group)) for group in groups)
    for theme in frozen.themes:
        cells = tuple(GridCell(one.group, cell_of(frozen, one.group, theme), one.people) for one in columns)
        rows.append(GridRow(theme.code, theme.title, cells, cell_of(frozen, frozen.municipal, theme)))
        shown = [one for one in (frozen.score(group.key, theme.code) for group in groups) if one]
        if len(shown) > 1 and all(one.high <= begins for one in shown):
            nowhere.append(theme.title)
        if len(shown) > 1 and all(level_name(one.low).level >= ARRANGED_LEVEL for one in shown):
            everywhere.append(theme.title)
    every = [cell for row in rows for cell in (*(one.cell for one in row.cells), row.municipal)]
    reasons = tuple(dict.fromkeys(cell.reason for cell in every if cell.reason))
    municipal_people = _band_of(frozen, frozen.municipal)
    return Grid(columns, municipal_people, groups, tuple(rows), tuple(nowhere), tuple(everywhere), reasons)


def _band_of(frozen: Frozen, group: FrozenGroup) -> str:
    shown = (frozen.score(group.key, theme.code) for theme in frozen.themes)
    bands = {one.people for one in shown if one}
    return bands.pop() if len(bands) == 1 else ""
