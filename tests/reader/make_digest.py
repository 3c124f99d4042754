"""`python -m tests.reader.make_digest FOLDER` makes the digest of the guides from their texts in FOLDER.

Per guide two files in tests/reader/data/. `<code>.json`: its headings in order, each with the numbers of its section,
that is the text up to the next heading. `<code>.runs`: 40 bits of the hash of every run of twelve words, in order of
value. From neither can a sentence be read back. The same texts give the same bytes.
"""

import argparse
import json
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import yaml

from tests.reader.words import numbers, runs, words

DATA = Path(__file__).parent / "data"
HEADINGS = Path(__file__).parent / "headings.yaml"
BITS = 40
# The texts are called after the code of their guide or numbered in this order: "bo.txt", "000_….txt".
NUMBERED = {"bo": "000", "eaa": "001", "kis": "002", "vng": "003", "via": "004"}


class DigestError(Exception):
    """The texts are not those that the headings were read from; the message says which and where."""


@dataclass(frozen=True)
class Outline:
    """The headings of a guide in order, and the line that ends the last section (literature), or ""."""

    headings: tuple[str, ...]
    end: str = ""


def outlines(path: Path = HEADINGS) -> dict[str, Outline]:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {code: Outline(tuple(guide["headings"]), guide.get("end", "")) for code, guide in content.items()}


def starts(lines: list[str], headings: tuple[str, ...]) -> list[tuple[int, int]]:
    """Where each heading stands, as (first line, first line after it). Raises DigestError when one is missing.

    A heading is the first line, or the first two together, with just these words after the heading before it. In a
    table of contents the number of the page follows, so that no line there is taken for a heading.
    """
    found, line = [], 0
    for heading in headings:
        wanted = words(heading)
        for at in range(line, len(lines)):
            size = next((n for n in (1, 2) if words("\n".join(lines[at : at + n])) == wanted), 0)
            if size and words(lines[at]):
                break
        else:
            raise DigestError(f"{heading!r} does not stand after line {line}")
        line = at + size
        found.append((at, line))
    return found


def sections(text: str, outline: Outline) -> dict[str, list[str]]:
    """{heading: its numbers, sorted}. The number of a chapter in a heading is no figure."""
    lines = text.split("\n")
    places = starts(lines, (*outline.headings, *([outline.end] if outline.end else [])))
    ends = [at for at, _ in places[1:]] + [len(lines)]
    found = {}
    for heading, (_, first), last in zip(outline.headings, places, ends, strict=False):
        body = "\n".join([heading.lstrip("0123456789. "), *lines[first:last]])
        found[heading] = sorted(numbers(body, in_words=True), key=lambda number: (len(number), number))
    return found


def fingerprint(run: str) -> bytes:
    return blake2b(run.encode(), digest_size=BITS // 8).digest()


def write_digest(code: str, text: str, outline: Outline, target: Path = DATA) -> None:
    try:
        found = sections(text, outline)
    except DigestError as error:
        raise DigestError(f"{code}: {error}") from error
    rows = ",\n".join(
        f"  {json.dumps(name, ensure_ascii=False)}: {json.dumps(value)}" for name, value in found.items()
    )
    (target / f"{code}.json").write_text(f"{{\n{rows}\n}}\n", encoding="utf-8")
    (target / f"{code}.runs").write_bytes(b"".join(sorted({fingerprint(run) for _, run in runs(text)})))


def write_all(folder: Path, target: Path = DATA) -> None:
    """Raises DigestError when a text is missing or is not the one that the headings belong to."""
    for code, outline in outlines().items():
        files = sorted([*folder.glob(f"{code}.txt"), *folder.glob(f"{NUMBERED[code]}*.txt")])
        if len(files) != 1:
            raise DigestError(f"{code}: {len(files)} texts in {folder}, not one")
        write_digest(code, files[0].read_text(encoding="utf-8"), outline, target)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Make the digest of the guides.")
    parser.add_argument("folder", type=Path, help="with the five texts")
    write_all(parser.parse_args().folder)
