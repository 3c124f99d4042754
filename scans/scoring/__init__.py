"""The pure heart of measuring: answers to scores. Knows no Django."""

from .levels import LEVEL_NAMES, LevelName, level_name, next_level
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

__all__ = [
    "LEVEL_NAMES",
    "LeftOut",
    "LevelName",
    "OverallScore",
    "Part",
    "ScoredQuestion",
    "Step",
    "ThemeScore",
    "WhatIf",
    "as_points",
    "level_name",
    "next_level",
    "score_scan",
    "score_theme",
    "weighted_mean",
]
