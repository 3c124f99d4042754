"""Dutch text as plain words and plain numbers, so that a guide and our own text can be compared."""

import re
import unicodedata
from collections.abc import Iterator

RUN = 12  # words; a run of our text this long may stand in no guide

_UNITS = [
    *("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf"),
    *("dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien"),
]
_TENS = ["twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"]
_PARTS = {"de helft": "1/2", "driekwart": "3/4", "tweederde": "2/3"}  # "de eerste helft" is a part of a year
_NAMED_PARTS = {"derde": 3, "kwart": 4, "vijfde": 5, "tiende": 10}
_TIMES = {"duizend": 10**3, "miljoen": 10**6, "miljard": 10**9}
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_NUMBER = re.compile(
    r"(?<![\w.,])(\d{1,3}(?:\.\d{3})+|\d+)([.,]\d+)?(?:\s+(duizend|miljoen|miljard))?(?![.,]?\d)", re.IGNORECASE
)


def plain(text: str) -> str:
    """Lower case, one form of every letter, words that were broken at a line end made whole."""
    text = unicodedata.normalize("NFC", text).lower()
    return re.sub(r"(?<=[^\W\d_])-[ \t]*\n\s*(?=[^\W\d_])", "", text.replace("\u00ad", ""))


def words(text: str) -> list[str]:
    """The words without punctuation. A hyphen within a word goes too: at a line end nobody knows what it was."""
    text = re.sub(r"(?<=[^\W\d_])[-‐‑](?=[^\W\d_])", "", plain(text))
    return re.findall(r"[0-9a-zà-öø-ÿ]+", text)


def runs(text: str, length: int = RUN) -> Iterator[tuple[int, str]]:
    """Every run of `length` words as (number of its first word, words)."""
    found = words(text)
    return ((at, " ".join(found[at : at + length])) for at in range(len(found) - length + 1))


def numbers(text: str, in_words: bool = False) -> set[str]:
    """The numbers as "496780", "1.5" and "1/3": no separators, a point for decimals.

    "2 duizend" is 2000. A digit that follows a letter (B1) belongs to a name. With `in_words` also "zeventien",
    "anderhalf" and "de helft"; "een" alone is an article and says nothing.
    """
    text = _ADDRESS.sub(" ", plain(text))
    found = set()
    if in_words:
        found |= {part for name, part in _PARTS.items() if re.search(rf"\b{name}\b", text)}
        text = re.sub(rf"\b(?:een|één)\s+(?=(?:{'|'.join(_NAMED_PARTS)})\b)", "1 ", text)
        text = re.sub(r"\banderhal(?:f|ve)\b", "1,5", text)
        text = re.sub(r"[^\W\d_]+", lambda match: _NUMBER_WORDS.get(match[0], match[0]), text)
        for name, below in _NAMED_PARTS.items():
            found |= {f"{above}/{below}" for above in re.findall(rf"\b([1-9])\s+{name}\b", text)}
            text = re.sub(rf"\b[1-9]\s+{name}\b", " ", text)
    for whole, decimals, times in _NUMBER.findall(text):
        number = f"{whole.replace('.', '')}{decimals.replace(',', '.')}"
        value = float(number) * _TIMES.get(times, 1)
        found.add(str(int(value)) if value == int(value) else f"{value:g}")
    return found


def _number_words() -> dict[str, str]:
    """{"tweeëntwintig": "22"} up to 999, and thousands up to ninety-nine; without the bare article."""
    small = dict(zip(_UNITS, range(20), strict=True))
    for ten, name in enumerate(_TENS, 2):
        small[name] = ten * 10
        for unit, first in enumerate(_UNITS[1:10], 1):
            small[f"{first}{'ën' if first.endswith('e') else 'en'}{name}"] = ten * 10 + unit
    names = dict(small)
    for hundred, first in enumerate(["", *_UNITS[2:10]], 1):
        names[f"{first}honderd"] = hundred * 100
        names |= {f"{first}honderd{name}": hundred * 100 + value for name, value in small.items() if value}
    names |= {f"{name}duizend": value * 1000 for name, value in small.items() if value > 1}
    names |= {"één": 1, "eén": 1}
    del names["een"]
    return {name: str(value) for name, value in names.items()}


_NUMBER_WORDS = _number_words()
