"""What the pages of search, one entry and several side by side show, as frozen dataclasses."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from django.conf import settings

from advice.library.content import FactContent, Library, ThemeName
from advice.library.find import Facet, Found
from advice.library.forms import Query
from advice.models import Intervention
from advice.selectors import InterventionContent
from scans.models import Question, Role

PER_PAGE = 20
MAX_COMPARED = 3


@dataclass(frozen=True)
class Chip:
    """A chosen filter; its address is that of the same search without it."""

    facet: str
    label: str
    address: str


@dataclass(frozen=True)
class SearchPage:
    """One page of results. `themes`: those that are chosen.

    `previous` and `following` are addresses, empty at the ends.
    """

    query: Query
    facets: tuple[Facet, ...]
    themes: tuple[ThemeName, ...]
    chips: tuple[Chip, ...]
    entries: tuple[InterventionContent, ...]
    total: int
    last: int
    previous: str
    following: str

    @property
    def is_opening(self) -> bool:
        """Nothing asked yet."""
        return not (self.query.text or self.chips or self.query.page > 1)

    @property
    def first(self) -> int:
        """The rank of the first result on this page, from 1."""
        return (self.query.page - 1) * PER_PAGE + 1

    @property
    def without_filters(self) -> str:
        return Query(self.query.text).address


def search_page(library: Library, query: Query, found: Found) -> SearchPage:
    """A search and what was found; a page beyond the last is the last."""
    query = query.only({facet.name: [v.value for v in facet.values if v.chosen] for facet in found.facets})
    last = max(1, -(-found.total // PER_PAGE))
    query = replace(query, page=min(query.page, last))
    start = (query.page - 1) * PER_PAGE
    return SearchPage(
        query=query,
        facets=found.facets,
        themes=tuple(theme for theme in library.themes if theme.code in query.chosen.get("thema", ())),
        chips=tuple(
            Chip(facet.label, value.label, query.without(facet.name, value.value).address)
            for facet in found.facets
            for value in facet.values
            if value.chosen
        ),
        entries=found.entries[start : start + PER_PAGE],
        total=found.total,
        last=last,
        previous=replace(query, page=query.page - 1).address if query.page > 1 else "",
        following=replace(query, page=query.page + 1).address if query.page < last else "",
    )


@dataclass(frozen=True)
class Helped:
    """A question of the scan that an entry helps to move forward."""

    text: str
    role_label: str


@dataclass(frozen=True)
class EntryPage:
    entry: InterventionContent
    themes: tuple[ThemeName, ...]
    roles: tuple[str, ...]
    groups: tuple[str, ...]
    facts: tuple[FactContent, ...]
    related: tuple[InterventionContent, ...]
    questions: tuple[Helped, ...]


def entry_page(library: Library, entry: InterventionContent) -> EntryPage:
    questions = _questions(library)
    return EntryPage(
        entry=entry,
        themes=themes_of(library, entry),
        roles=tuple(Role(role).label for role in entry.roles),
        groups=tuple(Intervention.TargetGroup(group).label for group in entry.target_groups),
        facts=tuple(library.facts_by_code[code] for code in entry.figures if code in library.facts_by_code),
        related=tuple(library.by_code[code] for code in entry.related if code in library.by_code),
        questions=tuple(questions[code] for code in entry.helps if code in questions),
    )


def themes_of(library: Library, entry: InterventionContent) -> tuple[ThemeName, ...]:
    return tuple(theme for theme in library.themes if theme.code in entry.themes)


@lru_cache(maxsize=1)
def _questions(library: Library) -> dict[str, Helped]:
    """The questions that a new scan asks, by code. Remembered as long as this library is."""
    rows = Question.objects.filter(questionnaire__version=settings.QUESTIONNAIRE_VERSION)
    return {row.code: Helped(row.text, row.questionnaire.get_role_display()) for row in rows.select_related()}


@dataclass(frozen=True)
class ComparePage:
    """Entries side by side. `others`: what could stand beside the only one; `too_many`: more were asked for."""

    pages: tuple[EntryPage, ...]
    others: tuple[InterventionContent, ...]
    too_many: bool


def compare_page(library: Library, codes: Iterable[str]) -> ComparePage:
    """The first three known codes, each once."""
    known = tuple(library.by_code[code] for code in dict.fromkeys(codes) if code in library.by_code)
    others = _alike(library, known[0]) if len(known) == 1 else ()
    pages = tuple(entry_page(library, entry) for entry in known[:MAX_COMPARED])
    return ComparePage(pages, others, len(known) > MAX_COMPARED)


def _alike(library: Library, entry: InterventionContent) -> tuple[InterventionContent, ...]:
    """Up to eight entries to compare this one with: the related, then those of its main theme and phase."""
    related = [library.by_code[code] for code in entry.related if code in library.by_code]
    near = [
        other
        for other in library.entries
        if set(other.themes) & set(entry.themes) and other.phase == entry.phase and other.kind == entry.kind
    ]
    return tuple(other for other in dict.fromkeys((*related, *near)) if other.code != entry.code)[:8]
