"""Every number in what staff can open has a reason. A number without one may be an exact mean or an exact count."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property

from scans.rounds.setup import months_later
from tests.attack.harvest import JSON, PDF, XLSX, Served, texts_of
from tests.attack.public_table import TABLE
from tests.attack.readings import Frozen

MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]
SHORT = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
# Themes that a sentence leaves out after the first four: as many as the shown figures that went the same way.
FIXED = tuple(f", en nog {number} andere thema’s" for number in range(1, 9))
FIXED += (  # what stands in the templates, whatever was answered
    "0–100", "0 tot 100", "van 0 (onder) tot 100 (boven)", "SHA-256", "Dit is er vanaf 10 mensen", "00:00",
    "00:00:00", "tussen 28 en 52",  # an example in the explanation
    "(5 minuten)", "(10 minuten)", "van 0 (links) tot 100 (rechts)",  # of the agenda, and of the mirror
    "5–9", "10–19", "20 of meer", "hoogstens 2 MB en 5.000 rijen", "Minstens 5; hoger mag.",
)  # fmt: skip
# The table of classes, explained: “30 of lager” betekent lager dan 35.
FIXED += tuple(
    phrase
    for step, low, low_words, high, high_words in TABLE.values()
    for colon in ("", ":")
    for phrase in (
        f"stap {step}".replace(".", ","),
        f"“{low_words}” betekent{colon} lager dan {low}".replace(".", ","),
        f"“{high_words}” betekent{colon} {high} of hoger".replace(".", ","),
    )
)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")  # of a guide or a law: never a mean and never a number of colleagues
PAGE = re.compile(r"\b(?:bladzijde|pagina) \d+(?: van \d+)?", re.IGNORECASE)
# On paper: numbered steps and headings, and what stands alone: the number of a page, minutes, marks of an axis.
STEP = re.compile(r"(?:^| )\d{1,2}\. (?=[A-Z“])")
ALONE = re.compile(r"\d{1,2}|\d{1,2}–\d{1,2}|2,5|12,5|37,5|62,5|87,5")
QUOTED = re.compile("‘([^’]*)’")
LEVEL_EDGES = (0, 12.5, 37.5, 62.5, 87.5, 100)  # of the level names, which stand for who chose to show them
WEEKS = re.compile(r"\b(?:binnen|na) (\d+) we")
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


@dataclass(frozen=True)
class Reasons:
    """`content`: whole texts of questionnaire and advice; `bounds`: of the shown figures, which a workbook gives as
    numbers; `phrases`: what may stand anywhere; `weeks`: of the advice;
    `counts`: numbers of people on the coordinator's own list, as it is now, and k.
    """

    content: frozenset[str]
    bounds: frozenset[Fraction]
    phrases: re.Pattern
    weeks: frozenset[int]
    counts: frozenset[int]

    @cached_property
    def numbered(self) -> tuple[str, ...]:
        """The texts of the content, but for short ones, that bring a number along."""
        return tuple(one for one in self.content if len(one) > 20 and NUMBER.search(one))


def in_words(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def dates(day: date) -> tuple[str, ...]:
    month = MONTHS[day.month - 1]
    short = f"{SHORT[day.month - 1]} ’{day:%y}"
    return in_words(day), f"{day:%d-%m-%Y}", day.isoformat(), f"{day.day} {month}", short


def strings_in(value) -> Iterable[str]:
    """Every string in a tree of dataclasses: the content, whatever its shape."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for one in fields(value):
            yield from strings_in(getattr(value, one.name))
    elif isinstance(value, dict):
        yield from strings_in(tuple(value.values()))
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from strings_in(one)


def content_texts(*contents) -> set[str]:
    return {" ".join(text.split()) for content in contents for text in strings_in(content)}


