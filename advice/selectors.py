"""Read the advice content as frozen dataclasses, once per process (a deploy restarts the processes)."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.formats import date_format

from advice.models import AdviceRule, Intervention, ThemeAdvice
from advice.rules import Rule
from scans.selectors.content import CitationContent, citation_content, questionnaire_content


@dataclass(frozen=True)
class InterventionContent:
    code: str
    name: str
    kind: str
    summary: str
    start: str
    for_whom: str
    roles: tuple[str, ...]
    themes: tuple[str, ...]
    phase: str
    evidence: str
    evidence_label: str
    evidence_note: str
    caution: str
    as_of: str
    note: str
    url: str
    citations: tuple[CitationContent, ...]

    @property
    def since(self) -> str:
        """The reference date in words: "juni 2021", or the year when the guide gives no month."""
        year, _, month = self.as_of.partition("-")
        return date_format(date(int(year), int(month), 1), "F Y") if month else year


@dataclass(frozen=True)
class RuleWords:
    """What a rule says. `weeks`: within how many weeks (1–4) the first step can be done."""

    text: str
    first_step: str
    who: str
    weeks: int
    interventions: tuple[InterventionContent, ...]
    citations: tuple[CitationContent, ...]


@dataclass(frozen=True)
class ThemeWords:
    discussion: str
    stop: str


@dataclass(frozen=True)
class AdviceContent:
    """All advice for one questionnaire: the rules in its order, their words, the words per theme."""

    rules: tuple[Rule, ...]
    words: dict[str, RuleWords]
    themes: dict[str, ThemeWords]
    interventions: dict[str, tuple[InterventionContent, ...]]


@lru_cache(maxsize=32)
def advice_content(questionnaire_id: int) -> AdviceContent:
    """The advice for a questionnaire in a handful of queries."""
    content = questionnaire_content(questionnaire_id)
    interventions = all_interventions()
    rows = (
        AdviceRule.objects.filter(question__questionnaire_id=questionnaire_id)
        .select_related("question__theme")
        .prefetch_related("interventions", "citations__source")
        .order_by("question__theme__position", "question__position", "lowest")
    )
    rules, words = [], {}
    for row in rows:
        levels = () if row.lowest is None else tuple(range(row.lowest, row.highest + 1))
        rules.append(Rule(row.code, row.question.theme.code, row.question.code, levels, row.lowest is None))
        words[row.code] = RuleWords(
            text=row.text,
            first_step=row.first_step,
            who=row.who,
            weeks=row.weeks,
            interventions=tuple(interventions[intervention.code] for intervention in row.interventions.all()),
            citations=tuple(citation_content(citation) for citation in row.citations.all()),
        )
    return AdviceContent(
        rules=tuple(rules),
        words=words,
        themes={
            row.theme.code: ThemeWords(row.discussion, row.stop)
            for row in ThemeAdvice.objects.filter(role=content.role).select_related("theme")
        },
        interventions={
            theme.code: tuple(
                intervention
                for intervention in interventions.values()
                if theme.code in intervention.themes and content.role in intervention.roles
            )
            for theme in content.themes
        },
    )


@lru_cache(maxsize=1)
def all_interventions() -> dict[str, InterventionContent]:
    rows = Intervention.objects.prefetch_related("themes", "citations__source").order_by("code")
    return {row.code: _intervention(row) for row in rows}


def forget_content() -> None:
    """Read everything anew; for the command that loads content and for tests."""
    advice_content.cache_clear()
    all_interventions.cache_clear()
    questionnaire_content.cache_clear()


def _intervention(row: Intervention) -> InterventionContent:
    return InterventionContent(
        code=row.code,
        name=row.name,
        kind=row.get_kind_display(),
        summary=row.summary,
        start=row.start,
        for_whom=row.for_whom,
        roles=tuple(row.roles),
        themes=tuple(theme.code for theme in row.themes.all()),
        phase=row.phase,
        evidence=row.evidence,
        evidence_label=row.get_evidence_display(),
        evidence_note=row.evidence_note,
        caution=row.caution,
        as_of=row.as_of,
        note=row.note,
        url=row.url,
        citations=tuple(citation_content(citation) for citation in row.citations.all()),
    )
