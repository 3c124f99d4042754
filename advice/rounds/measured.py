"""How the figures of a round were made coarse, as rows for a table: read from the policy, not written again."""

from dataclasses import dataclass

from scans.scoring.rounding import BANDS, TABLE, cells_for, points

_BAND_OF = {least: band for band, (least, _) in BANDS.items()}


@dataclass(frozen=True)
class ClassRow:
    """What a figure of this many people can say. `lowest_means`, `highest_means`: what the open classes stand for."""

    people: str
    step: str
    lowest: str
    lowest_means: str
    highest: str
    highest_means: str


def class_rows() -> tuple[ClassRow, ...]:
    return tuple(_row(row) for row in TABLE)


def _row(row) -> ClassRow:
    cells = cells_for(row.people)
    lowest, highest = cells[0], cells[-1]
    return ClassRow(
        _BAND_OF[row.people], points(row.step),
        lowest.text, f"lager dan {points(lowest.high)}",
        highest.text, f"{points(highest.low)} of hoger",
    )  # fmt: skip
