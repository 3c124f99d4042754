"""Reading a file with people: every delimiter, every encoding, and every mistake with its row and column."""

import codecs

import pytest

from teams.import_file import MAX_BYTES, Mistake, Row, Unreadable, read_people
from tests.teams.files import GOOD, HEAD, KIM, LEE, ZOE, changed, csv, xlsx

SHEET = "xl/worksheets/sheet1.xml"
EXPECTED = [
    Row(2, "Kim de Boer", "kim@aadorp.nl", "Noord", "client_manager"),
    Row(3, "Zoë Müller", "zoe@aadorp.nl", "Zuid", "policy_officer"),
    Row(4, "Lee Bos", "lee@aadorp.nl", "zuid", "manager"),
]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_a_csv_is_read_however_it_was_saved(delimiter, encoding, end):
    assert read_people(csv(GOOD, delimiter, encoding, end)) == (EXPECTED, [])


def test_what_excel_calls_unicode_text_is_read_from_either_end():
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        assert read_people(mark + csv(GOOD, "\t", encoding)) == (EXPECTED, [])


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("line", ["sep={}", "SEP={}", '"sep={}"'])
def test_a_first_line_for_excel_is_skipped_and_counted(delimiter, encoding, line):
    wrong = csv([[line.format(delimiter)], HEAD, KIM, ["", *ZOE[1:]]], delimiter, encoding)
    rows, (mistake,) = read_people(wrong)
    assert ([row.number for row in rows], mistake) == ([3], Mistake(4, "naam", "Hier staat niets."))


def test_a_separator_that_is_not_true_does_no_harm():
    rows, mistakes = read_people(b"sep=,\r\n" + csv(GOOD))
    assert (len(rows), mistakes) == (3, [])


def test_only_a_first_line_can_tell_the_separator():
    _, mistakes = read_people(csv([["lijst"], ["sep=;"], *GOOD]))
    assert [mistake.text for mistake in mistakes] == ["Deze kolom ontbreekt."] * 4


@pytest.mark.parametrize("above", [b"\t\t\t\r\n", b" \r\n\r\n"])
def test_rows_without_anything_above_the_headings_say_nothing_about_the_separator(above):
    rows, mistakes = read_people(above + csv(GOOD, "\t"))
    assert (len(rows), mistakes) == (3, [])


def test_a_line_break_in_a_heading_or_a_name_is_a_space():
    text = '"mobiel\nnummer"\tnaam\te-mail\tteam\trol\n06\t"Kim\nde Boer"\tkim@aadorp.nl\tNoord\tmanager\n'
    (row,), mistakes = read_people(text.encode())
    assert (row.name, row.number, mistakes) == ("Kim de Boer", 2, [])


def test_an_xlsx_is_read():
    assert read_people(xlsx(GOOD)) == (EXPECTED, [])


def test_only_the_first_sheet_counts():
    assert read_people(xlsx(GOOD, extra_sheets=["Blad2"])) == (EXPECTED, [])


def test_columns_stand_in_any_order_and_others_are_left_alone():
    rows = [
        ["Telefoon", "ROL ", "Team", "E-mailadres", "Naam"],
        ["06", "manager", "Zuid", "lee@aadorp.nl", "Lee Bos"],
    ]
    (row,), mistakes = read_people(csv(rows))
    assert (row, mistakes) == (Row(2, "Lee Bos", "lee@aadorp.nl", "Zuid", "manager"), [])


def test_quotes_empty_rows_and_spaces_are_tidied():
    text = '\r\n"naam";"e-mail";"team";"rol"\r\n;;;\r\n'
    text += '" Kim   de Boer ";KIM@AADORP.NL;"Noord; oost";klantmanager\r\n\r\n'
    (row,), mistakes = read_people(text.encode())
    assert (row, mistakes) == (Row(4, "Kim de Boer", "kim@aadorp.nl", "Noord; oost", "client_manager"), [])


