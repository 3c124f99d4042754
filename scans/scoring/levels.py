"""The five level names and where each begins on the scale of 0 to 100."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class LevelName:
    """A level in words. `begins` is the lowest score (0–100) that carries it."""

    level: int
    name: str
    meaning: str
    begins: Fraction


LEVEL_NAMES = (
    LevelName(0, "Nog niet zichtbaar", "In de dagelijkse praktijk is hier nog weinig van te zien.", Fraction(0)),
    LevelName(1, "Soms", "Het gebeurt, maar het hangt af van wie er werkt en of er tijd is.", Fraction(25, 2)),
    LevelName(2, "Afgesproken", "Er is iets afgesproken. In de drukte schiet het er soms bij in.", Fraction(75, 2)),
    LevelName(3, "Vaste werkwijze", "Zo wordt hier gewerkt, ook als het druk is.", Fraction(125, 2)),
    LevelName(4, "Lerend", "Het is vast werk, en er wordt op teruggekeken en bijgesteld.", Fraction(175, 2)),
)


def level_name(score: Fraction) -> LevelName:
    """The level of a score from 0 to 100: the highest one that begins at or below it."""
    if not 0 <= score <= 100:
        raise ValueError(f"a score lies between 0 and 100, not at {score}")
    return max((name for name in LEVEL_NAMES if name.begins <= score), key=lambda name: name.level)


def next_level(score: Fraction) -> LevelName | None:
    """The level above the one that this score carries, or None at the top."""
    level = level_name(score).level
    return LEVEL_NAMES[level + 1] if level < 4 else None
