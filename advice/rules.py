"""From scores and rules to recommendations. Pure: no Django, no database, no clock.

Which advice belongs to an answer is content (AdviceRule). Which three come first is decided here:

1. A lower answer comes before a higher one. "Weet ik niet" ranks with level 1: finding out is a small step that
   often helps more than anything new.
2. Of equal answers, the one in the theme with the lower score comes first, then the order of the questionnaire.
3. At most one first step per theme, at most three in all, and none for level 4.

docs/scoring.md says the same in words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scans.scoring import OverallScore

MAX_FIRST_STEPS = 3
MAX_STRENGTHS = 3
DONT_KNOW = "dont_know"
_DONT_KNOW_RANK = 1


@dataclass(frozen=True)
class Rule:
    """When it applies (`levels`, or DONT_KNOW) and to which question it belongs. `code` finds its words."""

    code: str
    theme: str
    question: str
    levels: tuple[int, ...]
    dont_know: bool = False

    def applies(self, answer: int | str | None) -> bool:
        return answer == DONT_KNOW if self.dont_know else answer in self.levels


@dataclass(frozen=True)
class Chosen:
    """A rule that applies to an answer (level 0–4 or DONT_KNOW), with the theme's score (None when unscored)."""

    rule: Rule
    answer: int | str
    theme_score: Fraction | None

    @property
    def rank(self) -> tuple[int, Fraction]:
        level = _DONT_KNOW_RANK if self.answer == DONT_KNOW else self.answer
        return (level, Fraction(-1) if self.theme_score is None else self.theme_score)


def choose_rules(rules: Sequence[Rule], answers: Mapping[str, int | str], score: OverallScore) -> tuple[Chosen, ...]:
    """The rule of every answer that has one, in the order of the questionnaire (the order of `rules`)."""
    theme_scores = {theme.theme: theme.score for theme in score.themes}
    return tuple(
        Chosen(rule, answers[rule.question], theme_scores[rule.theme])
        for rule in rules
        if rule.question in answers and rule.applies(answers[rule.question])
    )


def first_steps(chosen: Sequence[Chosen]) -> tuple[Chosen, ...]:
    """At most three, lowest answer first, one per theme, none for level 4."""
    steps: list[Chosen] = []
    for candidate in sorted((c for c in chosen if c.answer != 4), key=lambda c: c.rank):
        if candidate.rule.theme not in {step.rule.theme for step in steps}:
            steps.append(candidate)
    return tuple(steps[:MAX_FIRST_STEPS])


def strengths(score: OverallScore) -> tuple[str, ...]:
    """The themes (at most three) that stand at level 3 or 4, highest first, then in order."""
    strong = [theme for theme in score.scored if theme.level.level >= 3]
    return tuple(theme.theme for theme in sorted(strong, key=lambda theme: -theme.score)[:MAX_STRENGTHS])


def furthest(score: OverallScore) -> str | None:
    """The theme with the highest score above the lowest of all, for who has no strength yet; None if all equal."""
    if not score.scored:
        return None
    best = max(score.scored, key=lambda theme: theme.score)
    return best.theme if best.score > min(theme.score for theme in score.scored) else None
