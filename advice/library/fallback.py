"""The search without PostgreSQL, for development: the same ways and weights over the words in memory."""

from .index import Index
from .question import How, Thing, Way
from .words import stem


def entries(thing: Thing, index: Index) -> dict[str, float]:
    """{code: rank} of the entries that have a thing, each with the surest way in which it has it."""
    found: dict[str, float] = {}
    for way in thing:
        for code, weight in _having(way, index).items():
            found[code] = max(found.get(code, 0), way.sure * weight)
    return found


def _having(way: Way, index: Index) -> dict[str, float]:
    """{code: weight} of the entries that have this way. Words after one another are taken as all of them."""
    if way.how is How.START:
        words = index.vocabulary.starting(way.words[0], most=200)
        return _highest([index.places[stem(word)] for word in words])
    places = [index.places.get(stem(word), {}) for word in way.words]
    if way.how is How.ANY:
        return _highest(places)
    return {
        code: min(place[code] for place in places) for code in places[0] if all(code in place for place in places)
    }


def _highest(places: list[dict[str, float]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for place in places:
        for code, weight in place.items():
            found[code] = max(found.get(code, 0), weight)
    return found
