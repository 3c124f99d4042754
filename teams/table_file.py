"""From the bytes of a CSV or XLSX file to a table of texts. Knows no people and no database.

The place of a row in the table is its place in the file: empty rows, and a first line that only names the separator,
are counted.
"""

import codecs
import csv
import io
import re
from collections.abc import Callable
from itertools import islice

MAX_ROWS = 5000
MAX_COLUMNS = 50
MAX_READ = MAX_ROWS * 2  # with empty rows in between
TOO_MANY = "Dit bestand heeft meer dan 5.000 rijen. Verdeel het over meer bestanden."
_OLE = b"\xd0\xcf\x11\xe0"  # what Excel wrote before .xlsx, and still writes around a file with a password
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the name of a stream inside
# Excel's "Unicode-tekst" is UTF-16. Without this mark at its beginning it could be anything.
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
# The separator, told to Excel only: no part of the list.
_TOLD = re.compile(r'\A"?sep=([;,\t|])"?[ ;,\t]*(?=[\r\n]|\Z)', re.IGNORECASE)


class Unreadable(Exception):
    """The file as a whole cannot be used; the text says why, in Dutch."""


def read_table(content: bytes, known: Callable[[list[str]], int]) -> list[list[str]]:
    """`known`: how many of these cells are headings that we know. Raises Unreadable."""
    from .workbook_file import read_workbook

    return read_workbook(content) if content.startswith(b"PK\x03\x04") else _csv(content, known)


def _csv(content: bytes, known) -> list[list[str]]:
    if content.startswith(_OLE):
        raise Unreadable(
            "Op dit bestand zit een wachtwoord. Haal het wachtwoord eraf en sla het bestand opnieuw op."
            if _ENCRYPTED in content
            else "Dit is een oud Excel-bestand (.xls). Sla het op als .xlsx of als CSV."
        )
    text, told = _without_separator(_decode(content))
    # The headings decide, not what the first line says: somebody may have changed the one and not the other.
    delimiter = max(told + ";,\t", key=lambda sign: known(_first_row(text, sign)))
    table = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            table.append(cells[:MAX_COLUMNS])
            if len(table) > MAX_READ:
                raise Unreadable(TOO_MANY)
    except csv.Error as error:
        raise Unreadable(
            f"Rij {len(table) + 1} kunnen wij niet lezen. Misschien staat er een aanhalingsteken te veel."
        ) from error
    return table


def _decode(content: bytes) -> str:
    marked = next((encoding for mark, encoding in _MARKS.items() if content.startswith(mark)), "")
    for encoding in (marked,) if marked else ("utf-8", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Unreadable("Dit bestand kunnen wij niet lezen. Sla het op als CSV (UTF-8) of als .xlsx.")


def _without_separator(text: str) -> tuple[str, str]:
    """The text with an empty first line in the place of `sep=;`, and the separator that it told, or ""."""
    found = _TOLD.match(text)
    return (text[found.end() :], found[1]) if found else (text, "")


def _first_row(text: str, delimiter: str) -> list[str]:
    """The first row with something in it: the headings."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return next((cells for cells in islice(rows, MAX_READ) if any(cell.strip() for cell in cells)), [])
    except csv.Error:  # said with its row when the whole is read
        return []
