"""Reads the rows of a CSV or XLSX file with people. Knows files and tables, no database.

Everything that is wrong comes back as a Mistake with its row and column, in Dutch. Row numbers are those that a
spreadsheet shows: the headings are row 1.
"""

import csv
import io
import warnings
import zipfile
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from teams.models import PersonRole
from teams.plain_text import check_invited_email, check_plain, tidy

MAX_BYTES = 2 * 1024 * 1024
MAX_ROWS = 5000
MAX_COLUMNS = 50
MAX_UNPACKED = 30 * 1024 * 1024  # an XLSX is a zip; this is what may come out of it
COLUMNS = {"name": "naam", "email": "e-mail", "team": "team", "role": "rol"}
_ALSO = {"email": "e-mail", "e-mailadres": "e-mail", "emailadres": "e-mail"}
_MAX_LENGTH = {"name": 150, "email": 254, "team": 100}
_ROLES = {label: value for value, label in PersonRole.choices}


class Unreadable(Exception):
    """The file as a whole cannot be used; the text says why, in Dutch."""


@dataclass(frozen=True)
class Mistake:
    """`row` 0 means the file as a whole."""

    row: int
    column: str
    text: str


@dataclass(frozen=True)
class Row:
    number: int
    name: str
    email: str
    team: str
    role: str


def read_people(content: bytes) -> tuple[list[Row], list[Mistake]]:
    """The rows of a file and everything that is wrong with them. Raises Unreadable when it is no such file."""
    if len(content) > MAX_BYTES:
        raise Unreadable("Dit bestand is groter dan 2 MB. Verdeel het over meer bestanden.")
    table = _xlsx(content) if content.startswith(b"PK\x03\x04") else _csv(content)
    rows = [(number, cells) for number, cells in enumerate(table, 1) if any(cell.strip() for cell in cells)]
    if not rows:
        raise Unreadable("Dit bestand is leeg.")
    if len(rows) - 1 > MAX_ROWS:
        raise Unreadable("Dit bestand heeft meer dan 5.000 rijen. Verdeel het over meer bestanden.")
    (top, headings), *body = rows
    columns, mistakes = _columns(top, headings)
    if mistakes:
        return [], mistakes
    if not body:
        raise Unreadable("Onder de kolomnamen staan geen mensen.")
    return _people(columns, body)


# --- from bytes to a table of texts ------------------------------------------------------------------------


def _csv(content: bytes) -> list[list[str]]:
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("Dit is een oud Excel-bestand (.xls). Sla het op als .xlsx of als CSV.")
    text = _decode(content)
    first = text.lstrip("\r\n").splitlines()[0] if text.strip() else ""
    delimiter = max(";,\t", key=lambda sign: len(_known(next(csv.reader([first], delimiter=sign), []))))
    table = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            table.append(cells[:MAX_COLUMNS])
            if len(table) > MAX_ROWS * 2:  # with empty rows in between
                raise Unreadable("Dit bestand heeft meer dan 5.000 rijen. Verdeel het over meer bestanden.")
    except csv.Error as error:
        raise Unreadable(
            f"Rij {len(table) + 1} kunnen wij niet lezen. Misschien staat er een aanhalingsteken te veel."
        ) from error
    return table


def _decode(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Unreadable("Dit bestand kunnen wij niet lezen. Sla het op als CSV (UTF-8) of als .xlsx.")


def _xlsx(content: bytes) -> list[list[str]]:
    from openpyxl import load_workbook  # slow to import, and needed for this only

    try:
        # A zip tells beforehand how much will come out, and is never read beyond that.
        if sum(item.file_size for item in zipfile.ZipFile(io.BytesIO(content)).infolist()) > MAX_UNPACKED:
            raise Unreadable("Dit bestand is uitgepakt te groot. Sla alleen de lijst op, zonder opmaak.")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and drop-down lists that we do not need
            book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # what the file says about its own size need not be true
            # Formulas are read as their text, and then refused: only what somebody sees and typed comes in.
            rows = sheet.iter_rows(max_row=MAX_ROWS * 2 + 1, max_col=MAX_COLUMNS, values_only=True)
            table = [[_cell(value) for value in row] for row in rows]
        book.close()
    except Unreadable:
        raise
    except Exception as error:  # a broken zip or XML shows itself in a dozen ways
        raise Unreadable(
            "Dit Excel-bestand kunnen wij niet lezen. Sla het opnieuw op als .xlsx of als CSV."
        ) from error
    if len(table) > MAX_ROWS * 2:
        raise Unreadable("Dit bestand heeft meer dan 5.000 rijen. Verdeel het over meer bestanden.")
    return table


def _cell(value) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value)


# --- from a table to people --------------------------------------------------------------------------------


def _heading(text: str) -> str:
    text = tidy(text).lower()
    return _ALSO.get(text, text)


def _known(headings: list[str]) -> list[str]:
    return [heading for heading in map(_heading, headings) if heading in COLUMNS.values()]


def _columns(row: int, headings: list[str]) -> tuple[dict[str, int], list[Mistake]]:
    """Where each of our columns stands. Columns that we do not know are left alone: nothing of them is kept."""
    names = [_heading(heading) for heading in headings]
    mistakes = [
        Mistake(row, heading, "Deze kolom ontbreekt." if heading not in names else "Deze kolom staat er twee keer.")
        for heading in COLUMNS.values()
        if names.count(heading) != 1
    ]
    return {field: names.index(heading) for field, heading in COLUMNS.items() if heading in names}, mistakes


def _people(columns: dict[str, int], body) -> tuple[list[Row], list[Mistake]]:
    rows, mistakes, seen = [], [], {}
    for number, cells in body:
        texts = {field: tidy(cells[place]) if place < len(cells) else "" for field, place in columns.items()}
        wrong = [
            Mistake(number, COLUMNS[field], text) for field, value in texts.items() if (text := _fault(field, value))
        ]
        email = texts["email"].lower()
        if not wrong and email in seen:
            wrong = [Mistake(number, COLUMNS["email"], f"Dit e-mailadres staat ook in rij {seen[email]}.")]
        if wrong:
            mistakes += wrong
            continue
        seen[email] = number
        rows.append(Row(number, texts["name"], email, texts["team"], _ROLES[texts["role"].lower()]))
    return rows, mistakes


def _fault(field: str, value: str) -> str:
    """What is wrong with one cell, or ""."""
    if not value:
        return "Hier staat niets."
    if len(value) > _MAX_LENGTH.get(field, 100):
        return f"Dit is langer dan {_MAX_LENGTH.get(field, 100)} tekens."
    try:
        check_invited_email(value) if field == "email" else check_plain(value)
    except ValidationError as error:
        return " ".join(error.messages)
    if field == "role" and value.lower() not in _ROLES:
        return "Deze rol kennen wij niet. Kies klantmanager, beleidsmedewerker of manager."
    return ""
