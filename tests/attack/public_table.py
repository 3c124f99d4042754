"""What a shown text stands for, from the table in docs/privacy/policy.md alone: an outsider has no other source.

Written a second time on purpose, without the app's own bounds, so that the two can be compared.
"""

import re
from fractions import Fraction

Bounds = tuple[Fraction, Fraction]

BANDS = ("5–9", "10–19", "20 of meer")
# Per band: step, end of the lowest class, its words, begin of the highest class, its words.
TABLE = {
    "5–9": ("10", "35", "30 of lager", "65", "70 of hoger"),
    "10–19": ("5", "17.5", "15 of lager", "82.5", "85 of hoger"),
    "20 of meer": ("2.5", "11.25", "10 of lager", "88.75", "90 of hoger"),
}
DIFFERENCES = {
    "20 of meer lager": (-100, -15),
    "10 lager": (-15, -5),
    "ongeveer gelijk": (-5, 5),
    "10 hoger": (5, 15),
    "20 of meer hoger": (15, 100),
}
THIRDS = ("minder dan een derde", "een derde tot twee derde", "meer dan twee derde")
NUMBER = r"(\d+(?:,\d+)?)"


class NotInTheTable(Exception):
    """A figure on a page that the documented table does not know."""


def number(text: str) -> Fraction:
    return Fraction(text.replace(",", "."))


def classes(people: str) -> dict[str, Bounds]:
    """The words of every class of a band and the bounds that they stand for."""
    step, low_end, low_words, high_begin, high_words = TABLE[people]
    found = {low_words: (Fraction(0), Fraction(low_end)), high_words: (Fraction(high_begin), Fraction(100))}
    edge = Fraction(low_end)
    while edge < Fraction(high_begin):
        middle = edge + Fraction(step) / 2
        found[f"{float(middle):g}".replace(".", ",")] = (edge, edge + Fraction(step))
        edge += Fraction(step)
    return found


def ranges(text: str) -> list[Bounds]:
    """Words that name their own bounds: a wider class (rule 8), or the municipal range (rule 7)."""
    if found := re.fullmatch(f"tussen {NUMBER} en {NUMBER}", text):
        return [(number(found[1]), number(found[2]))]
    if found := re.fullmatch(f"lager dan {NUMBER}", text):
        return [(Fraction(0), number(found[1]))]
    if found := re.fullmatch(f"{NUMBER} of hoger", text):
        return [(number(found[1]), Fraction(100))]
    return []


def bounds_of(text: str, people: str) -> list[Bounds]:
    """All that a theme figure can stand for: its class, or the bounds in its words. Raises NotInTheTable."""
    if people not in TABLE:
        raise NotInTheTable(f"{text!r} of {people!r} people")
    found = [one for one in (classes(people).get(text), *ranges(text)) if one]
    if not found:
        raise NotInTheTable(f"{text!r} of {people} people")
    return found


def difference_of(text: str) -> Bounds:
    if text not in DIFFERENCES:
        raise NotInTheTable(f"a difference of {text!r}")
    low, high = DIFFERENCES[text]
    return Fraction(low), Fraction(high)


def share_of(text: str) -> Bounds:
    if text not in THIRDS:
        raise NotInTheTable(f"a share of {text!r}")
    third = THIRDS.index(text)
    return Fraction(100 * third, 3), Fraction(100 * (third + 1), 3)
