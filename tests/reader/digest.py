"""Read the digest of the guides, and compare rows with it: what a row cites, quotes and copies."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tests.reader.make_digest import BITS, DATA, fingerprint
from tests.reader.rows import Row
from tests.reader.words import RUN, numbers, runs, words

CHAPTER = re.compile(r"\b(?:hoofdstuk|paragraaf|tabel)\s+[\d.]+", re.IGNORECASE)  # a place in a guide, no figure
ARTICLE = {"1"}
SMALL = {str(number) for number in range(13)}


@dataclass(frozen=True)
class Digest:
    """One guide. `sections`: {heading: its numbers}; `runs`: the hashes of its runs of twelve words."""

    sections: Mapping[str, frozenset[str]]
    runs: frozenset[bytes]


def read_digest(code: str, folder: Path = DATA) -> Digest:
    sections = json.loads((folder / f"{code}.json").read_text(encoding="utf-8"))
    hashes, size = (folder / f"{code}.runs").read_bytes(), BITS // 8
    return Digest(
        {heading: frozenset(found) for heading, found in sections.items()},
        frozenset(hashes[at : at + size] for at in range(0, len(hashes), size)),
    )


@lru_cache(maxsize=1)
def guides() -> dict[str, Digest]:
    """{code of the source: its digest}, in the order of the codes."""
    return {path.stem: read_digest(path.stem) for path in sorted(DATA.glob("*.json"))}


def unknown_headings(rows: Iterable[Row], digests: Mapping[str, Digest]) -> list[str]:
    return [
        f"{row.name} cites {source}: {heading!r}, which is no heading of that guide"
        for row in rows
        for source, heading in row.citations
        if source not in digests or heading not in digests[source].sections
    ]


def strange_numbers(rows: Iterable[Row], digests: Mapping[str, Digest]) -> list[str]:
    """Every figure in a quoting field that stands in none of the sections which the row cites.

    The year of a guide that the row cites dates what it says. So does the period of a fact, which a guide often
    gives only once: that is looked for in the whole guide.
    """
    faults = []
    for row in rows:
        cited = [digests[source].sections.get(heading, frozenset()) for source, heading in row.citations]
        guide = [found for source, _ in row.citations for found in digests[source].sections.values()]
        for field, text in row.quoting.items():
            there = row.own_numbers.union(*(guide if field == "period" else cited))
            if strange := _quoted(text, row) - there:
                faults.append(f"{row.name}, {field}: {', '.join(sorted(strange))} stands in no section that it cites")
    return faults


def _quoted(text: str, row: Row) -> set[str]:
    """The figures in a text. Written out, "twee" or "vijf" counts what the text itself sums up; not in a fact."""
    text = CHAPTER.sub("", text)
    counts = ARTICLE if row.figure else SMALL
    return numbers(text) | (numbers(text, in_words=True) - counts)


def copied_runs(rows: Iterable[Row], digests: Mapping[str, Digest], allowed: Iterable[str] = ()) -> list[str]:
    """Every run of twelve words or more that stands in a guide. A name of twelve words may be the guide's own.

    `allowed`: texts that one cannot say otherwise, such as the title of a law.
    """
    free = {run for text in allowed for _, run in runs(text)}
    known = frozenset().union(*(digest.runs for digest in digests.values()))
    return [
        f"{row.name}, {field}: {copy!r} stands in a guide"
        for row in rows
        for field, text in row.texts.items()
        if not (field in row.names and len(words(text)) <= RUN)
        for copy in _copies(text, known, free)
    ]


def _copies(text: str, known: frozenset[bytes], free: set[str]) -> Iterator[str]:
    """The longest runs that are known; runs that overlap are told as one."""
    found, all_words = [], words(text)
    for at, run in runs(text):
        if run not in free and fingerprint(run) in known:
            if found and at <= found[-1][1]:
                found[-1][1] = at + RUN
            else:
                found.append([at, at + RUN])
    return (" ".join(all_words[first:last]) for first, last in found)
