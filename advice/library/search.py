"""Searching the library: PostgreSQL's full text in Dutch, or the same thought in Python where there is SQLite."""

from functools import lru_cache
from math import log

from django.db import connection

from . import fallback
from .index import index
from .question import How, Thing, Way, things
from .words import normalised

CONFIGURATION = "dutch"
JOINED = {How.PHRASE: " <-> ", How.ALL: " & ", How.ANY: " | ", How.START: " & "}

# The entries that have one thing, each with the surest way in which it has it.
SQL = """
WITH way AS MATERIALIZED (
    SELECT sure, to_tsquery(%s::regconfig, words) AS query
    FROM unnest(%s::float8[], %s::text[]) AS asked (sure, words)
), best AS (
    SELECT code, max(way.sure * entry.rank) AS rank
    FROM way CROSS JOIN LATERAL (
        SELECT code, ts_rank(search, way.query) AS rank
        FROM advice_intervention WHERE search @@ way.query OFFSET 0
    ) AS entry
    GROUP BY code
)
SELECT array_agg(code), array_agg(rank) FROM best
"""


def search(text: str) -> tuple[str, ...]:
    """Codes of the entries that have at least one word of the text, best first. Takes any text, raises nothing."""
    return _search(normalised(text))


@lru_cache(maxsize=512)
def _search(text: str) -> tuple[str, ...]:
    """Entries that have all things come first, then those that have some. `text` is normalised.

    A thing that few entries have counts for more.
    """
    known = index()
    counts: dict[str, int] = {}
    ranks: dict[str, float] = {}
    for thing in things(text, known.vocabulary, known.synonyms):
        hits = _entries(thing)
        rarity = log(1 + len(known.content.entries) / len(hits)) if hits else 0
        for code, rank in hits.items():
            counts[code] = counts.get(code, 0) + 1
            ranks[code] = ranks.get(code, 0) + rank * rarity
    return tuple(sorted(ranks, key=lambda code: (-counts[code], -ranks[code], code)))


@lru_cache(maxsize=1024)
def _entries(thing: Thing) -> dict[str, float]:
    """{code: rank} of the entries that have a thing. Remembered, since the content never changes in a process."""
    known = index()
    found = _in_postgresql(thing) if connection.vendor == "postgresql" else fallback.entries(thing, known)
    return {code: rank for code, rank in found.items() if code in known.content.by_code}


def _in_postgresql(thing: Thing) -> dict[str, float]:
    with connection.cursor() as cursor:
        cursor.execute(SQL, [CONFIGURATION, [way.sure for way in thing], [_query(way) for way in thing]])
        codes, ranks = cursor.fetchone()
    return dict(zip(codes or (), ranks or (), strict=True))


def _query(way: Way) -> str:
    """The way in the language of to_tsquery. Words hold only letters and digits, so quoting them is enough."""
    return JOINED[way.how].join(f"'{word}'" + (":*" if way.how is How.START else "") for word in way.words)


def forget() -> None:
    for remembered in (_search, _entries):
        remembered.cache_clear()
