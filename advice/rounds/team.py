"""The page of one group: its themes, what goes well, and three steps. Computed from shown figures only."""

from dataclasses import dataclass
from fractions import Fraction

from advice.rules import MAX_FIRST_STEPS, MAX_STRENGTHS
from advice.selectors import InterventionContent
from scans.rounds.pictures import Bar, bar_of
from scans.scoring import Shown, level_name
from scans.scoring.mirror import ARRANGED_LEVEL
from scans.scoring.publication import EQUAL, MIN_PEOPLE_FOR_MORE
from scans.scoring.rounding import level_words
from scans.selectors.content import CitationContent

from .frozen import Frozen, FrozenGroup


@dataclass(frozen=True)
class Cell:
    """One theme of one group. Suppressed: `shown` is empty, there is no bar, and `reason` says why in words."""

    theme: str
    title: str
    shown: str
    people: str
    level: str
    meaning: str
    reason: str
    bar: Bar | None


@dataclass(frozen=True)
class Lead:
    """How one of the two questions of a theme lies beside the other."""

    question: str
    shown: str
    people: str


@dataclass(frozen=True)
class ThemeLeads:
    title: str
    leads: tuple[Lead, ...]


@dataclass(frozen=True)
class TeamStep:
    """A step for the team. `why`: from which shown figure it was chosen; `question`: what the advice is about."""

    theme: str
    title: str
    why: str
    question: str
    text: str
    first_step: str
    who: str
    weeks: int
    discussion: str
    interventions: tuple[InterventionContent, ...]
    citations: tuple[CitationContent, ...]


@dataclass(frozen=True)
class TeamPage:
    group: FrozenGroup
    cells: tuple[Cell, ...]
    shown: int
    strengths: tuple[Cell, ...]
    also_strong: tuple[str, ...]
    furthest: Cell | None
    steps: tuple[TeamStep, ...]
    more_equal: bool
    leads: tuple[ThemeLeads, ...]
    questions_from: int

    @property
    def room(self) -> TeamStep | None:
        """The step of one of the lowest themes; None when even that one certainly goes well."""
        strong = {*(one.title for one in self.strengths), *self.also_strong}
        return self.steps[0] if self.steps and self.steps[0].title not in strong else None

    @property
    def all_strong(self) -> bool:
        """Whether every theme that is shown certainly is a fixed way of working."""
        return bool(self.shown) and len(self.strengths) + len(self.also_strong) == self.shown

    @property
    def clear_leads(self) -> tuple[ThemeLeads, ...]:
        """Where one of the two questions certainly lies higher."""
        return tuple(one for one in self.leads if any(lead.shown != EQUAL for lead in one.leads))

    @property
    def equal_leads(self) -> tuple[str, ...]:
        return tuple(one.title for one in self.leads if all(lead.shown == EQUAL for lead in one.leads))


def middle(shown: Shown) -> Fraction:
    """Halfway the bounds: only for putting shown figures in order and for choosing the words of a level."""
    return (shown.low + shown.high) / 2


def cell_of(frozen: Frozen, group: FrozenGroup, theme) -> Cell:
    shown = frozen.score(group.key, theme.code)
    if shown is None:
        return Cell(theme.code, theme.title, "", "", "", "", frozen.reason(group.key, theme.code), None)
    level = level_words(shown)
    bar = bar_of(theme.title, shown)
    meaning = level_name(shown.low).meaning  # what is certain, not what may be
    return Cell(theme.code, theme.title, shown.text, shown.people, level, meaning, "", bar)


