"""The tools of the adversary over HTTP: the table written a second time, and the eye for numbers without a reason."""

import io
from fractions import Fraction

import pytest
from openpyxl import Workbook

from scans.scoring import people_band
from scans.scoring.publication import LEADS
from scans.scoring.rounding import THIRDS, cells_for, round_share
from tests.attack import public_table
from tests.attack.explained import Reasons, short_phrases, unexplained
from tests.attack.harvest import HTML, XLSX, Served, texts_of

REASONS = Reasons(
    content=frozenset({"Van de ondervraagden vond 92% het leuk."}),
    bounds=frozenset({Fraction(35), Fraction(200, 3)}),
    phrases=short_phrases({"60", "tussen 35 en 65", "5–9", "4 december 2026", "minstens 5 mensen"}),
    weeks=frozenset({4}),
    counts=frozenset({6, 18}),
)


@pytest.mark.parametrize("people", range(5, 40))
def test_the_documented_table_is_the_table_of_the_app(people):
    of_the_app = {cell.text: (cell.low, cell.high) for cell in cells_for(people)}
    assert public_table.classes(people_band(people)) == of_the_app


def test_differences_and_shares_as_documented():
    assert {cell.text: (cell.low, cell.high) for cell in LEADS} == public_table.DIFFERENCES
    for part, words in enumerate(THIRDS):
        shown = round_share(part, 2)
        assert (shown.text, (shown.low, shown.high)) == (words, public_table.share_of(words))


@pytest.mark.parametrize("text", ["47,9", "52", "0", "100", "33.3", "tussen 3 en", "70 of lager"])
def test_a_text_outside_the_table_is_refused(text):
    with pytest.raises(public_table.NotInTheTable):
        public_table.bounds_of(text, "5–9")
    with pytest.raises(public_table.NotInTheTable):
        public_table.bounds_of("30 of lager", "minder dan 5")


def page(text: str, name: str = "round_group") -> Served:
    return Served("/", name, (), 200, "", HTML, f"<html><body><p>{text}</p></body></html>".encode())


@pytest.mark.parametrize(
    "text",
    [
        "60", "60 (Afgesproken)", "tussen 35 en 65", "5–9", "Ronde tot en met 4 december 2026", "minstens 5 mensen",
        "binnen 4 weken", "Goed: Van de ondervraagden vond 92% het leuk.", "Bron: een gids (2021), ‘4.2.1 Focus’",
    ],
)  # fmt: skip
def test_a_number_with_a_reason(text):
    assert unexplained(page(text), REASONS) == []


@pytest.mark.parametrize(
    "text",
    [
        "47,9", "60,4", "160", "7 mensen deden mee", "6 mensen", "5", "92", "92%", "tussen 36 en 65", "4",
        '<svg role="img" aria-label="Visie: 47,9"></svg>', "5 december 2026", "binnen 5 weken",
    ],
)  # fmt: skip
def test_a_number_without_a_reason_is_seen(text):
    assert len(unexplained(page(text), REASONS)) == 1


def test_numbers_of_the_own_list_have_a_reason_on_the_list_only():
    assert unexplained(page("6 mensen", "municipality_home"), REASONS) == []
    assert unexplained(page("7 mensen", "municipality_home"), REASONS)


def test_a_workbook_is_read_cell_by_cell():
    book, target = Workbook(), io.BytesIO()
    book.active.title = "Cijfers"
    book.active.append(["Visie", "60", 47.9, 35, 66.6667])
    book.save(target)
    served = Served("/", "", (), 200, "", XLSX, target.getvalue())
    assert {"Cijfers", "Visie", "60", "47.9"} <= set(texts_of(served))
    (only,) = unexplained(served, REASONS)
    assert "47.9" in only
