"""From answers to scores. Pure: plain values in, frozen dataclasses out, no Django, no clock, no rounding inside.

points of an answer = level × 25. Score of a theme = the weighted mean of its points. Overall = the mean of the
theme scores. Non-answers carry no points and are left out, with the reason kept. docs/scoring.md says it in words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from .levels import LevelName, level_name, next_level

MIN_SHARE_OF_WEIGHT = Fraction(1, 2)  # of a theme's weight that must have a level
MIN_SHARE_OF_THEMES = Fraction(1, 2)  # of the themes that must have a score
TOP_LEVEL = 4


@dataclass(frozen=True)
class ScoredQuestion:
    """What scoring needs to know of a question: its code and its weight (a whole number, 1 or more)."""

    code: str
    weight: int = 1


@dataclass(frozen=True)
class Part:
    """One answer that counts: level 0–4, points 0–100, weight."""

    question: str
    level: int
    points: Fraction
    weight: int


@dataclass(frozen=True)
class LeftOut:
    """One question that does not count, why (a non-answer's value, or "unanswered"), and its weight."""

    question: str
    reason: str
    weight: int


@dataclass(frozen=True)
class Step:
    """One single-level step of a what-if: this question from one level to the next."""

    question: str
    from_level: int
    to_level: int


@dataclass(frozen=True)
class WhatIf:
    """The fewest single-level steps that reach the next level name, and the score that they lead to."""

    level: LevelName
    steps: tuple[Step, ...]
    score: Fraction


@dataclass(frozen=True)
class ThemeScore:
    """The score of one theme with everything needed to recompute it. `score` is None when too little counts."""

    theme: str
    score: Fraction | None
    level: LevelName | None
    parts: tuple[Part, ...]
    left_out: tuple[LeftOut, ...]
    what_if: WhatIf | None


@dataclass(frozen=True)
class OverallScore:
    """The mean of the theme scores. `score` is None when fewer than half of the themes have one."""

    score: Fraction | None
    level: LevelName | None
    themes: tuple[ThemeScore, ...]

    @property
    def scored(self) -> tuple[ThemeScore, ...]:
        return tuple(theme for theme in self.themes if theme.score is not None)


def weighted_mean(parts: Sequence[Part]) -> Fraction:
    """The mean of the points, each as often as its weight. Needs at least one part."""
    return Fraction(sum(part.points * part.weight for part in parts), sum(part.weight for part in parts))


def score_theme(theme: str, questions: Sequence[ScoredQuestion], answers: Mapping[str, int | str]) -> ThemeScore:
    """Score one theme. `answers` maps question codes to a level 0–4 or the text of a non-answer.

    Outcomes: a score when questions with at least half of the weight have a level; otherwise none.
    Raises ValueError for a level outside 0–4.
    """
    parts, left_out = [], []
    for question in questions:
        answer = answers.get(question.code, "unanswered")
        if isinstance(answer, str):
            left_out.append(LeftOut(question.code, answer, question.weight))
        elif 0 <= answer <= TOP_LEVEL:
            parts.append(Part(question.code, answer, Fraction(answer * 100, TOP_LEVEL), question.weight))
        else:
            raise ValueError(f"{question.code}: a level lies between 0 and 4, not at {answer}")
    whole = sum(question.weight for question in questions)
    enough = parts and Fraction(sum(part.weight for part in parts), whole) >= MIN_SHARE_OF_WEIGHT
    score = weighted_mean(parts) if enough else None
    return ThemeScore(
        theme=theme,
        score=score,
        level=None if score is None else level_name(score),
        parts=tuple(parts),
        left_out=tuple(left_out),
        what_if=None if score is None else what_if(parts),
    )


def what_if(parts: Sequence[Part]) -> WhatIf | None:
    """The fewest single-level steps to the next level name; None at the top.

    A step on a heavier question moves the mean further, so taking the heaviest question that has room left, and
    of equals the one at the lowest level, never takes more steps than another choice.
    """
    target = next_level(weighted_mean(parts))
    if target is None:
        return None
    current = list(parts)
    steps = []
    while weighted_mean(current) < target.begins:
        index = max(
            (i for i, part in enumerate(current) if part.level < TOP_LEVEL),
            key=lambda i: (current[i].weight, -current[i].level, -i),
        )
        old = current[index]
        current[index] = Part(old.question, old.level + 1, Fraction((old.level + 1) * 100, TOP_LEVEL), old.weight)
        steps.append(Step(old.question, old.level, old.level + 1))
    return WhatIf(target, tuple(steps), weighted_mean(current))


def score_scan(themes: Mapping[str, Sequence[ScoredQuestion]], answers: Mapping[str, int | str]) -> OverallScore:
    """Score a whole scan: `themes` maps theme codes to their questions, in order."""
    scored = tuple(score_theme(theme, questions, answers) for theme, questions in themes.items())
    scores = [theme.score for theme in scored if theme.score is not None]
    enough = scores and Fraction(len(scores), len(scored)) >= MIN_SHARE_OF_THEMES
    score = Fraction(sum(scores), len(scores)) if enough else None
    return OverallScore(score, None if score is None else level_name(score), scored)


def as_points(score: Fraction) -> int:
    """A score as people read it: whole points from 0 to 100, a half goes up."""
    return int(score + Fraction(1, 2))
