"""What somebody types, as things to look for. Each thing can be found in several ways, one surer than the other."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from .synonyms import Synonyms
from .words import MAX_WORDS, STOP, Vocabulary, normalised, stem, tokens

WHOLE, START, SYNONYM, TOGETHER, NEAR, FAMILY, TAIL, ANY = 1.0, 0.7, 0.7, 0.8, 0.7, 0.45, 0.35, 0.25
SHORTEST_START = 4  # "adv" is no beginning of "advies"
FAMILY_FROM = 9
TAIL_FROM = 5
LONGEST_FORM = 5  # words in one form of a synonym


class How(Enum):
    PHRASE = "after one another"
    ALL = "all of them"
    ANY = "one of them"
    START = "begins with"


@dataclass(frozen=True)
class Way:
    """One way to find something: these words, read like this, and how sure (0–1) it is what was meant."""

    how: How
    words: tuple[str, ...]
    sure: float


Thing = tuple[Way, ...]


def things(text: str, vocabulary: Vocabulary, synonyms: Synonyms) -> tuple[Thing, ...]:
    """The things that a text asks for, at most MAX_WORDS of them; () when it holds no word that says anything."""
    words = tokens(normalised(text))
    if any(word not in STOP for word in words):
        words = [word for word in words if word not in STOP or _in_form(words, word, synonyms)]
    else:
        return ()
    found, place = [], 0
    while place < len(words) and len(found) < MAX_WORDS:
        length, thing = _longest(words[place:], vocabulary, synonyms)
        found.append(thing)
        place += length
    return tuple(dict.fromkeys(found))


def _in_form(words: list[str], word: str, synonyms: Synonyms) -> bool:
    """A stop word counts when it is part of a fixed expression: "tijd per klant", "solliciteren zonder naam"."""
    place = words.index(word)
    return any(
        begin <= place < begin + length and tuple(map(stem, words[begin : begin + length])) in synonyms
        for length in range(2, LONGEST_FORM + 1)
        for begin in range(max(0, place - length + 1), place + 1)
        if begin + length <= len(words)
    )


def _longest(words: list[str], vocabulary: Vocabulary, synonyms: Synonyms) -> tuple[int, Thing]:
    """How many words the first thing takes, and its ways."""
    for length in range(min(LONGEST_FORM, len(words)), 1, -1):
        form = tuple(words[:length])
        others = synonyms.get(tuple(map(stem, form)))
        if others:
            return length, (*_several(form), *_others(others))
    if len(words) > 1 and stem(words[0] + words[1]) in vocabulary.stems:
        pair = (words[0], words[1])
        return 2, (*_one("".join(pair), vocabulary, synonyms), *_several(pair))
    return 1, _one(words[0], vocabulary, synonyms)


def _several(words: tuple[str, ...]) -> Thing:
    return (Way(How.PHRASE, words, WHOLE), Way(How.ALL, words, TOGETHER), Way(How.ANY, words, ANY))


def _others(forms: tuple[tuple[str, ...], ...]) -> Thing:
    """Words of one word in one way, since the database is asked once per way."""
    single = tuple(form[0] for form in forms if len(form) == 1)
    ways = [Way(How.PHRASE, form, SYNONYM) for form in forms if len(form) > 1]
    return (*([Way(How.ANY, single, SYNONYM)] if single else []), *ways)


def _one(word: str, vocabulary: Vocabulary, synonyms: Synonyms) -> Thing:
    ways = [Way(How.PHRASE, (word,), WHOLE)]
    if len(word) >= SHORTEST_START:
        ways.append(Way(How.START, (word,), START))
    ways += _others(synonyms.get((stem(word),), ()))
    if stem(word) not in vocabulary.stems:
        ways += _unknown(word, vocabulary, synonyms)
    if len(word) > 6 and word.startswith("ge") and word[-1] in "dt":  # a participle: gemotiveerd → motiver…
        ways.append(Way(How.ANY, tuple(vocabulary.starting(stem(word[2:-1]))), FAMILY))
    if len(word) >= FAMILY_FROM:
        ways.append(Way(How.ANY, _others_than(word, vocabulary.starting(word[: max(6, len(word) * 2 // 3)])), FAMILY))
    if len(word) >= TAIL_FROM:
        tails = dict.fromkeys([*vocabulary.ending(stem(word)), *vocabulary.ending(word)])
        ways.append(Way(How.ANY, _others_than(word, tails), TAIL))
    return tuple(way for way in ways if way.words)


def _others_than(word: str, words: Iterable[str]) -> tuple[str, ...]:
    """Without the words that are found by their beginning already."""
    return tuple(other for other in words if not other.startswith(word) and stem(other) != stem(word))


def _unknown(word: str, vocabulary: Vocabulary, synonyms: Synonyms) -> list[Way]:
    """A typing error, or a compound that the library does not have."""
    near = vocabulary.near(word)
    if near:
        return [Way(How.ANY, tuple(near), NEAR), *_others(synonyms.get((stem(near[0]),), ()))]
    parts = vocabulary.parts(word)
    if parts:
        return [Way(How.ALL, parts, TOGETHER), Way(How.ANY, parts, ANY)]
    return []
