"""Which advice belongs to an answer, and which three come first.

Which advice belongs to an answer is content (AdviceRule). Which three come first is decided here:

1. What a rule over several answers puts first goes before everything else; what it lets wait goes after.
2. A lower answer comes before a higher one. "Weet ik niet" ranks with level 1: finding out is a small step that
   often helps more than anything new.
3. Of equal answers, the one in the theme with the lower score comes first. Of equal themes: the order of the
   questionnaire, beginning at a theme that turns with the answers, so that not everybody begins at the same one.
4. At most one first step per theme, at most three in all, and none for level 4.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scans.scoring import OverallScore

MAX_FIRST_STEPS = 3
MAX_STRENGTHS = 3
DONT_KNOW = "dont_know"
_DONT_KNOW_RANK = 1


def level_of(answer: int | str) -> int:
    """The level that an answer with advice ranks with: its own, and 1 for "weet ik niet"."""
    return _DONT_KNOW_RANK if answer == DONT_KNOW else int(answer)


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
        return (level_of(self.answer), Fraction(-1) if self.theme_score is None else self.theme_score)


def choose_rules(rules: Sequence[Rule], answers: Mapping[str, int | str], score: OverallScore) -> tuple[Chosen, ...]:
    """The rule of every answer that has one, in the order of the questionnaire (the order of `rules`)."""
    theme_scores = {theme.theme: theme.score for theme in score.themes}
    return tuple(
        Chosen(rule, answers[rule.question], theme_scores[rule.theme])
        for rule in rules
        if rule.question in answers and rule.applies(answers[rule.question])
    )


def turns(chosen: Sequence[Chosen]) -> tuple[int, int]:
    """How far what ranks equal turns for this reader: (themes among first steps, entries within a recommendation).

    The sum of the levels ("weet ik niet" as 1), and that sum with every level times the place of its question. They
    take the place of chance: the same answers always give the same, other answers begin elsewhere. Two, because one
    number for both would tie an entry to a theme.
    """
    levels = [level_of(one.answer) for one in chosen]
    return sum(levels), sum(place * level for place, level in enumerate(levels, 1))


def first_steps(
    chosen: Sequence[Chosen], moved: Mapping[str, int] | None = None, turned: int = 0
) -> tuple[Chosen, ...]:
    """At most three, lowest answer first, one per theme, none for level 4.

    `moved` ({question: -1 goes first, 1 waits}, from `combined.moves`) goes before the rank. `turned` (from `turns`):
    how many themes further than the first the order of the questionnaire begins.
    """
    moved = moved or {}
    themes = list(dict.fromkeys(c.rule.theme for c in chosen))
    order = {theme: (place - turned) % len(themes) for place, theme in enumerate(themes)}
    steps: list[Chosen] = []
    candidates = (c for c in chosen if c.answer != 4)
    for candidate in sorted(candidates, key=lambda c: (moved.get(c.rule.question, 0), c.rank, order[c.rule.theme])):
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
