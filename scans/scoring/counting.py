"""What one submitted scan adds to the counters of its group. After this nothing of the scan is needed any more."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from .score import ScoredQuestion, score_theme

# Theme scores are summed in whole numbers, so that the order of submitting can leave no trace in a last decimal.
# 2,520 divides by every sum of weights from 1 to 10.
UNITS_PER_POINT = 2520
DONT_KNOW = "dont_know"


@dataclass(frozen=True)
class ThemeTally:
    """The counters of one group and one theme. All whole numbers; a row of a database can hold them.

    scored      people with a theme score
    units       the sum of their theme scores, in 1/2520 point
    asked       people who gave a level or "weet ik niet" to at least one question of the theme
    dont_know   those of them who said "weet ik niet", each counted once
    paired      people with a level on both questions of the theme
    lead        for those: the sum of (level of the first question − level of the second)

    There is no sum per question: policy.md shows why a mean per question beside the theme figure would recognise
    people, so it is not even counted.
    """

    scored: int = 0
    units: int = 0
    asked: int = 0
    dont_know: int = 0
    paired: int = 0
    lead: int = 0

    def __add__(self, other: "ThemeTally") -> "ThemeTally":
        return ThemeTally(
            self.scored + other.scored,
            self.units + other.units,
            self.asked + other.asked,
            self.dont_know + other.dont_know,
            self.paired + other.paired,
            self.lead + other.lead,
        )


Tally = Mapping[str, ThemeTally]  # theme code → counters


def is_pair(questions: Sequence[ScoredQuestion]) -> bool:
    """Two questions of one weight: the only shape of theme whose questions may be compared."""
    return len(questions) == 2 and questions[0].weight == questions[1].weight


def count_theme(theme: str, questions: Sequence[ScoredQuestion], answers: Mapping[str, int | str]) -> ThemeTally:
    """The counters that one person adds. `answers`: question code → level 0–4 or the text of a non-answer.

    Raises ValueError when the score is no whole number of units (weights that add up to an odd large number).
    """
    result = score_theme(theme, questions, answers)
    levels = [part.level for part in result.parts]
    unsure = any(left.reason == DONT_KNOW for left in result.left_out)
    units = Fraction(0) if result.score is None else result.score * UNITS_PER_POINT
    if units.denominator != 1:
        raise ValueError(f"{theme}: a score of {result.score} is no whole number of 1/{UNITS_PER_POINT} points")
    paired = is_pair(questions) and len(levels) == 2
    return ThemeTally(
        scored=int(result.score is not None),
        units=units.numerator,
        asked=int(bool(levels) or unsure),
        dont_know=int(unsure),
        paired=int(paired),
        lead=levels[0] - levels[1] if paired else 0,
    )


def count_scan(themes: Mapping[str, Sequence[ScoredQuestion]], answers: Mapping[str, int | str]) -> Tally:
    """The counters of one whole scan: `themes` maps theme codes to their questions, in order."""
    return {theme: count_theme(theme, questions, answers) for theme, questions in themes.items()}


def merge(tallies: Iterable[Tally]) -> Tally:
    """Counters added up per theme, in any order; nothing at all gives an empty mapping."""
    total: dict[str, ThemeTally] = {}
    for tally in tallies:
        for theme, counters in tally.items():
            total[theme] = total.get(theme, ThemeTally()) + counters
    return total
