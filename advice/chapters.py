"""The report laid out for paper: what each variant may say, which card stands where, which headings are cited.

The shared variant gets a type of its own that has no place for an answer, a score or a level: what its template was
never given it cannot print.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from advice.recommendations import CombinedAdvice, Recommendation
from advice.report import Report, ThemeResult
from advice.selectors import InterventionContent, ThemeFact
from scans.models import Source
from scans.scoring import LEVEL_NAMES
from scans.selectors.content import CitationContent

Address = Callable[[str], str]  # the code of an entry → where it stands in the library, or ""


@dataclass(frozen=True)
class Card:
    """One intervention in full. `address`: where the library has it, "" when the site has no address."""

    anchor: str
    item: InterventionContent
    address: str = ""


@dataclass(frozen=True)
class Name:
    """An entry by its name: with an anchor when it stands in this report in full, else with an address or neither."""

    name: str
    anchor: str
    address: str


@dataclass(frozen=True)
class Advice:
    """A recommendation with what it shows: `cards` and, in full elsewhere, `again` by anchor; `also` by name."""

    item: Recommendation
    cards: tuple[Name, ...]
    again: tuple[Name, ...]
    also: tuple[Name, ...]


@dataclass(frozen=True)
class Chapter:
    """A theme of my own report. Every card stands in the report once, however many recommendations show it."""

    theme: ThemeResult
    advice: tuple[Advice, ...]
    rows: tuple[tuple[Card, ...], ...]


@dataclass(frozen=True)
class Together:
    """What several answers say together, with its entries by name."""

    item: CombinedAdvice
    names: tuple[Name, ...]


@dataclass(frozen=True)
class SharedStep:
    theme_title: str
    text: str
    first_step: str
    who: str
    by: date
    citations: tuple[CitationContent, ...]


@dataclass(frozen=True)
class SharedChapter:
    """A theme of the shared report, the same for everybody of a role. `elsewhere`: cards of an earlier theme."""

    code: str
    position: int
    title: str
    discussion: str
    fact: ThemeFact | None
    rows: tuple[tuple[Card, ...], ...]
    elsewhere: tuple[Card, ...]


@dataclass(frozen=True)
class SharedReport:
    """What may be shared. Strengths are titles in the order of the questionnaire, which says nothing about scores."""

    role_label: str
    version: str
    date: date
    strengths: tuple[str, ...]
    steps: tuple[SharedStep, ...]
    discussion: str
    stop: str
    chapters: tuple[SharedChapter, ...]
    citations: tuple[CitationContent, ...]


@dataclass(frozen=True)
class LevelRow:
    name: str
    begins: str
    meaning: str


@dataclass(frozen=True)
class CitedSource:
    """A source with the headings that this report cites, in the order of the document."""

    source: Source
    headings: tuple[str, ...]


def own_chapters(report: Report, address: Address) -> tuple[Chapter, ...]:
    anchors = _anchors(report)
    return tuple(_own_chapter(theme, anchors, address) for theme in report.themes)


def together(report: Report, address: Address) -> tuple[Together, ...]:
    anchors = _anchors(report)
    return tuple(Together(item, _names(item.interventions, anchors, address)) for item in report.combined)


def shared_report(report: Report, address: Address) -> SharedReport:
    """The report without anything that only its answers tell, except the strengths and the steps themselves."""
    chapters = _shared_chapters(report.themes, address)
    places = {theme.code: theme.position for theme in report.themes}
    cards = (card for chapter in chapters for row in chapter.rows for card in row)
    facts = (chapter.fact for chapter in chapters if chapter.fact)
    return SharedReport(
        role_label=report.role_label,
        version=report.version,
        date=report.date,
        strengths=tuple(theme.title for theme in sorted(report.strengths, key=lambda theme: theme.position)),
        steps=tuple(
            SharedStep(step.theme_title, step.text, step.first_step, step.who, step.by, step.citations)
            # In the order of the questionnaire: the order in which they rank tells which answer is lowest.
            for step in sorted(report.steps, key=lambda step: places[step.theme])
        ),
        discussion=report.discussion,
        stop=report.stop,
        chapters=chapters,
        citations=tuple(
            c for item in (*report.steps, *facts, *(card.item for card in cards)) for c in item.citations
        ),
    )


def cited_sources(citations: Iterable[CitationContent], sources: Iterable[Source]) -> tuple[CitedSource, ...]:
    """The sources that are cited, each heading once. `sources` come with their citations prefetched."""
    cited: dict[str, dict[str, None]] = {}
    for citation in citations:
        cited.setdefault(citation.source, {})[citation.heading] = None
    lists = []
    for source in sources:
        if headings := cited.get(source.code):
            place = {row.heading: row.position for row in source.citations.all()}
            ordered = sorted(headings, key=lambda heading: place.get(heading, len(place) + 1))
            lists.append(CitedSource(source, tuple(ordered)))
    return tuple(lists)


def level_rows() -> tuple[LevelRow, ...]:
    """The five levels for the explanation of the score, with where each begins as Dutch people write it: 12,5."""
    return tuple(
        LevelRow(level.name, f"{float(level.begins):g}".replace(".", ","), level.meaning) for level in LEVEL_NAMES
    )


def _anchors(report: Report) -> dict[str, str]:
    """{code: anchor} of everything that stands in the report in full."""
    items = (item for theme in report.themes for advice in theme.recommendations for item in advice.interventions)
    return {item.code: f"kaart-{item.code}" for item in items}


def _names(items: Iterable[InterventionContent], anchors: dict[str, str], address: Address) -> tuple[Name, ...]:
    return tuple(Name(item.name, anchors.get(item.code, ""), address(item.code)) for item in items)


def _own_chapter(theme: ThemeResult, anchors: dict[str, str], address: Address) -> Chapter:
    cards = {
        item.code: Card(anchors[item.code], item, address(item.code))
        for recommendation in theme.recommendations
        for item in recommendation.interventions
    }
    advice = tuple(
        Advice(item, *(_names(entries, anchors, address) for entries in (item.interventions, item.again, item.also)))
        for item in theme.recommendations
    )
    return Chapter(theme, advice, _rows(cards.values()))


def _shared_chapters(themes: Iterable[ThemeResult], address: Address) -> tuple[SharedChapter, ...]:
    printed: dict[str, Card] = {}
    chapters = []
    for theme in themes:
        elsewhere = tuple(printed[item.code] for item in theme.interventions if item.code in printed)
        cards = {
            item.code: Card(f"kaart-{item.code}", item, address(item.code))
            for item in theme.interventions
            if item.code not in printed
        }
        printed |= cards
        chapters.append(
            SharedChapter(
                theme.code,
                theme.position,
                theme.title,
                theme.discussion,
                theme.fact,
                _rows(cards.values()),
                elsewhere,
            )
        )
    return tuple(chapters)


def _rows(cards: Iterable[Card]) -> tuple[tuple[Card, ...], ...]:
    """The shortest one or two alone over the full width, the others two by two.

    A pair is alike in length, so that a row ends evenly and an odd number leaves no hole. A card alone is half as
    high as a pair: a theme begins with one, so that it still fits at the foot of a page.
    """
    ordered = sorted(cards, key=_length)
    alone = 1 if len(ordered) % 2 else min(2, len(ordered))
    pairs = (tuple(ordered[start : start + 2]) for start in range(alone, len(ordered), 2))
    return (*((card,) for card in ordered[:alone]), *pairs)


def _length(card: Card) -> int:
    item = card.item
    receipts = sum(len(citation.heading) for citation in item.citations)
    body = (item.name, item.summary, item.start, item.for_whom, item.evidence_note, item.caution, item.note, item.url)
    return sum(map(len, body)) + receipts
