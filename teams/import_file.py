"""Reads the rows of a CSV or XLSX file with people. Knows tables, no database.

Everything that is wrong comes back as a Mistake with its row and column, in Dutch. Row numbers are those of the file:
the headings are row 1, unless something stands above them.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError

from teams.models import PersonRole
from teams.plain_text import check_invited_email, check_plain, tidy
from teams.table_file import MAX_ROWS, TOO_MANY, Unreadable, read_table

MAX_BYTES = 2 * 1024 * 1024
COLUMNS = {"name": "naam", "email": "e-mail", "team": "team", "role": "rol"}
_ALSO = {"email": "e-mail", "e-mailadres": "e-mail", "emailadres": "e-mail"}
_MAX_LENGTH = {"name": 150, "email": 254, "team": 100}
_ROLES = {label: value for value, label in PersonRole.choices}


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
    table = read_table(content, _known)
    rows = [(number, cells) for number, cells in enumerate(table, 1) if any(cell.strip() for cell in cells)]
    if not rows:
        raise Unreadable("Dit bestand is leeg.")
    if len(rows) - 1 > MAX_ROWS:
        raise Unreadable(TOO_MANY)
    (top, headings), *body = rows
    columns, mistakes = _columns(top, headings)
    if mistakes:
        return [], mistakes
    if not body:
        raise Unreadable("Onder de kolomnamen staan geen mensen.")
    return _people(columns, body)


# --- from a table to people --------------------------------------------------------------------------------


def _heading(text: str) -> str:
    text = tidy(text).lower()
    return _ALSO.get(text, text)


def _known(headings: list[str]) -> int:
    return sum(_heading(heading) in COLUMNS.values() for heading in headings)


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
