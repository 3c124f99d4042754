"""The pure heart of measuring: answers to scores, counters to figures, rounds to trends. Knows no Django."""

from .counting import Tally, ThemeTally, count_scan, merge
from .groups import Group, Grouping, Invited, Outside, form_groups
from .levels import LEVEL_NAMES, LevelName, level_name, next_level
from .mirror import Awareness, Gap, Mirror, largest_first, mirror_of
from .publication import Attributed, Figure, Publication, Suppressed, attributed, publish
from .rounding import Shown, level_names_of, people_band
from .score import (
    LeftOut,
    OverallScore,
    Part,
    ScoredQuestion,
    Step,
    ThemeScore,
    WhatIf,
    as_points,
    score_scan,
    score_theme,
    weighted_mean,
)
from .trend import Remembered, RememberedRound, Trend, compare

__all__ = [
    "Attributed",
    "Awareness",
    "Figure",
    "Gap",
    "Group",
    "Grouping",
    "Invited",
    "LEVEL_NAMES",
    "LeftOut",
    "LevelName",
    "Mirror",
    "Outside",
    "OverallScore",
    "Part",
    "Publication",
    "Remembered",
    "RememberedRound",
    "ScoredQuestion",
    "Shown",
    "Step",
    "Suppressed",
    "Tally",
    "ThemeScore",
    "ThemeTally",
    "Trend",
    "WhatIf",
    "as_points",
    "attributed",
    "compare",
    "count_scan",
    "form_groups",
    "largest_first",
    "level_name",
    "level_names_of",
    "merge",
    "mirror_of",
    "next_level",
    "people_band",
    "publish",
    "score_scan",
    "score_theme",
    "weighted_mean",
]
