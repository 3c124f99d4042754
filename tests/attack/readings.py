"""From pages to figures: what somebody who reads everything that was served writes down, page by page."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from tests.attack.harvest import JSON, Served
from tests.attack.public_table import BANDS, Bounds, bounds_of, difference_of, share_of

SCORE, DIFFERENCE, DONT_KNOW = "score", "difference", "dont_know"
NOT_A_FIGURE = {"", "–", "niet getoond", "afgeschermd"}
MUNICIPALITY = 0  # the number in addresses
ROLES = {"Klantmanagers": "client_manager", "Beleidsmedewerkers": "policy_officer", "Managers": "manager"}


@dataclass(frozen=True)
class Reading:
    """A figure as it stands somewhere. `round`: the public id in the address; `group`: the number in the address, or
    a role on the mirror; `question`: its text, for a difference; `people`: the band, "" where none stands.
    """

    round: str
    group: int | str
    theme: str
    kind: str
    question: str
    text: str
    people: str
    where: str


def words(element) -> str:
    return " ".join(element.text_content().split())


def rows_of(table) -> list[list[str]]:
    """The cells of a body, row by row."""
    return [[words(cell) for cell in row.xpath("th|td")] for row in table.xpath("tbody/tr")]


def heads_of(table) -> list[str]:
    return [words(cell) for cell in table.xpath("thead/tr/th")]


def read_group(served: Served) -> Iterable[Reading]:
    round_, group = served.value("public_id"), served.value("number")
    for bar in served.html.xpath("//main//li[@class='bar']"):
        for people in bar.find_class("bar-people"):
            theme, shown = (words(bar.find_class(name)[0]) for name in ("bar-title", "points"))
            people = words(people).removesuffix(" mensen")
            yield Reading(round_, group, theme, SCORE, "", shown, people, served.address)
    for table in served.html.xpath("//main//table"):
        heads = heads_of(table)
        for row in rows_of(table):
            if heads[:2] == ["Thema", "Cijfer (0–100)"] and len(row) == 4:
                yield Reading(round_, group, row[0], SCORE, "", row[1], row[3], served.address)
            elif heads[:2] == ["Thema", "Vraag"]:
                yield Reading(round_, group, row[0], DIFFERENCE, row[1], row[2], row[3], served.address)


def read_grid(served: Served) -> Iterable[Reading]:
    round_ = served.value("public_id")
    for table in served.html.xpath("//main//table"):
        links = table.xpath("thead/tr/th[position()>1]/a/@href")
        groups = [int(link.rstrip("/").rpartition("/")[2]) for link in links]
        for row in table.xpath("tbody/tr"):
            theme = words(row.xpath("th")[0])
            for group, cell in zip(groups, row.xpath("td"), strict=True):
                for shown in cell.xpath(".//*[@class='cell-shown']"):
                    people = words(cell.find_class("cell-people")[0]).removesuffix(" mensen")
                    yield Reading(round_, group, theme, SCORE, "", words(shown), people, served.address)


def read_mirror(served: Served) -> Iterable[Reading]:
    round_ = served.value("public_id")
    for line in served.html.xpath("//ol[@class='mirror']/li"):
        theme = words(line.xpath("h3")[0])
        for name, shown, people in rows_of(line.xpath(".//table")[0]):
            if (people := people.removesuffix(" mensen")) in BANDS:
                text = shown.partition(" (")[0]
                yield Reading(round_, ROLES[name], theme, SCORE, "", text, people, served.address)


def attributed_of(served: Served) -> Iterable[tuple[str, str, str]]:
    """(role, theme, level in words) of everybody who is shown under the name of the role."""
    for line in served.html.xpath("//ol[@class='mirror']/li"):
        theme = words(line.xpath("h3")[0])
        for name, shown, people in rows_of(line.xpath(".//table")[0]):
            if not people and shown not in NOT_A_FIGURE:
                yield from ((ROLES[name], theme, level) for level in shown.split(", "))


def read_over_time(served: Served, days: dict[str, str]) -> Iterable[Reading]:
    """`days`: last day in words → the public id of that round."""
    for part in served.html.xpath("//section[@class='trend']"):
        theme = words(part.xpath("h3")[0])
        for row in rows_of(part.xpath(".//table")[0]):
            if len(row) == 5:
                yield Reading(days[row[0]], served.value("number"), theme, SCORE, "", row[1], row[3], served.address)


def read_pages(pages: Iterable[Served], days: dict[str, str]) -> list[Reading]:
    """Every figure on every page of results."""
    readers = {"round_group": read_group, "round_result": read_grid, "round_mirror": read_mirror}
    found = []
    for served in pages:
        if served.status != 200:
            continue
        if served.name in readers:
            found += readers[served.name](served)
        elif served.name == "round_over_time":
            found += read_over_time(served, days)
    return found


@dataclass(frozen=True)
class Frozen:
    """The JSON of a round as an outsider reads it. `numbers`: group key → the number in addresses."""

    public_id: str
    content: dict
    numbers: dict[str, int]

    def figures(self) -> Iterable[dict]:
        return self.content["figures"]

    def bounds(self, one: dict) -> Bounds:
        return Fraction(one["low"]), Fraction(one["high"])


def read_json(pages: Iterable[Served]) -> dict[str, Frozen]:
    """Public id → the frozen result as it was downloaded."""
    found = {}
    for served in pages:
        if served.kind == JSON and served.name == "round_json":
            content = json.loads(served.body)
            numbers = {group["id"]: number for number, group in enumerate(content["groups"], 1)}
            numbers["municipality"] = MUNICIPALITY
            found[served.value("public_id")] = Frozen(served.value("public_id"), content, numbers)
    return found


def by_the_table(text: str, people: str, kind: str) -> list[Bounds]:
    """What the words of a figure stand for. Raises NotInTheTable."""
    if kind == SCORE:
        return bounds_of(text, people)
    return [difference_of(text) if kind == DIFFERENCE else share_of(text)]
