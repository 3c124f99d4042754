"""What the pages that list a part of the library show: a theme, a source, the words, the figures."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import slugify

from advice.library.content import FactContent, Library, SourceContent, TermContent, ThemeName
from advice.models import Intervention
from advice.selectors import InterventionContent

TABLE_TITLES = {"bo-tabel-2-1": "Tabel 2.1: mensen in de bijstand in 2018, naar kenmerk"}


@dataclass(frozen=True)
class Section:
    """Entries under a heading: of a source, or a phase of a theme. `anchor` is its place on the page."""

    anchor: str
    title: str
    entries: tuple[InterventionContent, ...]


@dataclass(frozen=True)
class ThemePage:
    theme: ThemeName
    facts: tuple[FactContent, ...]
    phases: tuple[Section, ...]
    total: int


def theme_page(library: Library, theme: ThemeName) -> ThemePage:
    entries = [entry for entry in library.entries if theme.code in entry.themes]
    phases = (
        Section(phase.value, phase.label.capitalize(), tuple(entry for entry in entries if entry.phase == phase))
        for phase in Intervention.Phase
    )
    facts = tuple(fact for fact in library.facts if theme.code in fact.themes and not fact.table)
    return ThemePage(theme, facts, tuple(phase for phase in phases if phase.entries), len(entries))


@dataclass(frozen=True)
class SourcePage:
    """A guide in its own order; headings that no entry cites are left out. `total`: different entries."""

    source: SourceContent
    sections: tuple[Section, ...]
    total: int


def source_page(library: Library, source: SourceContent) -> SourcePage:
    cited: dict[str, list[InterventionContent]] = {}
    for entry in library.entries:
        for citation in entry.citations:
            if citation.source == source.code:
                cited.setdefault(citation.heading, []).append(entry)
    sections = tuple(
        Section(place(heading), heading, tuple(cited[heading])) for heading in source.headings if heading in cited
    )
    return SourcePage(source, sections, len({entry.code for section in sections for entry in section.entries}))


def place(heading: str) -> str:
    """The anchor of a heading on the page of its source."""
    return f"kop-{slugify(heading)[:60].strip('-')}"


@dataclass(frozen=True)
class Word:
    """A word of the glossary with the words that one should read beside it."""

    term: TermContent
    see_also: tuple[TermContent, ...]


@dataclass(frozen=True)
class Letter:
    letter: str
    words: tuple[Word, ...]


def letters(library: Library) -> tuple[Letter, ...]:
    """The glossary in alphabetical order, by first letter."""
    known, found = library.terms_by_code, {}
    for term in library.terms:
        word = Word(term, tuple(known[code] for code in term.see_also if code in known))
        found.setdefault(term.term[0].upper(), []).append(word)
    return tuple(Letter(letter, tuple(words)) for letter, words in sorted(found.items()))


@dataclass(frozen=True)
class TableRow:
    """`cells`: a fact or None for every column."""

    name: str
    cells: tuple[FactContent | None, ...]
    is_total: bool


@dataclass(frozen=True)
class FactTable:
    """Facts that are cells of one table of a guide."""

    code: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    first: FactContent

    @property
    def title(self) -> str:
        return TABLE_TITLES.get(self.code, self.first.citations[0].heading)


@dataclass(frozen=True)
class FactGroup:
    theme: ThemeName
    facts: tuple[FactContent, ...]


@dataclass(frozen=True)
class FiguresPage:
    groups: tuple[FactGroup, ...]
    tables: tuple[FactTable, ...]
    total: int


def figures_page(library: Library) -> FiguresPage:
    """Every fact once: in its table, or under the first of its themes."""
    groups: dict[str, list[FactContent]] = {theme.code: [] for theme in library.themes}
    for fact in library.facts:
        if not fact.table and fact.themes:
            groups[min(fact.themes, key=list(groups).index)].append(fact)
    return FiguresPage(
        groups=tuple(FactGroup(theme, tuple(groups[theme.code])) for theme in library.themes if groups[theme.code]),
        tables=fact_tables(library.facts),
        total=len(library.facts),
    )


def fact_tables(facts: Iterable[FactContent]) -> tuple[FactTable, ...]:
    """The tables among the facts; rows and columns in the order in which the facts bring them."""
    tables: dict[str, dict[tuple[str, str], FactContent]] = {}
    for fact in facts:
        if fact.table:
            tables.setdefault(fact.table, {})[fact.row, fact.column] = fact
    made = []
    for code, cells in tables.items():
        columns = tuple(dict.fromkeys(column for _, column in cells))
        names = dict.fromkeys(row for row, _ in cells)
        rows = tuple(
            TableRow(
                name,
                tuple(cells.get((name, column)) for column in columns),
                name.casefold().startswith("totaal"),
            )
            for name in names
        )
        made.append(FactTable(code, columns, rows, next(iter(cells.values()))))
    return tuple(made)