def test_numbers_and_empty_cells_in_excel_become_text():
    (row,), mistakes = read_people(xlsx([HEAD, ["Kim", "kim@aadorp.nl", 12, "klantmanager", None]]))
    assert (row.team, mistakes) == ("12", [])


# --- mistakes --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [csv, xlsx])
@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        (0, "", "Hier staat niets."),
        (0, "x" * 151, "langer dan 150 tekens"),
        (0, "=HYPERLINK(\"http://evil.nl\")", "formule"),
        (0, "+31612345678", "formule"),
        (0, "-Jan", "formule"),
        (0, "@jan", "formule"),
        (0, "Jan\u202eBos", "teken dat je niet ziet"),
        (1, "geen adres", "geen geldig e-mailadres"),
        (1, "a@b", "geen geldig e-mailadres"),
        (1, "=cmd@aadorp.nl", "formule"),
        (1, "jan@aadörp.nl", "geen geldig e-mailadres"),
        (2, "", "Hier staat niets."),
        (2, "=1+1", "formule"),
        (2, "x" * 101, "langer dan 100 tekens"),
        (3, "baas", "Kies klantmanager, beleidsmedewerker of manager."),
        (3, "client_manager", "Kies klantmanager"),
        (3, "", "Hier staat niets."),
    ],
)  # fmt: skip
def test_every_mistake_has_its_row_and_column(make, column, value, said):
    wrong = list(ZOE)
    wrong[column] = value.replace('"', "'") if make is csv else value
    rows, (mistake,) = read_people(make([HEAD, KIM, wrong, LEE]))
    assert (mistake.row, mistake.column) == (3, HEAD[column]) and said in mistake.text
    assert len(rows) == 2


def test_all_mistakes_are_told_at_once():
    _, mistakes = read_people(csv([HEAD, ["", "x", "", "y"], KIM, ["=1", "kim@aadorp.nl", "N", "manager"]]))
    assert [(m.row, m.column) for m in mistakes] == [
        (2, "naam"), (2, "e-mail"), (2, "team"), (2, "rol"), (4, "naam"),
    ]  # fmt: skip


def test_an_address_that_stands_there_twice_names_the_first():
    _, mistakes = read_people(csv([HEAD, KIM, ZOE, ["Ander", "KIM@aadorp.nl", "Noord", "manager"]]))
    assert mistakes == [Mistake(4, "e-mail", "Dit e-mailadres staat ook in rij 2.")]


def test_a_short_row_misses_its_last_cells():
    _, mistakes = read_people(b"naam;e-mail;team;rol\nKim;kim@aadorp.nl\n")
    assert [(m.row, m.column, m.text) for m in mistakes] == [
        (2, "team", "Hier staat niets."), (2, "rol", "Hier staat niets."),
    ]  # fmt: skip


def test_missing_and_double_columns_are_named():
    _, mistakes = read_people(csv([["naam", "team", "team", "rol"], ["x", "y", "z", "manager"]]))
    assert [(m.row, m.column, m.text) for m in mistakes] == [
        (1, "e-mail", "Deze kolom ontbreekt."), (1, "team", "Deze kolom staat er twee keer."),
    ]  # fmt: skip


def test_without_headings_all_four_are_missing():
    _, mistakes = read_people(csv([KIM, ZOE]))
    assert [m.column for m in mistakes] == HEAD


# --- files that are none ----------------------------------------------------------------------------------

BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "' + b"x" * 1000 + b'"><!ENTITY b "' + b"&a;" * 1000 + b'">]>'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    b'<c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'
)
OUTSIDE = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    b'<c r="A1" t="inlineStr"><is><t>&a;</t></is></c></row></sheetData></worksheet>'
)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "leeg"),
        (b"\r\n \r\n;;;\r\n", "leeg"),
        (b"\xef\xbb\xbf", "leeg"),
        (csv([HEAD]), "geen mensen"),
        (b"x" * (MAX_BYTES + 1), "2 MB"),
        (csv([HEAD] + [[f"P{n}", f"p{n}@a.nl", "T", "manager"] for n in range(5001)]), "5.000 rijen"),
        (b"naam;e-mail;team;rol\n" + b"\n" * 20000, "5.000 rijen"),
        (b'naam;e-mail;team;rol\n"Kim;kim@aadorp.nl;Noord;manager\n', "Rij 2"),
        (b'naam;e-mail;team;rol\n"Kim"x;k@a.nl;N;manager\n', "Rij 2"),
        (b"naam;e-mail\n" + b'"' + b"x" * 200_000 + b'"', "Rij 2"),
        ("naam;e-mail".encode("utf-16-le"), "kunnen wij niet lezen"),
        (b"naam;\x00e-mail", "kunnen wij niet lezen"),
        (codecs.BOM_UTF16_LE + b"naam;", "kunnen wij niet lezen"),  # half a character at the end
        ("naam;e-mail".encode("utf-32"), "kunnen wij niet lezen"),
        (codecs.BOM_UTF8 + b"\xe9", "kunnen wij niet lezen"),
        (b"x" * 200_000, "Rij 1"),
        (b"MZ\x90\x00\x03" + b"\x00" * 500, "kunnen wij niet lezen"),
        (b"\x81\x8d\x8f\x90\x9d", "kunnen wij niet lezen"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500, "oud Excel-bestand"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "wachtwoord"),
        (b"PK\x03\x04 geen zip", "Excel-bestand kunnen wij niet lezen"),
        (xlsx(GOOD)[:-200], "Excel-bestand kunnen wij niet lezen"),
        (changed(xlsx(GOOD), "xl/workbook.xml", lambda data: b"<x"), "Excel-bestand kunnen wij niet lezen"),
        (changed(xlsx(GOOD), SHEET, lambda data: BOMB), "kunnen wij niet lezen"),
        (changed(xlsx(GOOD), SHEET, lambda data: OUTSIDE), "kunnen wij niet lezen"),
        (changed(xlsx(GOOD), SHEET, lambda data: b" " * 31 * 1024 * 1024), "uitgepakt te groot"),
        (xlsx([HEAD] + [[f"P{n}", f"p{n}@a.nl", "T", "manager"] for n in range(5001)]), "5.000 rijen"),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else "file",  # not its size: a workbook holds the time
)
def test_a_file_that_cannot_be_used_says_why(content, said):
    with pytest.raises(Unreadable, match=said):
        read_people(content)


def test_exactly_five_thousand_rows_are_read():
    rows, mistakes = read_people(csv([HEAD] + [[f"P{n}", f"p{n}@a.nl", "T", "manager"] for n in range(5000)]))
    assert (len(rows), mistakes) == (5000, [])


def test_a_row_number_far_away_does_not_fill_the_memory():
    """Excel leaves out empty rows; a file may claim that the next one is the last of a million."""
    far = changed(
        xlsx([HEAD, KIM]), SHEET, lambda data: data.replace(b'r="2"', b'r="1048576"').replace(b'2"', b'1048576"')
    )
    with pytest.raises(Unreadable):
        read_people(far)


def test_a_false_dimension_hides_nothing():
    wrong = changed(xlsx(GOOD), SHEET, lambda data: data.replace(b'ref="A1:D4"', b'ref="A1:D2"'))
    assert wrong != xlsx(GOOD) and read_people(wrong) == (EXPECTED, [])


def test_a_formula_is_refused_and_its_remembered_value_not_taken():
    cell = b'<c r="A2"><f>"Ki"&amp;"m"</f><v>Kim</v></c>'
    formula = changed(
        xlsx(GOOD), SHEET, lambda data: data.replace(data[data.index(b'<c r="A2"') : data.index(b'<c r="B2"')], cell)
    )
    rows, (mistake,) = read_people(formula)
    assert (mistake.row, mistake.column) == (2, "naam") and "formule" in mistake.text and len(rows) == 2