def of_result(frozen: Frozen, sha256: str) -> set[str]:
    """What one frozen round may bring on a page: its figures, bands, days, k, versions, ids and hash."""
    content = frozen.content
    found = {one["shown"] for one in frozen.figures()} | {one["people"] for one in frozen.figures()}
    found |= {group["invited"] for group in content["groups"]} | {content["client_managers_invited"]}
    for name in ("opened_on", "last_day"):
        found |= set(dates(date.fromisoformat(content[name])))
    found |= {f"minstens {content['k']} mensen", f"versie {content['policy']}", sha256, frozen.public_id}
    found |= {version for _, version in content["questionnaires"]}
    # The gap between two roles is the distance between their shown bounds: "minstens 10 punten".
    bounds = {bound for one in frozen.figures() if one["kind"] == "score" for bound in frozen.bounds(one)}
    bounds |= {*map(Fraction, LEVEL_EDGES)} if content["attributed"] else set()
    gaps = {abs(low - high) for low in bounds for high in bounds}
    opened, last = (date.fromisoformat(content[name]) for name in ("opened_on", "last_day"))
    found |= of_the_next_round(opened, last)
    return found | {f"minstens {float(gap):g}".replace(".", ",") for gap in gaps if gap}


def of_the_next_round(opened: date, last: date) -> set[str]:
    """What the page of rounds says of a next one: as long as the last, and not within half a year."""
    days, first = (last - opened).days + 1, months_later(opened, 6)
    today = date.today()
    again = min(max(first, today) + timedelta(days=days), today + timedelta(days=120)) - timedelta(days=1)
    return {f"{days} dagen", *dates(first), *dates(again)}


def of_the_number_of_rounds(rounds: int) -> set[str]:
    """A page says of how many rounds it tells."""
    numbers = range(1, rounds + 1)
    return {f"{n} rondes naast elkaar" for n in numbers} | {f"In {n} rondes nog geen vaste" for n in numbers}


def short_phrases(phrases: Iterable[str]) -> re.Pattern:
    """Any of these, not as a part of a longer number; the longest first."""
    longest_first = sorted({*phrases, *FIXED}, key=len, reverse=True)
    return re.compile("|".join(rf"(?<![\d,.]){re.escape(one)}(?!\d|[,.]\d)" for one in longest_first))


def is_bound(text: str, bounds: Iterable[Fraction]) -> bool:
    """Whether a cell of a workbook holds a bound of a shown figure. A third has no end: it is near enough."""
    try:
        return any(abs(Fraction(text) - bound) < Fraction(1, 1000) for bound in bounds)
    except ValueError:
        return False


def without_content(text: str, content: Iterable[str]) -> str:
    """A page may put a text of the content after a word of its own."""
    for one in content:
        text = text.replace(one, "")
    return text


def without_headings(text: str, content: Iterable[str]) -> str:
    """The headings of the guides have numbers: all that is quoted under "Bron", and known ones anywhere."""
    everything = text.startswith("Bron: ")
    return QUOTED.sub(lambda quoted: "" if everything or quoted[1] in content else quoted[0], text)


def unexplained(served: Served, reasons: Reasons) -> list[str]:
    """The pieces of text with a number that nothing explains, each with what is left of it."""
    if served.kind == JSON:  # read figure by figure, against the table
        return []
    found = []
    for text in texts_of(served):
        if text in reasons.content or not NUMBER.search(text):
            continue
        left = without_headings(text, reasons.content)
        left = YEAR.sub("", reasons.phrases.sub(" ", without_content(left, reasons.numbered)))
        left = PAGE.sub("", left)
        if served.kind == PDF:  # what this leaves out, the bytes of test_http_after_close.py still see
            left = "" if ALONE.fullmatch(text) else STEP.sub(" ", left)
        left = WEEKS.sub(lambda found: "" if int(found[1]) in reasons.weeks else found[0], left)
        numbers = NUMBER.findall(left)
        if served.kind == XLSX and is_bound(left, reasons.bounds):
            continue
        if numbers and not _is_count(served, left, reasons):
            found.append(f"{served.address}: {text[:120]!r} has {numbers[:5]}")
    return found


LISTS = {
    "municipality_home",
    "people",
    "edit_team",
    "import_preview",
    "open_round",
    "round",
    "edit_round",
    "rounds",
}  # of the set-up


def _is_count(served: Served, left: str, reasons: Reasons) -> bool:
    """Whether the numbers are of the coordinator's own list: this page knows no round, or only who was invited."""
    return served.name in LISTS and {int(n) for n in NUMBER.findall(left) if n.isdigit()} <= reasons.counts
