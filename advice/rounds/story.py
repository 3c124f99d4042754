"""What an adviser would say about one group: where it stands and what changed. From shown figures only."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

from scans.scoring import Shown, compare
from scans.scoring.levels import LEVEL_NAMES
from scans.scoring.mirror import ARRANGED_LEVEL
from scans.scoring.trend import HIGHER, LOWER, SAME

from .frozen import Frozen, FrozenGroup
from .team import TeamPage
from .trend import comparable, same_group_in, same_people

A_WHILE = 3  # rounds in which a theme certainly stayed below a fixed way of working
MOST = 4  # themes in one sentence; more would be a list that nobody reads


KEEP = (
    "Vraag wat er in die tijd anders is gedaan, en houd dat vast. Vertel het ook aan een ander team: het kan daar "
    "ook helpen."
)
OVER_ALL = "Met de vorige ronde is geen duidelijk verschil te zien. Over de hele tijd wel."
LESS = (
    "Dat is geen oordeel. Misschien werken er nu andere mensen, of zien mensen scherper wat er nog ontbreekt. "
    "Vraag eerst wat er speelt. Kies daarna pas een stap."
)
BACK = f"{OVER_ALL} Dat is geen oordeel. Vraag eerst wat er is veranderd."
STUCK = (
    "Kies hier één afspraak, één naam en één datum. Bespreek samen met de leidinggevende wat in de weg staat: tijd, "
    "opdracht of kennis."
)
NO_CHANGE = "Bij geen enkel thema is het verschil groot genoeg om te noemen."
NO_COMPARING = (
    "In deze of de vorige ronde is er geen cijfer te zien, of de groep of de vragen zijn anders. "
    "Kijk naar het beeld van nu."
)


@dataclass(frozen=True)
class Change:
    """Themes that went the same way, and what an adviser would say about it. `titles` may be empty."""

    heading: str
    titles: tuple[str, ...]
    advice: str

    @property
    def named(self) -> str:
        """The themes as a sentence of at most MOST; "" without any."""
        if not self.titles:
            return ""
        rest = len(self.titles) - MOST
        if rest <= 0:
            return f"{named(self.titles)}."
        others = "één ander thema" if rest == 1 else f"{rest} andere thema’s"
        return f"{named(self.titles[:MOST])}, en nog {others}."


@dataclass(frozen=True)
class Story:
    """`opening`: sentences for the top of the page. `changes`: empty in a first round. `since`: the last day of the
    round that is compared with, None when there is none.
    """

    opening: tuple[str, ...]
    changes: tuple[Change, ...]
    since: date | None


def story_of(rounds: tuple[Frozen, ...], page: TeamPage) -> Story:
    """`rounds`: oldest first; the last one is the round of `page`."""
    histories = {cell.theme: _history(rounds, page.group, cell.theme) for cell in page.cells}
    titles = {cell.theme: cell.title for cell in page.cells}
    changes = _changes(histories, titles, rounds[0].last_day) if len(rounds) > 1 else ()
    since = rounds[-2].last_day if len(rounds) > 1 else None
    return Story(_opening(page), tuple(changes), since)


def named(titles) -> str:
    """“A”, “B” en “C”: titles hold commas of their own."""
    quoted = [f"“{title}”" for title in titles]
    return " en ".join(part for part in (", ".join(quoted[:-1]), quoted[-1]) if part) if quoted else ""


def month_of(day: date) -> str:
    return date_format(day, "F Y")


# --- where it stands ---------------------------------------------------------------------------------------


def _opening(page: TeamPage) -> tuple[str, ...]:
    if not page.shown:
        return (
            "Voor deze groep is nu niets te zien. Dat beschermt de mensen die meededen.",
            "Het zegt niets over hoe het gaat.",
        )
    found = []
    if page.strengths:
        found.append(f"Een vaste werkwijze, of meer dan dat, is er bij {named(one.title for one in page.strengths)}.")
    elif page.furthest:
        found.append(f"Bij de hoogste cijfers hoort {named([page.furthest.title])}.")
    if page.all_strong:
        found.append("Alles wat te zien is, is een vaste werkwijze. Houd dat vast en deel het.")
    elif page.room:
        found.append(f"Bij de laagste cijfers hoort {named([page.room.title])}. Daar is ruimte.")
    return tuple(found)


# --- what changed ------------------------------------------------------------------------------------------


def _history(rounds: tuple[Frozen, ...], group: FrozenGroup, theme: str) -> list[Shown | None]:
    """The shown figures that may be laid beside that of the last round, oldest first; None where they may not."""
    now, found = rounds[-1], []
    for one in rounds:
        same = same_group_in(one, now, group)
        may = same and comparable(one, now, group.role, theme) and same_people(one, same, now, group, theme)
        found.append(one.score(same.key, theme) if may else None)
    return found


def _changes(histories: dict[str, list[Shown | None]], titles: dict[str, str], first: date):
    lately = {code: compare(code, shown[-2], shown[-1]).change for code, shown in histories.items()}
    over_all = {code: compare(code, shown[0], shown[-1]).change for code, shown in histories.items()}
    several = len(next(iter(histories.values()))) > 2

    def are(wanted, besides=()):
        return [titles[code] for code in histories if wanted(code) and titles[code] not in besides]

    higher, lower = are(lambda code: lately[code] == HIGHER), are(lambda code: lately[code] == LOWER)
    slowly = are(lambda code: several and over_all[code] == HIGHER and lately[code] not in (HIGHER, LOWER))
    back = are(lambda code: several and over_all[code] == LOWER and lately[code] not in (HIGHER, LOWER))
    stuck = are(lambda code: stays_low(histories[code]), besides=(*higher, *slowly))
    compared = any(change in (HIGHER, LOWER, SAME) for change in (*lately.values(), *over_all.values()))
    if higher:
        yield Change("Hoger dan de vorige keer", tuple(higher), KEEP)
    if slowly:
        yield Change(f"Hoger dan in {month_of(first)}", tuple(slowly), OVER_ALL)
    if lower:
        yield Change("Lager dan de vorige keer", tuple(lower), LESS)
    if back:
        yield Change(f"Lager dan in {month_of(first)}", tuple(back), BACK)
    if not compared:
        yield Change("Nu niet te vergelijken", (), NO_COMPARING)
    elif not (higher or slowly or lower or back):
        yield Change("Geen duidelijk verschil", (), NO_CHANGE)
    if stuck:
        rounds = len(next(iter(histories.values())))
        yield Change(f"In {rounds} rondes nog geen vaste werkwijze te zien", tuple(stuck), STUCK)


def stays_low(history: list[Shown | None]) -> bool:
    """Whether every round, at least three of them, certainly shows less than a fixed way of working."""
    begins = LEVEL_NAMES[ARRANGED_LEVEL].begins
    return len(history) >= A_WHILE and all(shown and shown.high <= begins for shown in history)
