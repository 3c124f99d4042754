"""The content handed to the pure ranking: which entries fit which answer, computed once per questionnaire."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from advice.rules import DONT_KNOW, Entry, Rule, allowed, level_of, phase_of, rank_entries
from scans.selectors.content import QuestionnaireContent

if TYPE_CHECKING:
    from advice.selectors import InterventionContent, RuleWords

Ranked = dict[tuple[str, int], tuple[tuple[str, ...], ...]]


def ranked_per_answer(
    content: QuestionnaireContent,
    rules: Sequence[Rule],
    words: Mapping[str, RuleWords],
    entries: Mapping[str, InterventionContent],
) -> Ranked:
    """{(code of the rule, level it is answered with): groups of codes, best first}."""
    pure = {code: _entry(item) for code, item in entries.items() if content.role in item.roles}
    phases = _phases(rules, words, pure)
    return {
        (rule.code, level): rank_entries(
            pure.values(),
            role=content.role,
            theme=rule.theme,
            question=rule.question,
            level=level,
            named={item.code for item in words[rule.code].interventions},
            phase=phases[rule.question],
        )
        for rule in rules
        for level in (rule.levels or (level_of(DONT_KNOW),))
    }


def named_per_theme(
    content: QuestionnaireContent, rules: Sequence[Rule], words: Mapping[str, RuleWords]
) -> dict[str, tuple[InterventionContent, ...]]:
    """What the rules of this role name, per theme, by code: the same for whatever somebody answers."""
    named: dict[str, dict[str, InterventionContent]] = {theme.code: {} for theme in content.themes}
    for rule in rules:
        for item in words[rule.code].interventions:
            if allowed(_entry(item), role=content.role, theme=rule.theme, question=rule.question):
                named[rule.theme][item.code] = item
    return {theme: tuple(items[code] for code in sorted(items)) for theme, items in named.items()}


def fits_role_and_theme(item: InterventionContent, role: str, theme: str) -> bool:
    return allowed(_entry(item), role=role, theme=theme, question=theme)


def _phases(rules: Sequence[Rule], words: Mapping[str, RuleWords], pure: Mapping[str, Entry]) -> dict[str, str]:
    """The phase of every question, from the entries that its rules name, each counted once."""
    named: dict[str, dict[str, Entry]] = {rule.question: {} for rule in rules}
    for rule in rules:
        named[rule.question] |= {i.code: pure[i.code] for i in words[rule.code].interventions if i.code in pure}
    return {
        question: phase_of(items.values(), [entry for entry in pure.values() if question in entry.helps])
        for question, items in named.items()
    }


def _entry(item: InterventionContent) -> Entry:
    return Entry(
        code=item.code,
        roles=item.roles,
        helps=item.helps,
        lowest=item.lowest,
        highest=item.highest,
        not_for=item.not_for,
        phase=item.phase,
        evidence=item.evidence,
        to_municipality=item.addressee == "gemeente",
    )
