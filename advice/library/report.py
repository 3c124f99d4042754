"""What the library holds and what it lacks, measured from the database: the figures of `manage.py content_report`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from django.conf import settings

from advice.library.content import SourceContent, library
from advice.library.guide_chapters import chapters_of
from advice.models import AdviceRule, CombinedRule, Intervention
from advice.selectors import InterventionContent
from scans.models import Question, Role

REASONS = Path(__file__).with_name("sections_without_entry.yaml")
Place = tuple[str, str]  # (code of the source, heading)


@dataclass(frozen=True)
class SourceCount:
    """`chapters`: (title, number of entries that cite a section of it), in order. An entry may count in several."""

    code: str
    title: str
    total: int
    chapters: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class RoleReach:
    """Of the entries for the municipality that name this role: how many, and which no answer of it leads to."""

    label: str
    entries: int
    missed: tuple[str, ...]


@dataclass(frozen=True)
class Sections:
    """The sections that no entry cites. Only the first is as it should be: every section has an entry or a reason."""

    with_reason: tuple[tuple[str, str, str], ...]  # (source, heading, reason)
    without_reason: tuple[Place, ...]
    reason_with_entry: tuple[Place, ...]
    reason_without_section: tuple[Place, ...]


@dataclass(frozen=True)
class ContentReport:
    """Every count is of entries. `themes`: {theme: {role: count, "": all}}; `kinds`: {kind: {effect: count}}."""

    entries: int
    sources: tuple[SourceCount, ...]
    themes: dict[str, dict[str, int]]
    kinds: dict[str, dict[str, int]]
    addressees: dict[str, int]
    sections: Sections
    unused: tuple[InterventionContent, ...]
    unreachable: tuple[str, ...]
    reach: tuple[RoleReach, ...]


def content_report(reasons: Mapping[str, Mapping[str, str]] | None = None) -> ContentReport:
    """Measure. `reasons`: {source: {heading: why no entry comes from it}}, by default those that are checked in."""
    shelf = library()
    roads = _roads()
    municipal = [
        entry for entry in shelf.entries if entry.addressee == Intervention.Addressee.MUNICIPALITY and entry.roles
    ]
    return ContentReport(
        entries=len(shelf.entries),
        sources=tuple(_source_count(source, shelf.entries) for source in shelf.sources),
        themes={
            theme.title: {
                role: sum(theme.code in entry.themes and role in (*entry.roles, "") for entry in shelf.entries)
                for role in (*Role.values, "")
            }
            for theme in shelf.themes
        },
        kinds={
            label: {
                effect: sum(entry.kind == kind and entry.evidence == code for entry in shelf.entries)
                for code, effect in Intervention.Evidence.choices
            }
            for kind, label in Intervention.Kind.choices
        },
        addressees={
            label: sum(entry.addressee == code for entry in shelf.entries)
            for code, label in Intervention.Addressee.choices
        },
        sections=_sections(shelf.sources, shelf.entries, read_reasons() if reasons is None else reasons),
        unused=tuple(entry for entry in shelf.entries if not roads.get(entry.code)),
        unreachable=tuple(entry.code for entry in municipal if not _open_roads(entry, roads)),
        reach=tuple(
            RoleReach(
                label=label,
                entries=sum(role in entry.roles for entry in municipal),
                missed=tuple(
                    entry.code for entry in municipal if role in entry.roles and role not in _open_roads(entry, roads)
                ),
            )
            for role, label in Role.choices
        ),
    )


def read_reasons(path: Path = REASONS) -> dict[str, dict[str, str]]:
    return yaml.safe_load(path.read_text(encoding="utf-8")) or {}


def _source_count(source: SourceContent, entries: tuple[InterventionContent, ...]) -> SourceCount:
    chapters = chapters_of(source.code, list(source.headings))
    found: dict[str, set[str]] = {title: set() for title in chapters.values()}
    for entry in entries:
        for citation in entry.citations:
            if citation.source == source.code:
                found[chapters[citation.heading]].add(entry.code)
    return SourceCount(
        code=source.code,
        title=source.title,
        total=len(set().union(*found.values())),
        chapters=tuple((title, len(codes)) for title, codes in found.items()),
    )


def _sections(sources, entries, reasons: Mapping[str, Mapping[str, str]]) -> Sections:
    every = [(source.code, heading) for source in sources for heading in source.headings]
    cited = {(citation.source, citation.heading) for entry in entries for citation in entry.citations}
    told = {(source, heading): reason for source, rows in reasons.items() for heading, reason in rows.items()}
    return Sections(
        with_reason=tuple((*place, told[place]) for place in every if place not in cited and told.get(place)),
        without_reason=tuple(place for place in every if place not in cited and not told.get(place)),
        reason_with_entry=tuple(place for place in told if place in cited),
        reason_without_section=tuple(place for place in told if place not in every),
    )


@dataclass(frozen=True)
class _Road:
    """From an answer of a role to an entry. `places`: the question and the theme that it starts from."""

    role: str
    places: frozenset[str]


def _roads() -> dict[str, list[_Road]]:
    """{entry: what leads to it}: advice rules and `helps` of the present version, and combined rules.

    Every level of a question can be answered, so that a rule or an entry with levels always has an answer.
    """
    questions = {
        question.code: _Road(question.questionnaire.role, frozenset({question.code, question.theme.code}))
        for question in Question.objects.filter(questionnaire__version=settings.QUESTIONNAIRE_VERSION).select_related(
            "questionnaire", "theme"
        )
    }
    found: dict[str, list[_Road]] = {}
    for code, road in _starts(questions):
        found.setdefault(code, []).append(road)
    return found


def _starts(questions: dict[str, _Road]) -> Iterator[tuple[str, _Road]]:
    rules = AdviceRule.objects.filter(question__questionnaire__version=settings.QUESTIONNAIRE_VERSION)
    for entry, question in rules.values_list("interventions__code", "question__code"):
        if entry:
            yield entry, questions[question]
    for entry, role, theme in CombinedRule.objects.values_list("interventions__code", "role", "theme__code"):
        if entry:
            yield entry, _Road(role, frozenset({theme}))
    for entry in library().entries:
        yield from ((entry.code, questions[code]) for code in entry.helps if code in questions)


def _open_roads(entry: InterventionContent, roads: dict[str, list[_Road]]) -> set[str]:
    """The roles from which an answer leads to the entry; never against its roles, target group or caution."""
    return {
        road.role
        for road in roads.get(entry.code, [])
        if road.role in entry.roles and not road.places & set(entry.not_for)
    }
