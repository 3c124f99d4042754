"""The shown figures of a round as sheets of plain rows. `workbook` makes a file of them; nothing is computed here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from scans.scoring import Shown
from scans.scoring.publication import DIFFERENCE, DONT_KNOW, REASON_WORDS, SCORE

from .frozen import Frozen
from .grid import grid_of
from .measured import class_rows
from .mirror import mirror_lines
from .paper import ordered_groups
from .team import Cell
from .trend import trend_page

Value = str | float | date | None
KIND_WORDS = {
    SCORE: "cijfer van een thema",
    DIFFERENCE: "vraag naast de andere vraag",
    DONT_KNOW: "deel dat “weet ik niet” zegt",
}
HIDDEN = "afgeschermd"  # why stands in the sheet of that name
READING = (
    "Dit rekenblad hoort bij het verslag van deze ronde. De cijfers zijn dezelfde. Ook de eerdere rondes staan erin.",
    "Een cijfer loopt van 0 tot 100. Het is het gemiddelde van wat mensen over hun eigen werk zeiden.",
    "Cijfers zijn met opzet grof. Ondergrens en bovengrens zeggen waar het cijfer kan liggen. Fijner is er niet.",
    "Afgeschermd betekent niet laag. Dan is er niets te zien, om mensen te beschermen.",
    "Waarom een cijfer is afgeschermd, staat in het blad Afgeschermd.",
    "Het aantal mensen staat er alleen als groep: 5–9, 10–19, of 20 of meer.",
    "Tel cijfers van groepen niet op en maak er geen gemiddelde van. Daarvoor zijn ze te grof.",
    "Dit is geen ranglijst. Teams verschillen in werk, mensen en cliënten.",
    "Raad niet wie wat invulde.",
)


@dataclass(frozen=True)
class Sheet:
    """`widths`: of the columns, in characters. The first row of the file is `header`."""

    title: str
    header: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Value, ...], ...]


def sheets_of(rounds: tuple[Frozen, ...]) -> tuple[Sheet, ...]:
    """`rounds`: oldest first; all but the development is about the last one."""
    frozen = rounds[-1]
    return (
        Sheet("Leeswijzer", ("Zo lees je dit rekenblad",), (100,), tuple((line,) for line in READING)),
        _grid(frozen),
        _figures(frozen),
        _suppressed(frozen),
        _mirror(frozen),
        _over_time(rounds),
        _account(frozen),
    )


def _grid(frozen: Frozen) -> Sheet:
    grid = grid_of(frozen)
    header = ("Thema", *(group.short for group in grid.groups), "Gemeente")
    rows = tuple((row.title, *(_words(one.cell) for one in row.cells), _words(row.municipal)) for row in grid.rows)
    return Sheet("Thema’s × teams", header, (36, *(20 for _ in header[1:])), rows)


def _words(cell: Cell) -> str:
    return f"{cell.shown} ({cell.level})" if cell.shown else HIDDEN


def figures_of(frozen: Frozen) -> Iterator[tuple[str, str, str | None, str, Shown]]:
    """Every shown figure as (group, theme, question, kind, Shown), group by group in the order of the report."""
    for group in ordered_groups(frozen):
        for theme in frozen.contents[group.role].themes:  # questions belong to the role
            place = (group.key, theme.code)
            if place in frozen.scores:
                yield (*place, None, SCORE, frozen.scores[place])
            for question in theme.questions:
                if (*place, question.code) in frozen.leads:
                    yield (*place, question.code, DIFFERENCE, frozen.leads[*place, question.code])
            if place in frozen.dont_know:
                yield (*place, None, DONT_KNOW, frozen.dont_know[place])


def number(bound: Fraction) -> float:
    """A bound for a cell; thirds have no end, and every program cuts them off elsewhere."""
    return round(float(bound), 4)


def _figures(frozen: Frozen) -> Sheet:
    names = {group.key: group.name for group in ordered_groups(frozen)}
    titles = {theme.code: theme.title for theme in frozen.themes}
    asked = {question.code: question.text for content in frozen.contents.values() for question in content.questions}
    rows = tuple(
        (names[group], titles[theme], asked.get(question), KIND_WORDS[kind], shown.text, number(shown.low),
         number(shown.high), shown.people)
        for group, theme, question, kind, shown in figures_of(frozen)
    )  # fmt: skip
    header = ("Groep", "Thema", "Vraag", "Soort", "Wat te zien is", "Ondergrens", "Bovengrens", "Mensen")
    return Sheet("Cijfers", header, (34, 34, 44, 26, 22, 12, 12, 14), rows)


def _suppressed(frozen: Frozen) -> Sheet:
    rows = tuple(
        (group.name, theme.title, KIND_WORDS[kind], REASON_WORDS[frozen.reasons[group.key, theme.code, kind]])
        for group in ordered_groups(frozen)
        for theme in frozen.themes
        for kind in (SCORE, DONT_KNOW)
        if (group.key, theme.code, kind) in frozen.reasons
    )
    return Sheet("Afgeschermd", ("Groep", "Thema", "Soort", "Waarom"), (34, 34, 26, 64), rows)


def _mirror(frozen: Frozen) -> Sheet:
    lines = mirror_lines(frozen)
    header = ("Thema", *(view.name.capitalize() for view in lines[0].views), "Verschil", "Weet ik niet", "Advies")
    rows = tuple(
        (line.title, *(view.shown for view in line.views), line.gap, line.awareness, line.advice) for line in lines
    )
    return Sheet("Spiegel", header, (34, 24, 24, 24, 40, 40, 50), rows)


def _over_time(rounds: tuple[Frozen, ...]) -> Sheet:
    rows = []
    for group in ordered_groups(rounds[-1]):
        trend = trend_page(rounds, group)
        versions = [version for _, version in trend.rounds]
        for theme in trend.themes:
            for point, version in zip(theme.points, versions, strict=True):
                shown = point.shown or f"niet te zien: {point.reason}"
                rows.append((group.name, theme.title, point.last_day, version, shown, point.people, point.change))
    header = ("Groep", "Thema", "Ronde tot en met", "Vragenlijst", "Wat te zien is", "Mensen", "Verschil")
    return Sheet("Verloop", header, (34, 34, 16, 12, 34, 14, 46), tuple(rows))


def _account(frozen: Frozen) -> Sheet:
    rows = [
        ("Gemeente", frozen.municipality_name),
        ("Begonnen op", frozen.opened_on),
        ("Laatste dag", frozen.last_day),
        ("Minste aantal mensen in een cijfer", str(frozen.minimum)),
        ("Versie van de regels", frozen.policy),
        *((f"Vragenlijst: {one.role_label}", one.version) for one in frozen.contents.values()),
        ("Controlegetal (SHA-256) van het gegevensbestand (JSON)", frozen.sha256),
    ]
    for row in class_rows():
        open_classes = f"“{row.lowest}” betekent {row.lowest_means}; “{row.highest}” betekent {row.highest_means}"
        rows.append((f"Bij {row.people} mensen", f"stap {row.step}; {open_classes}"))
    rows += [(f"Uitgenodigd: {group.name}", group.invited) for group in ordered_groups(frozen)]
    return Sheet("Verantwoording", ("Wat", "Waarde"), (56, 80), tuple(rows))
