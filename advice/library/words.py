"""Dutch words as the search sees them: cut out of a text, brought back to a crude stem, looked up in a vocabulary."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache

MAX_LENGTH = 200  # of what somebody types; a whole page pasted into the box is cut, not refused
MAX_WORDS = 10
NEAR = 5  # shorter words have too many neighbours one letter away
MOST = 12  # words that one word is taken for; more would say little and cost time
LETTERS = "abcdefghijklmnopqrstuvwxyz"

# What says nothing about the subject. PostgreSQL drops most of these too; here they also make the fallback agree.
SAY_NOTHING = """
aan al alle alleen als altijd andere bij binnen dan dat de deze die dit doe doen door dus een eens en er
gaan gaat geen graag haar had hebben heb heeft hem het hier hij hoe hun ieder iedere iemand iets ik in is ja
je jij jou jouw jullie kan krijg krijgen krijgt kun kunnen kunt maak maakt maar mag me mee meer men met mij
mijn moet moeten na naar niet niets nog nou nu of om omdat ons onze ook op over te tegen tot tussen u uit uw
van veel voor waar waarom wanneer want was wat we welk welke wel werd wie wij wil willen word worden wordt
zal ze zelf zich zij zijn zo zonder zou
"""
STOP = frozenset(SAY_NOTHING.split())


def normalised(text: str) -> str:
    """The text in lower case with single spaces and at most MAX_LENGTH characters; equal questions become equal."""
    return " ".join(unicodedata.normalize("NFKC", text[: 2 * MAX_LENGTH]).casefold().split())[:MAX_LENGTH]


def tokens(text: str) -> list[str]:
    """The words of a normalised text: letters and digits only, so that nothing in them can steer a query."""
    return [word for word in re.findall(r"[^\W_]+", re.sub(r"['’`]s\b", "", text)) if len(word) > 1]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """One form for singular, plural and verb: brieven → brief, scholen → schol, plaatsing → plaatsing."""
    for ending in ("en", "es", "e", "s", "t"):
        if word.endswith(ending) and len(word) - len(ending) >= 4 - (ending == "en"):
            word = word.removesuffix(ending)
            break
    if word[-1] in "vz":
        word = word[:-1] + {"v": "f", "z": "s"}[word[-1]]
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return re.sub(r"([aeou])\1([^aeiou])$", r"\1\2", word)


class Vocabulary:
    """Every word of the library, to be found by its begin, its end, its stem or with one letter wrong."""

    def __init__(self, words: Iterable[str]):
        self.words = sorted(set(words))
        self.stems = {}
        for word in self.words:
            self.stems.setdefault(stem(word), []).append(word)
        self._reversed = sorted(word[::-1] for word in self.words)
        self._known = set(self.words)

    def starting(self, begin: str, most: int = MOST) -> list[str]:
        return _with_begin(self.words, begin, most)

    def ending(self, end: str, most: int = MOST) -> list[str]:
        return [word[::-1] for word in _with_begin(self._reversed, end[::-1], most)]

    def near(self, word: str) -> list[str]:
        """Known words with one letter more, less, other, or two letters in the wrong order."""
        if len(word) < NEAR:
            return []
        cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
        tries = {a + b[1:] for a, b in cuts if b} | {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
        tries |= {a + letter + b[skip:] for a, b in cuts for letter in LETTERS for skip in (0, 1)}
        return sorted(form for one in tries & self._known for form in self.stems[stem(one)])[:MOST]

    def parts(self, word: str) -> tuple[str, str] | None:
        """The two known words that a compound was made of, or None: uitstroom(s)cijfers."""
        for place in range(len(word) - 4, 3, -1):
            head, tail = word[:place], word[place:]
            for start in (head, head.removesuffix("s"), head.removesuffix("en")):
                if len(start) >= 4 and stem(start) in self.stems and stem(tail) in self.stems:
                    return start, tail
        return None


def _with_begin(words: list[str], begin: str, most: int) -> list[str]:
    place, found = bisect_left(words, begin), []
    while place < len(words) and len(found) < most and words[place].startswith(begin):
        found.append(words[place])
        place += 1
    return found
