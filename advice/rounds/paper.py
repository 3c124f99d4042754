"""The round report laid out for paper: grid, a chapter per group, development, sources. From shown figures only."""

from collections.abc import Iterable
from dataclasses import dataclass

from advice.chapters import Address, CitedSource, LevelRow, Name, level_rows
from advice.library.content import library
from scans.models import Role
from scans.scoring.publication import MUNICIPALITY
from scans.scoring.rounding import THIRDS

from .frozen import Frozen, FrozenGroup
from .grid import Grid, grid_of
from .measured import ClassRow, class_rows
from .message import Message, message_of
from .mirror import NOT_SHOWN, MirrorLine, mirror_lines
from .story import Story, story_of
from .team import Cell, TeamPage, TeamStep, team_page
from .trend import CHANGE_WORDS, ThemeTrend, TrendPage, trend_page

TEAMS_ACROSS = 10  # columns of a landscape page that still read well, beside the municipality
LEVELS_UP_TO = 6  # with so few columns a cell has room for its level in words
ROUNDS_ACROSS = 5  # of the development; earlier rounds stand in the workbook

_IN_A_WORD = {sentence: word for word, sentence in CHANGE_WORDS.items()}


@dataclass(frozen=True)
class PaperCell:
    """`mark`: the letter of the reason, when nothing is shown."""

    cell: Cell
    mark: str


@dataclass(frozen=True)
class PaperRow:
    title: str
    cells: tuple[PaperCell, ...]
    municipal: PaperCell


@dataclass(frozen=True)
class Block:
    """So many teams as fit across a page. `number`, `of`: which block this is."""

    groups: tuple[FrozenGroup, ...]
    rows: tuple[PaperRow, ...]
    levels: bool
    number: int
    of: int


@dataclass(frozen=True)
class PaperStep:
    step: TeamStep
    entries: tuple[Name, ...]


@dataclass(frozen=True)
class GroupChapter:
    """One group. `unaware`: (share that says "weet ik niet", titles), largest first, for the municipality only."""

    page: TeamPage
    steps: tuple[PaperStep, ...]
    unaware: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def anchor(self) -> str:
        return f"groep-{self.page.group.number}"


@dataclass(frozen=True)
class PaperTrend:
    """The development of one group. `story`: it in words; `rows`: (theme, how the last round compares, in a word);
    `one_version`: of the questionnaire, when it was the same in every round; `shown`: whether any figure is.
    """

    page: TrendPage
    story: Story
    rows: tuple[tuple[ThemeTrend, str], ...]
    one_version: str
    shown: bool


@dataclass(frozen=True)
class RoundPaper:
    """`shown`, `hidden`: the groups with and without any figure; `lines`, `unseen`: themes where roles can be
    compared, and titles of the others; `with_leads`: groups whose two questions per theme may be compared;
    `questions`: (theme, question to discuss); `earlier`: whether rounds were left out of the development.
    """

    frozen: Frozen
    message: Message
    grid: Grid
    blocks: tuple[Block, ...]
    reasons: tuple[tuple[str, str], ...]
    chapters: tuple[GroupChapter, ...]
    shown: tuple[GroupChapter, ...]
    hidden: tuple[GroupChapter, ...]
    lines: tuple[MirrorLine, ...]
    unseen: tuple[str, ...]
    with_leads: tuple[GroupChapter, ...]
    trends: tuple[PaperTrend, ...]
    earlier: bool
    questions: tuple[tuple[str, str], ...]
    classes: tuple[ClassRow, ...]
    levels: tuple[LevelRow, ...]
    sources: tuple[CitedSource, ...]


@dataclass(frozen=True)
class GroupPaper:
    """One group to take to its own meeting."""

    frozen: Frozen
    chapter: GroupChapter
    trend: PaperTrend
    levels: tuple[LevelRow, ...]
    sources: tuple[CitedSource, ...]


def round_paper(rounds: tuple[Frozen, ...], address: Address) -> RoundPaper:
    """`rounds`: oldest first; the last one is the round that this report is about."""
    frozen, shown = rounds[-1], rounds[-ROUNDS_ACROSS:]
    grid, lines = grid_of(frozen), mirror_lines(frozen)
    chapters = tuple(_chapter(frozen, group, address) for group in ordered_groups(frozen))
    trends = tuple(_trend(shown, chapter.page) for chapter in chapters)
    letters = {reason: chr(ord("a") + place) for place, reason in enumerate(grid.reasons)}
    return RoundPaper(
        frozen=frozen,
        message=message_of(frozen, chapters[0].page, grid, lines, tuple(one.page for one in trends)),
        grid=grid,
        blocks=_blocks(grid, letters),
        reasons=tuple((letter, reason) for reason, letter in letters.items()),
        chapters=chapters,
        shown=tuple(chapter for chapter in chapters if chapter.page.shown),
        hidden=tuple(chapter for chapter in chapters[1:] if not chapter.page.shown),
        lines=tuple(line for line in lines if _compares(line)),
        unseen=tuple(line.title for line in lines if not _compares(line)),
        with_leads=tuple(chapter for chapter in chapters if chapter.page.leads),
        trends=trends,
        earlier=len(rounds) > len(shown),
        questions=_questions(frozen),
        classes=class_rows(),
        levels=level_rows(),
        sources=_sources(chapters),
    )


