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
from .trend import comparable, same_group_in

A_WHILE = 3  # rounds in which a theme certainly stayed below a fixed way of working
MOST = 4  # themes in one sentence; more would be a list that nobody reads


@dataclass(frozen=True)
class Story:
    """`opening`: sentences for the top of the page. `changes`: (heading, text) per kind of change; empty in a first
    round. `since`: the round that is compared with, None when there is none.
    """

    opening: tuple[str, ...]
    changes: tuple[tuple[str, str], ...]
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
        found.append(f"Het verst is deze groep bij {named([page.furthest.title])}.")
    if page.steps:
        found.append(f"De meeste ruimte zit bij {named([page.steps[0].title])}.")
    return tuple(found)


# --- what changed ------------------------------------------------------------------------------------------


def _history(rounds: tuple[Frozen, ...], group: FrozenGroup, theme: str) -> list[Shown | None]:
    """The shown figures that may be laid beside that of the last round, oldest first; None where they may not."""
    now, found = rounds[-1], []
    for one in rounds:
        same = same_group_in(one, now, group)
        may = same and comparable(one, now, group.role, theme)
        found.append(one.score(same.key, theme) if may else None)
    return found


def _changes(histories: dict[str, list[Shown | None]], titles: dict[str, str], first: date):
    lately = {code: compare(code, shown[-2], shown[-1]).change for code, shown in histories.items()}
    over_all = {code: compare(code, shown[0], shown[-1]).change for code, shown in histories.items()}
    several = len(next(iter(histories.values()))) > 2

    def are(wanted, besides=()):
        return [titles[code] for code in histories if wanted(code) and titles[code] not in besides]

    higher, lower = are(lambda code: lately[code] == HIGHER), are(lambda code: lately[code] == LOWER)
    slowly = are(lambda code: several and over_all[code] == HIGHER and lately[code] == SAME)
    back = are(lambda code: several and over_all[code] == LOWER and lately[code] == SAME)
    stuck = are(lambda code: stays_low(histories[code]), besides=(*higher, *slowly))
    if higher:
        yield (
            "Hoger dan de vorige keer",
            (
                f"{_some(higher)}. Vraag wat er in die tijd anders is gedaan, en houd dat vast. "
                "Vertel het ook aan een ander team: het kan daar ook helpen."
            ),
        )
    if slowly:
        yield (
            f"Stap voor stap hoger sinds {month_of(first)}",
            (
                f"{_some(slowly)}. Per ronde was het verschil te klein om te noemen. "
                "Over de hele tijd is het duidelijk."
            ),
        )
    if lower:
        yield (
            "Lager dan de vorige keer",
            (
                f"{_some(lower)}. Dat is geen oordeel. Misschien werken er nu andere mensen, of zien mensen scherper "
                "wat er nog ontbreekt. Vraag eerst wat er speelt. Kies daarna pas een stap."
            ),
        )
    if back:
        yield (
            f"Lager dan in {month_of(first)}",
            (f"{_some(back)}. Het ging langzaam. Vraag wat er toen wel lukte, en wat daarvoor nodig was."),
        )
    if stuck:
        yield (
            f"Al {len(next(iter(histories.values())))} rondes nog geen vaste werkwijze",
            (
                f"{_some(stuck)}. Kies hier één afspraak, één naam en één datum. "
                "Vraag de leidinggevende wat in de weg staat: tijd, opdracht of kennis."
            ),
        )
    if not (higher or slowly or lower or back):
        yield (
            "Geen duidelijk verschil",
            (
                "Bij geen enkel thema is het verschil groot genoeg om te noemen, of het is niet te vergelijken. "
                "Afspraken hebben vaak meer tijd nodig dan één ronde."
            ),
        )


def stays_low(history: list[Shown | None]) -> bool:
    """Whether every round, at least three of them, certainly shows less than a fixed way of working."""
    begins = LEVEL_NAMES[ARRANGED_LEVEL].begins
    return len(history) >= A_WHILE and all(shown and shown.high <= begins for shown in history)


def _some(titles: list[str]) -> str:
    if len(titles) <= MOST:
        return named(titles)
    return f"{named(titles[:MOST])}, en nog {len(titles) - MOST}"
