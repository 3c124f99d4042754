"""Read the advice content as frozen dataclasses, once per process (a deploy restarts the processes)."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from django.utils.formats import date_format

from advice.fitting import fits_role_and_theme, named_per_theme, ranked_per_answer
from advice.models import AdviceRule, CombinedRule, Fact, Intervention, ThemeAdvice
from advice.rules import Combined, Rule
from scans.selectors.content import CitationContent, QuestionnaireContent, citation_content, questionnaire_content


@dataclass(frozen=True)
class InterventionContent:
    code: str
    name: str
    kind: str
    kind_label: str
    summary: str
    asks: str
    gives: str
    start: str
    for_whom: str
    target_groups: tuple[str, ...]
    organisation: str
    addressee: str
    addressee_label: str
    roles: tuple[str, ...]
    themes: tuple[str, ...]
    helps: tuple[str, ...]
    lowest: int
    highest: int
    not_for: tuple[str, ...]
    phase: str
    phase_label: str
    evidence: str
    evidence_label: str
    evidence_note: str
    caution: str
    as_of: str
    note: str
    url: str
    related: tuple[str, ...]
    figures: tuple[str, ...]
    citations: tuple[CitationContent, ...]

    def __hash__(self) -> int:
        """By code: what is remembered per entry is looked up often, and equality still compares everything."""
        return hash(self.code)

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

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(item.code for item in self.interventions)


@dataclass(frozen=True)
class ThemeFact:
    """The figure that opens a theme, with its receipt."""

    statement: str
    citations: tuple[CitationContent, ...]


@dataclass(frozen=True)
class ThemeWords:
    discussion: str
    stop: str
    fact: ThemeFact | None


@dataclass(frozen=True)
class CombinedWords:
    """What a rule over several answers says."""

    theme: str
    title: str
    text: str
    interventions: tuple[InterventionContent, ...]
    citations: tuple[CitationContent, ...]


@dataclass(frozen=True, eq=False)  # there is one per questionnaire; nobody compares it by content
class AdviceContent:
    """All advice for one questionnaire: the rules in its order, their words, the words per theme.

    `ranked`: {(rule, level it is answered with): groups of codes, best first}, as `rules.rank_entries` gives them.
    `interventions`: per theme what the rules of this role name, the same for whatever somebody answers.
    """

    rules: tuple[Rule, ...]
    words: dict[str, RuleWords]
    themes: dict[str, ThemeWords]
    entries: dict[str, InterventionContent]
    ranked: dict[tuple[str, int], tuple[tuple[str, ...], ...]]
    combined: tuple[Combined, ...]
    combined_words: dict[str, CombinedWords]
    interventions: dict[str, tuple[InterventionContent, ...]]


@lru_cache(maxsize=32)
def advice_content(questionnaire_id: int) -> AdviceContent:
    """The advice for a questionnaire in a handful of queries."""
    content = questionnaire_content(questionnaire_id)
    entries = all_interventions()
    rules, words = _rules(questionnaire_id, entries)
    combined, combined_words = _combined(content, entries)
    facts = {
        fact.opens.code: ThemeFact(fact.statement, tuple(citation_content(c) for c in fact.citations.all()))
        for fact in Fact.objects.exclude(opens=None).select_related("opens").prefetch_related("citations__source")
    }
    return AdviceContent(
        rules=rules,
        words=words,
        themes={
            row.theme.code: ThemeWords(row.discussion, row.stop, facts.get(row.theme.code))
            for row in ThemeAdvice.objects.filter(role=content.role).select_related("theme")
        },
        entries=entries,
        ranked=ranked_per_answer(content, rules, words, entries),
        combined=combined,
        combined_words=combined_words,
        interventions=named_per_theme(content, rules, words),
    )


def _rules(questionnaire_id: int, entries) -> tuple[tuple[Rule, ...], dict[str, RuleWords]]:
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
            interventions=tuple(entries[intervention.code] for intervention in row.interventions.all()),
            citations=tuple(citation_content(citation) for citation in row.citations.all()),
        )
    return tuple(rules), words


def _combined(content: QuestionnaireContent, entries) -> tuple[tuple[Combined, ...], dict[str, CombinedWords]]:
    """The rules over several answers that this version can answer."""
    questions = {question.code for question in content.questions}
    rows = (
        CombinedRule.objects.filter(role=content.role)
        .select_related("theme")
        .prefetch_related("interventions", "citations__source")
        .order_by("theme__position", "code")
    )
    rules, words = [], {}
    for row in rows:
        if not {question for question, _ in row.conditions} <= questions:
            continue
        conditions = tuple((question, tuple(answers)) for question, answers in row.conditions)
        rules.append(Combined(row.code, conditions, row.first, row.waits))
        words[row.code] = CombinedWords(
            theme=row.theme.code,
            title=row.title,
            text=row.text,
            interventions=tuple(
                entries[item.code]
                for item in row.interventions.all()
                if fits_role_and_theme(entries[item.code], content.role, row.theme.code)
            ),
            citations=tuple(citation_content(citation) for citation in row.citations.all()),
        )
    return tuple(rules), words


@lru_cache(maxsize=1)
def all_interventions() -> dict[str, InterventionContent]:
    rows = Intervention.objects.prefetch_related("themes", "figures", "citations__source").order_by("code")
    return {row.code: _intervention(row) for row in rows}


def _intervention(row: Intervention) -> InterventionContent:
    return InterventionContent(
        code=row.code,
        name=row.name,
        kind=row.kind,
        kind_label=row.get_kind_display(),
        summary=row.summary,
        asks=row.asks,
        gives=row.gives,
        start=row.start,
        for_whom=row.for_whom,
        target_groups=tuple(row.target_groups),
        organisation=row.organisation,
        addressee=row.addressee,
        addressee_label=row.get_addressee_display(),
        roles=tuple(row.roles),
        helps=tuple(row.helps),
        lowest=row.lowest,
        highest=row.highest,
        not_for=tuple(row.not_for),
        themes=tuple(theme.code for theme in row.themes.all()),
        phase=row.phase,
        phase_label=row.get_phase_display(),
        evidence=row.evidence,
        evidence_label=row.get_evidence_display(),
        evidence_note=row.evidence_note,
        caution=row.caution,
        as_of=row.as_of,
        note=row.note,
        url=row.url,
        related=tuple(row.related),
        figures=tuple(fact.code for fact in row.figures.all()),
        citations=tuple(citation_content(citation) for citation in row.citations.all()),
    )