def group_paper(rounds: tuple[Frozen, ...], group: FrozenGroup, address: Address) -> GroupPaper:
    frozen = rounds[-1]
    chapter = _chapter(frozen, group, address)
    trend = _trend(rounds[-ROUNDS_ACROSS:], chapter.page)
    return GroupPaper(frozen, chapter, trend, level_rows(), _sources((chapter,)))


def ordered_groups(frozen: Frozen) -> tuple[FrozenGroup, ...]:
    """The municipality, its teams by name, then the other roles: never by figure."""
    others = tuple(group for group in frozen.groups if group.role != Role.CLIENT_MANAGER)
    return (frozen.municipal, *frozen.team_groups, *others)


def _blocks(grid: Grid, letters: dict[str, str]) -> tuple[Block, ...]:
    """As few blocks as fit, and equally wide."""
    if not grid.groups:
        return ()
    count = -(-len(grid.groups) // TEAMS_ACROSS)
    size = -(-len(grid.groups) // count)
    starts = range(0, len(grid.groups), size)
    return tuple(_block(grid, letters, start, size, number, len(starts)) for number, start in enumerate(starts, 1))


def _block(grid: Grid, letters: dict[str, str], start: int, size: int, number: int, of: int) -> Block:
    def paper(cell: Cell) -> PaperCell:
        return PaperCell(cell, letters.get(cell.reason, ""))

    rows = tuple(
        PaperRow(row.title, tuple(paper(one.cell) for one in row.cells[start : start + size]), paper(row.municipal))
        for row in grid.rows
    )
    return Block(grid.groups[start : start + size], rows, size <= LEVELS_UP_TO, number, of)


def _chapter(frozen: Frozen, group: FrozenGroup, address: Address) -> GroupChapter:
    page = team_page(frozen, group)
    steps = tuple(
        PaperStep(step, tuple(Name(item.name, "", address(item.code)) for item in step.interventions))
        for step in page.steps
    )
    unaware = ()
    if group.key == MUNICIPALITY:
        found = ((cell.title, frozen.dont_know.get((MUNICIPALITY, cell.theme))) for cell in page.cells)
        shares = [(title, shown.text) for title, shown in found if shown]
        by_share = ((share, tuple(title for title, text in shares if text == share)) for share in reversed(THIRDS))
        unaware = tuple((share, titles) for share, titles in by_share if titles)
    return GroupChapter(page, steps, unaware)


def _compares(line: MirrorLine) -> bool:
    """Whether two roles can be seen, or somebody's levels in words, which stand nowhere else."""
    seen = [view for view in line.views if view.shown != NOT_SHOWN]
    return len(seen) > 1 or any(not view.people for view in seen)


def _trend(rounds: tuple[Frozen, ...], of: TeamPage) -> PaperTrend:
    page = trend_page(rounds, of.group)
    versions = {version for _, version in page.rounds}
    return PaperTrend(
        page=page,
        story=story_of(rounds, of),
        rows=tuple((theme, _IN_A_WORD.get(theme.latest, "")) for theme in page.themes),
        one_version=versions.pop() if len(versions) == 1 else "",
        shown=any(point.shown for theme in page.themes for point in theme.points),
    )


def _questions(frozen: Frozen) -> tuple[tuple[str, str], ...]:
    words = frozen.advice(Role.CLIENT_MANAGER).themes
    return tuple((theme.title, words[theme.code].discussion) for theme in frozen.contents[Role.CLIENT_MANAGER].themes)


def _sources(chapters: Iterable[GroupChapter]) -> tuple[CitedSource, ...]:
    """The sources of the steps with the headings cited, in the order of the documents.

    From what the process knows of the library: a report costs no query per source.
    """
    cited = {(c.source, c.heading) for chapter in chapters for one in chapter.steps for c in one.step.citations}
    found = []
    for source in library().sources:
        headings = tuple(heading for heading in source.headings if (source.code, heading) in cited)
        if headings:
            found.append(CitedSource(source, headings))
    return tuple(found)
