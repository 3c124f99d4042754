"""The figures as a workbook: the shown ones and nothing else, text that stays text, the same bytes."""

import io
import json
import zipfile
from datetime import datetime
from fractions import Fraction

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from advice.rounds import frozen as freezer
from advice.rounds.sheets import HIDDEN, KIND_WORDS, sheets_of
from advice.rounds.workbook import XLSX, height_of, workbook_bytes
from scans.models import RoundResult

from .made_up import frozen_rounds, names_of

pytestmark = [pytest.mark.both, pytest.mark.django_db]
SHEETS = ["Leeswijzer", "Thema’s × teams", "Cijfers", "Afgeschermd", "Spiegel", "Verloop", "Verantwoording"]
HOSTILE = ("=1+1", "+31 6", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1+1", "\r=1+1", "#N/A", '=HYPERLINK("http://x")')


def opened(body: bytes):
    return load_workbook(io.BytesIO(body))


def rows_of(book, title) -> list[tuple]:
    return [tuple(row) for row in book[title].iter_rows(min_row=2, values_only=True)]


def points(bound) -> float:
    """A bound of the frozen result ("35/2") as a cell can hold it."""
    return round(float(Fraction(bound)), 4)


def in_words(frozen) -> set[tuple]:
    """Every figure of the frozen text, as the workbook says it."""
    content = json.loads(frozen.text)
    names = {group.key: group.name for group in (frozen.municipal, *frozen.groups)}
    titles = {theme.code: theme.title for theme in frozen.themes}
    asked = {question.code: question.text for one in frozen.contents.values() for question in one.questions}
    return {
        (names[one["group"]], titles[one["theme"]], asked.get(one["question"]), KIND_WORDS[one["kind"]], one["shown"],
         points(one["low"]), points(one["high"]), one["people"])
        for one in content["figures"]
    }  # fmt: skip


def test_the_figures_are_the_shown_ones_and_nothing_else(content):
    rounds = frozen_rounds(names_of(4), 2, hidden={1})
    book = opened(workbook_bytes(rounds))
    assert book.sheetnames == SHEETS
    rows = rows_of(book, "Cijfers")
    assert len(rows) == len(json.loads(rounds[-1].text)["figures"]) > 70
    assert set(rows) == in_words(rounds[-1])
    assert {row[3] for row in rows} == set(KIND_WORDS.values())


def test_what_is_suppressed_has_a_reason_and_no_number(content):
    frozen = frozen_rounds(names_of(3), hidden={0})[-1]
    book = opened(workbook_bytes((frozen,)))
    hidden = rows_of(book, "Afgeschermd")
    assert len(hidden) == len(json.loads(frozen.text)["suppressed"]) == 12
    assert all(row[0] == "klantmanagers van Team 01" and row[3].startswith("Te weinig mensen") for row in hidden)
    for row in rows_of(book, "Thema’s × teams"):
        assert row[1] == HIDDEN
        assert row[2][0].isdigit()


def test_rows_are_as_high_as_their_text(content):
    assert height_of(("kort", 1.0, None), (20, 5, 5)) == 15
    assert height_of(("tien woorden die samen niet in een smalle kolom passen", "kort"), (20, 20)) == 60
    assert height_of(("",), (20,)) == 15 and height_of(("woord " * 900,), (20,)) == 409
    page = opened(workbook_bytes(frozen_rounds(names_of(3), hidden={0})))["Afgeschermd"]
    assert page.row_dimensions[1].height == 15
    assert all(page.row_dimensions[number].height in (30, 45) for number in range(2, page.max_row + 1))


def test_every_number_in_the_file_is_a_shown_bound(content):
    """Nothing finer than the words: the only numeric cells are bounds, and dates of rounds."""
    rounds = frozen_rounds(names_of(3), 2)
    frozen = rounds[-1]
    bounds = {points(bound) for shown in (*frozen.scores.values(), *frozen.dont_know.values(), *frozen.leads.values())
              for bound in (shown.low, shown.high)}  # fmt: skip
    days = {datetime.combine(day, datetime.min.time()) for one in rounds for day in (one.opened_on, one.last_day)}
    found = [cell.value for page in opened(workbook_bytes(rounds)) for row in page for cell in row]
    numbers = {value for value in found if isinstance(value, int | float)}
    assert numbers and numbers <= bounds
    assert {value for value in found if isinstance(value, datetime)} <= days


def test_the_development_knows_every_round_and_no_later_one(content):
    rounds = frozen_rounds(names_of(2), 3)
    rows = rows_of(opened(workbook_bytes(rounds)), "Verloop")
    assert len(rows) == 5 * 12 * 3  # the municipality, two teams, two roles
    earlier = rows_of(opened(workbook_bytes(rounds[:1])), "Verloop")
    assert {row[2].date() for row in earlier} == {rounds[0].last_day}
    assert "ronde" in rows[1][6] and not rows[0][6]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_that_looks_like_a_formula_stays_text(content, name):
    rounds = frozen_rounds([name, "Zuid"], municipality=name)
    body = workbook_bytes(rounds)
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        pages = [parts.read(part).decode() for part in parts.namelist() if "/worksheets/sheet" in part]
        assert len(pages) == len(SHEETS) and not any("<f>" in page or "<f " in page for page in pages)
        assert not [part for part in parts.namelist() if "external" in part or "vba" in part.lower()]
    book = opened(body)
    cells = [cell for page in book for row in page for cell in row if isinstance(cell.value, str)]
    assert {cell.data_type for cell in cells} == {"s"}
    text = name.replace("\t", " ").replace("\r", " ")
    named = [cell for cell in cells if cell.value == text]
    assert len(named) >= 2  # the column of the grid and the municipality: there is something to defuse
    if text.strip()[0] in "=+-@":
        assert all(cell.quotePrefix and cell.number_format == "@" for cell in named)


def test_without_the_guard_the_same_name_would_be_a_formula(content, monkeypatch):
    """The negative control: written as openpyxl does by itself."""

    def unguarded(cell, value):
        cell.value = value

    monkeypatch.setattr("advice.rounds.workbook.put", unguarded)
    book = opened(workbook_bytes(frozen_rounds(["=1+1"])))
    assert "f" in {cell.data_type for page in book for row in page for cell in row}


def test_the_same_round_gives_the_same_bytes_whenever_it_is_asked(content, monkeypatch):
    import openpyxl.writer.excel as writer

    rounds = frozen_rounds(names_of(2), 2)
    first = workbook_bytes(rounds)

    class Later(datetime):
        @classmethod
        def now(cls, tz=None):
            return cls(2031, 1, 1, tzinfo=tz)

    monkeypatch.setattr(writer.datetime, "datetime", Later)
    assert workbook_bytes(rounds) == first
    properties = opened(first).properties
    assert properties.creator == "Quickscan" and properties.lastModifiedBy is None
    assert properties.created == properties.modified
    assert properties.modified.date() == rounds[-1].last_day


def test_it_can_be_read_and_printed(content):
    book = opened(workbook_bytes(frozen_rounds(names_of(26), 2)))
    for page in book:
        assert page.freeze_panes in ("A2", "B2") and page.print_title_rows == "$1:$1"
        assert page.sheet_properties.pageSetUpPr.fitToPage and page.page_setup.orientation == "landscape"
        assert all(page.column_dimensions[cell.column_letter].width >= 12 for cell in page[1])
    assert book["Thema’s × teams"].max_column == 28


def test_a_round_without_shown_figures_is_a_file_without_figures(content):
    rounds = frozen_rounds(names_of(1), hidden=None)
    book = opened(workbook_bytes(rounds))
    assert rows_of(book, "Cijfers") == []
    numbers = [cell.value for page in book for row in page for cell in row if isinstance(cell.value, int | float)]
    assert numbers == []


def test_every_sheet_is_plain_rows_as_wide_as_its_header(content):
    for sheet in sheets_of(frozen_rounds(names_of(3), 2, hidden={0})):
        assert len(sheet.widths) == len(sheet.header)
        assert {len(row) for row in sheet.rows} == {len(sheet.header)}


# --- through the door --------------------------------------------------------------------------------------


def test_the_download_says_the_same_as_the_frozen_result(manager, world, closed):
    response = manager.get(reverse("round_xlsx", args=[closed.public_id]))
    frozen = freezer.frozen_or_404(world.municipality, closed.public_id)
    assert response["Content-Type"] == XLSX and response["Cache-Control"] == "no-store"
    name = f"uitkomst-{frozen.last_day.isoformat()}.xlsx"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    book = opened(response.content)
    assert set(rows_of(book, "Cijfers")) == in_words(frozen) and frozen.scores
    account = dict(rows_of(book, "Verantwoording"))
    assert account["Gemeente"] == "Aadorp" and RoundResult.objects.get().sha256 in account.values()


def test_what_happens_later_does_not_change_the_file(manager, world, two_closed):
    first = reverse("round_xlsx", args=[two_closed[0].public_id])
    before = manager.get(first).content
    for team in world.teams.values():
        type(team).objects.filter(pk=team.pk).update(name=f"Anders {team.pk}")
    type(world.municipality).objects.update(name="Anders")
    assert manager.get(first).content == before
