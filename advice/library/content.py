"""The whole library as frozen dataclasses, read once per process (a deploy restarts the processes)."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from advice.models import Fact, Term
from advice.selectors import InterventionContent, all_interventions
from scans.models import Source, Theme
from scans.selectors.content import CitationContent, citation_content


@dataclass(frozen=True)
class FactContent:
    """One figure. `statement` is a sentence with the number, its group and its denominator."""

    code: str
    statement: str
    value: str
    unit: str
    reading: str
    reading_label: str
    group: str
    denominator: str
    period: str
    themes: tuple[str, ...]
    table: str
    row: str
    column: str
    citations: tuple[CitationContent, ...]


@dataclass(frozen=True)
class TermContent:
    """A word with its meaning. `forms`: how it occurs in running text, in lower case."""

    code: str
    term: str
    forms: tuple[str, ...]
    definition: str
    nuance: str
    see_also: tuple[str, ...]
    citations: tuple[CitationContent, ...]


@dataclass(frozen=True)
class SourceContent:
    """A guide with its headings in the order of the document."""

    code: str
    title: str
    authors: str
    publisher: str
    year: int
    url: str
    about: str
    headings: tuple[str, ...]


@dataclass(frozen=True)
class ThemeName:
    code: str
    position: int
    title: str
    intro: str


@dataclass(frozen=True, eq=False)  # there is one per process; comparing it by content would cost more than it says
class Library:
    """Everything, in a fixed order: entries by name, facts and words in theirs."""

    entries: tuple[InterventionContent, ...]
    facts: tuple[FactContent, ...]
    terms: tuple[TermContent, ...]
    sources: tuple[SourceContent, ...]
    themes: tuple[ThemeName, ...]

    @cached_property
    def by_code(self) -> dict[str, InterventionContent]:
        return {entry.code: entry for entry in self.entries}

    @cached_property
    def facts_by_code(self) -> dict[str, FactContent]:
        return {fact.code: fact for fact in self.facts}

    @cached_property
    def terms_by_code(self) -> dict[str, TermContent]:
        return {term.code: term for term in self.terms}


@lru_cache(maxsize=1)
def library() -> Library:
    """The library in a handful of queries, once per process; `advice.remembered.forget_content` forgets it."""
    return Library(
        entries=tuple(sorted(all_interventions().values(), key=lambda entry: entry.name.casefold())),
        facts=tuple(_fact(row) for row in Fact.objects.prefetch_related("themes", "citations__source")),
        terms=tuple(
            sorted(
                (_term(row) for row in Term.objects.prefetch_related("citations__source")),
                key=lambda term: term.term.casefold(),
            )
        ),
        sources=tuple(_source(row) for row in Source.objects.prefetch_related("citations")),
        themes=tuple(ThemeName(row.code, row.position, row.title, row.intro) for row in Theme.objects.all()),
    )


def _fact(row: Fact) -> FactContent:
    return FactContent(
        code=row.code,
        statement=row.statement,
        value=row.value,
        unit=row.unit,
        reading=row.reading,
        reading_label=row.get_reading_display(),
        group=row.group,
        denominator=row.denominator,
        period=row.period,
        themes=tuple(theme.code for theme in row.themes.all()),
        table=row.table,
        row=row.row,
        column=row.column,
        citations=tuple(citation_content(citation) for citation in row.citations.all()),
    )


def _term(row: Term) -> TermContent:
    return TermContent(
        code=row.code,
        term=row.term,
        forms=tuple(row.forms),
        definition=row.definition,
        nuance=row.nuance,
        see_also=tuple(row.see_also),
        citations=tuple(citation_content(citation) for citation in row.citations.all()),
    )


def _source(row: Source) -> SourceContent:
    return SourceContent(
        code=row.code,
        title=row.title,
        authors=row.authors,
        publisher=row.publisher,
        year=row.year,
        url=row.url,
        about=row.about,
        headings=tuple(citation.heading for citation in row.citations.all()),
    )
