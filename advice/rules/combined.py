"""What several answers say together, and which step then goes first or waits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .steps import level_of

MAX_COMBINED = 3


@dataclass(frozen=True)
class Combined:
    """Fires when every question of `conditions` has one of its answers (levels 0–4 or DONT_KNOW).

    The step of question `first` goes before all others, that of `waits` after all others; "" moves nothing.
    """

    code: str
    conditions: tuple[tuple[str, tuple[int | str, ...]], ...]
    first: str = ""
    waits: str = ""

    def holds(self, answers: Mapping[str, int | str]) -> bool:
        return all(answers.get(question) in wanted for question, wanted in self.conditions)


def fired(rules: Sequence[Combined], answers: Mapping[str, int | str], turned: int = 0) -> tuple[Combined, ...]:
    """The rules that hold, those about the lowest answers first.

    By the lowest answer that a rule looks at, then the next; "weet ik niet" ranks with level 1. Of equal ones their
    own order, beginning `turned` rules further (from `steps.turns`).
    """
    holding = [rule for rule in rules if rule.conditions and rule.holds(answers)]
    begin = turned % len(holding) if holding else 0
    return tuple(
        sorted(
            holding[begin:] + holding[:begin],
            key=lambda rule: sorted(level_of(answers[question]) for question, _ in rule.conditions),
        )
    )


def moves(rules: Sequence[Combined]) -> dict[str, int]:
    """{question: -1 goes first, 1 waits} of rules that fired, in the order of `fired`.

    One step goes before all others: that of the first rule that names one. What the other rules put first only goes
    before what they let wait, for every `waits` stands last: else the rules would leave no room for low answers.
    A question that some rule lets wait is not put first.
    """
    moved = {rule.waits: 1 for rule in rules if rule.waits}
    first = next((rule.first for rule in rules if rule.first and rule.first not in moved), "")
    return moved | ({first: -1} if first else {})
