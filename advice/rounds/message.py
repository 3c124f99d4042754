"""The first page of the round report: the whole message, as a good adviser would say it. From shown figures only."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format

from scans.models import Role
from scans.rounds.setup import MONTHS_BETWEEN, months_later

from .frozen import Frozen
from .grid import Grid
from .mirror import NOT_SHOWN, MirrorLine
from .mirror_words import MAKE_KNOWN
from .team import TeamPage
from .trend import CHANGE_WORDS, HIGHER, LOWER, SAME, TrendPage

MOST = 3  # of anything on the first page: who names everything says nothing


@dataclass(frozen=True)
class Decision:
    """Something for the management meeting to decide. `start`: a first step, or empty."""

    what: str
    why: str
    start: str
    who: str
    when: str


@dataclass(frozen=True)
class Message:
    """`good`: (title, why); `talks`: the largest differences between roles; `changes`: sentences; `good_words` and
    `talk_words`: what to say when there are none.
    """

    lead: str
    good: tuple[tuple[str, str], ...]
    good_words: str
    talks: tuple[MirrorLine, ...]
    talk_words: str
    changes: tuple[str, ...]
    decisions: tuple[Decision, ...]


def message_of(
    frozen: Frozen, municipal: TeamPage, grid: Grid, lines: tuple[MirrorLine, ...], trends: Sequence[TrendPage]
) -> Message:
    """`trends`: that of the municipality first, then those of the groups."""
    talks = tuple(line for line in lines if line.talk)[:MOST]
    return Message(
        lead=_lead(frozen, municipal),
        good=_good(municipal, grid),
        good_words=_good_words(municipal),
        talks=talks,
        talk_words=_talk_words(lines),
        changes=_changes(trends[0], trends[1:]),
        decisions=_decisions(frozen, municipal, grid, talks),
    )


def _lead(frozen: Frozen, page: TeamPage) -> str:
    if not frozen.scores:
        return "In deze ronde is geen cijfer te zien. Dat beschermt mensen. Het zegt niets over hoe het gaat."
    if not page.shown:
        return "Van klantmanagers is nu geen cijfer te zien. Wat er wel is, is een begin van een gesprek."
    phrases = {theme.code: theme.phrase for theme in frozen.contents[Role.CLIENT_MANAGER].themes}
    strong = next(iter((*page.strengths, *filter(None, [page.furthest]))), None)
    low = f"{_capital(phrases[page.room.theme])} hoort bij het laagste: daar is ruimte." if page.room else ""
    if strong and low:
        how = "staat stevig" if page.strengths else "hoort bij het hoogste"
        return f"{_capital(phrases[strong.theme])} {how}. {low}"
    if low:
        return low
    return "Wat te zien is, staat stevig. Nu gaat het om vasthouden en delen."


def _good(page: TeamPage, grid: Grid) -> tuple[tuple[str, str], ...]:
    if grid.everywhere:
        why = "Elk team dat te zien is, heeft hier een vaste werkwijze."
        return tuple((title, why) for title in grid.everywhere[:MOST])
    return tuple((cell.title, cell.meaning) for cell in page.strengths)


def _good_words(page: TeamPage) -> str:
    if page.furthest:
        return f"Bij de hoogste cijfers hoort {page.furthest.title}. Vertel elkaar hoe jullie dat doen."
    return "Er springt nog geen thema uit. Dat jullie dit samen in kaart brengen, is een goed begin."


def _talk_words(lines: tuple[MirrorLine, ...]) -> str:
    """For when nothing stands out: because the roles agree, or because there are no two to compare."""
    if any(sum(view.shown != NOT_SHOWN for view in line.views) > 1 for line in lines):
        return "Tussen de rollen is geen groot verschil te zien. Vraag elkaar om een voorbeeld: klopt dat?"
    return "Er zijn geen twee rollen te zien. Daarom kunnen wij hun beelden niet naast elkaar leggen. Vraag ernaar."


def _changes(trend: TrendPage, groups: Sequence[TrendPage]) -> tuple[str, ...]:
    if len(trend.rounds) == 1:
        return ("Dit is de eerste ronde. Na de volgende ronde staat hier wat er veranderde.",)
    found = {change: [one.title for one in trend.themes if one.latest == CHANGE_WORDS[change]]
             for change in (HIGHER, LOWER, SAME)}  # fmt: skip
    said = []
    if found[HIGHER]:
        said.append(f"Hoger dan in de ronde ervoor: {'; '.join(found[HIGHER])}.")
    if found[LOWER]:
        said.append(f"Lager dan in de ronde ervoor: {'; '.join(found[LOWER])}. Vraag eerst wat er speelde.")
    if not said:
        said.append(
            "Voor alle teams samen is geen duidelijk verschil te zien."
            if found[SAME]
            else "Voor alle teams samen kunnen wij nu niets vergelijken."
        )
    if any(one.latest in (CHANGE_WORDS[HIGHER], CHANGE_WORDS[LOWER]) for page in groups for one in page.themes):
        said.append("Bij een of meer groepen veranderde wel iets. Kijk bij ‘Verloop over de rondes’.")
    return tuple(said)


def _decisions(frozen: Frozen, page: TeamPage, grid: Grid, talks: tuple[MirrorLine, ...]) -> tuple[Decision, ...]:
    chosen = page.steps[0].title if page.steps else ""
    known = [line.title for line in talks if line.advice == MAKE_KNOWN and line.title != chosen]
    other = [line.title for line in talks if line.advice != MAKE_KNOWN]
    found = [_one_theme(page, grid)] if page.steps else []
    if known:
        found.append(Decision(
            f"Maak bekend wat er al is: {'; '.join(known)}.",
            "Een andere rol ziet hier meer. Kijk eerst wat er al ligt, voordat je iets nieuws schrijft.",
            "", "Wie de afspraak maakte, samen met een klantmanager.", "Binnen vier weken, in een teamoverleg.",
        ))  # fmt: skip
    elif other:
        found.append(Decision(
            f"Leg de beelden naast elkaar: {'; '.join(other)}.",
            "De rollen zien hier iets anders. Dat is geen fout. Een voorbeeld van elke kant maakt het helder.",
            "", "Een klantmanager, een beleidsmedewerker en een manager.", "Binnen vier weken, in een half uur.",
        ))  # fmt: skip
    found.append(Decision(
        "Geef elk team een uur.",
        "Het cijfer is een begin. In het gesprek hoor je waarom. Achter in dit verslag staat hoe dat uur kan gaan.",
        "", "De teamleider plant het. Een collega leidt het.", "Binnen zes weken.",
    ))  # fmt: skip
    found.append(Decision(
        "Spreek af wanneer jullie terugkijken.",
        f"Met een datum weet iedereen wanneer jullie kijken. Een nieuwe ronde kan vanaf {_next(frozen)}.",
        "", "Wie deze ronde organiseerde.", "Zet de datum vandaag in de agenda.",
    ))  # fmt: skip
    return tuple(found)


def _one_theme(page: TeamPage, grid: Grid) -> Decision:
    step = page.steps[0]
    cell = next(cell for cell in page.cells if cell.theme == step.theme)
    why = f"Over de teams heen hoort dit bij de laagste thema’s die te zien zijn: {cell.shown} ({cell.level})."
    if step.title in grid.nowhere:
        why = (
            "Geen enkel team dat te zien is, heeft hier al een vaste werkwijze. "
            "Bespreek daarom of hier een afspraak van de hele gemeente past."
        )
    return Decision(
        f"Kies één thema voor de hele gemeente. Ons voorstel: {step.title}.",
        why, step.first_step, "Eén lid van het managementteam zorgt ervoor.",
        "Kies vandaag. Vraag over vier weken wat er is gebeurd.",
    )  # fmt: skip


def _next(frozen: Frozen) -> str:
    return date_format(months_later(frozen.opened_on, MONTHS_BETWEEN), "j F Y")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