def team_page(frozen: Frozen, group: FrozenGroup) -> TeamPage:
    themes = frozen.contents[group.role].themes
    cells = {theme.code: cell_of(frozen, group, theme) for theme in themes}
    shown = {code: frozen.score(group.key, code) for code, cell in cells.items() if cell.shown}
    strong = strengths_of(shown)
    # Without a strength: what stands furthest, when it certainly lies above something else.
    best = max(shown, key=lambda code: middle(shown[code]), default=None)
    ahead = best and not strong and any(one.high <= shown[best].low for one in shown.values())
    # What is named as a strength is no place to begin, unless everything that can be seen is one.
    lowest = lowest_themes(shown)
    lowest = [code for code in lowest if code not in strong[:MAX_STRENGTHS]] or lowest
    steps = tuple(_step(frozen, group, code, shown[code]) for code in lowest[:MAX_FIRST_STEPS])
    return TeamPage(
        group=group,
        cells=tuple(cells.values()),
        shown=len(shown),
        strengths=tuple(cells[code] for code in strong[:MAX_STRENGTHS]),
        also_strong=tuple(cells[code].title for code in strong[MAX_STRENGTHS:]),
        furthest=cells[best] if ahead else None,
        steps=steps,
        more_equal=len(lowest) > MAX_FIRST_STEPS
        and middle(shown[lowest[MAX_FIRST_STEPS]]) == middle(shown[lowest[MAX_FIRST_STEPS - 1]]),
        leads=leads_of(frozen, group),
        questions_from=MIN_PEOPLE_FOR_MORE,
    )


def strengths_of(shown: dict[str, Shown]) -> tuple[str, ...]:
    """The themes that certainly stand at level 3 or 4, highest first. A page names three of them as strengths."""
    strong = [code for code, one in shown.items() if level_name(one.low).level >= ARRANGED_LEVEL]
    return tuple(sorted(strong, key=lambda code: -middle(shown[code])))


def lowest_themes(shown: dict[str, Shown]) -> list[str]:
    """Shown themes, lowest first; equal ones in the order of the questionnaire. Not what is already at the top."""
    low = [code for code, one in shown.items() if level_name(middle(one)).level < 4]
    return sorted(low, key=lambda code: middle(shown[code]))


def _step(frozen: Frozen, group: FrozenGroup, code: str, shown: Shown) -> TeamStep:
    """The advice of the role at the shown level, for the question that is shown to be lower, else for the first."""
    theme = next(one for one in frozen.contents[group.role].themes if one.code == code)
    advice, level = frozen.advice(group.role), level_name(middle(shown)).level
    leads = {one.code: frozen.leads.get((group.key, code, one.code)) for one in theme.questions}
    lower = next((one for one in theme.questions if leads[one.code] and leads[one.code].high < 0), None)
    question = lower or theme.questions[0]
    rule = next(one for one in advice.rules if one.question == question.code and level in one.levels)
    words = advice.words[rule.code]
    why = f"Dit thema hoort bij de laagste die van deze groep te zien zijn: {shown.text} ({level_words(shown)}). "
    why += _why_this_question(lower, any(leads.values()))
    return TeamStep(
        theme=code, title=theme.title, why=why, question=question.text, text=words.text,
        first_step=words.first_step, who=words.who, weeks=words.weeks, discussion=advice.themes[code].discussion,
        interventions=words.interventions[:2], citations=words.citations,
    )  # fmt: skip


def _why_this_question(lower, are_shown: bool) -> str:
    if lower:
        return "Van de twee vragen komt deze lager uit."
    if are_shown:
        return "De twee vragen komen ongeveer gelijk uit. De stap gaat over de eerste."
    return "Welke vraag lager uitkomt, is niet te zien. De stap gaat over de eerste."


def leads_of(frozen: Frozen, group: FrozenGroup) -> tuple[ThemeLeads, ...]:
    found = []
    for theme in frozen.contents[group.role].themes:
        rows = [(one.text, frozen.leads.get((group.key, theme.code, one.code))) for one in theme.questions]
        leads = tuple(Lead(text, shown.text, shown.people) for text, shown in rows if shown)
        if leads:
            found.append(ThemeLeads(theme.title, leads))
    return tuple(found)
