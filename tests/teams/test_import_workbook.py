"""Workbooks that were made to do harm, or that bring more than a list: refused, at once and with what to do."""

import re
import struct
import time
import tracemalloc
import zipfile

import pytest

from teams import workbook_file
from teams.import_file import MAX_BYTES, Unreadable, read_people
from tests.teams.files import GOOD, HEAD, changed, with_part, xlsx

TYPES, SHEET = "[Content_Types].xml", "xl/worksheets/sheet1.xml"
WORKBOOK = rb"application/vnd\.openxmlformats-officedocument\.spreadsheetml\.sheet\.main\+xml"
NAMESPACE = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
WITHOUT_MACROS = r"als gewone Excel-werkmap \(\.xlsx\) zonder macro’s"


def typed(kind: bytes) -> bytes:
    return changed(xlsx(GOOD), TYPES, lambda data: re.sub(WORKBOOK, kind, data))


def sheet_of(inside: bytes) -> bytes:
    whole = b"<worksheet " + NAMESPACE + b"><sheetData>" + inside + b"</sheetData></worksheet>"
    return changed(xlsx(GOOD), SHEET, lambda data: whole)


def in_utf_16(data: bytes) -> bytes:
    text = data.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    return text.encode("utf-16")


FORMATS = b'<xf numFmtId="0"/>' * 390_000
MACRO_BOOK = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"


@pytest.mark.parametrize(
    "content",
    [
        typed(MACRO_BOOK),
        typed(b"application/vnd.ms-excel.template.macroEnabled.main+xml"),
        changed(typed(MACRO_BOOK), TYPES, in_utf_16),
        with_part(xlsx(GOOD), "xl/vbaProject.bin", b"\xd0\xcf\x11\xe0"),
        with_part(xlsx(GOOD), "xl/VBAPROJECT.BIN", b"\xd0\xcf\x11\xe0"),
        with_part(xlsx(GOOD), "xl/macrosheets/sheet1.xml", b"<x/>"),
    ],
    ids=["type", "template", "utf-16", "project", "capitals", "sheet"],
)
def test_a_workbook_with_macros_is_refused_and_says_how_to_save_it(content):
    with pytest.raises(Unreadable, match=WITHOUT_MACROS):
        read_people(content)


def test_without_the_guard_macros_would_come_through(monkeypatch):
    """The control: these are workbooks that can be read."""
    monkeypatch.setattr(workbook_file, "_MACROS", re.compile(rb"nothing at all"))
    for content in (typed(MACRO_BOOK), with_part(xlsx(GOOD), "xl/vbaProject.bin")):
        assert len(read_people(content)[0]) == 3


def test_a_link_to_another_workbook_is_refused_and_a_link_to_a_mailbox_is_not():
    with pytest.raises(Unreadable, match="koppelingen naar andere bestanden"):
        read_people(with_part(xlsx(GOOD), "xl/externalLinks/externalLink1.xml", b"<x/>"))
    links = (  # what Excel makes of every address that is typed
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
        b'Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" '
        b'Target="mailto:kim@aadorp.nl" TargetMode="External"/></Relationships>'
    )
    assert len(read_people(with_part(xlsx(GOOD), "xl/worksheets/_rels/sheet1.xml.rels", links))[0]) == 3


@pytest.mark.parametrize("part", [TYPES, SHEET, "xl/workbook.xml", "xl/styles.xml", "_rels/.rels"])
@pytest.mark.parametrize("entity", [b'SYSTEM "file:///etc/hostname"', b'"x"'])
@pytest.mark.parametrize("encode", [bytes, in_utf_16])
def test_xml_with_entities_of_its_own_is_refused_in_every_part(part, entity, encode):
    def change(data):
        start = data.index(b"?>") + 2 if data.startswith(b"<?xml") else 0
        return encode(data[:start] + b"<!DOCTYPE x [<!ENTITY a " + entity + b">]>" + data[start:])

    with pytest.raises(Unreadable, match="Excel-bestand kunnen wij niet lezen"):
        read_people(changed(xlsx(GOOD), part, change))


def test_a_drawing_may_have_a_doctype():
    assert len(read_people(with_part(xlsx(GOOD), "xl/media/logo.svg", b"<!DOCTYPE svg><svg/>"))[0]) == 3


# --- small in the post, large on the table ----------------------------------------------------------------


def lying() -> bytes:
    """300 MB that say they are 1,000 bytes, in both places where a zip tells it."""
    content = with_part(xlsx(GOOD), "xl/extra.xml", b" " * 300_000_000)
    return content.replace(struct.pack("<L", 300_000_000), struct.pack("<L", 1000))


@pytest.mark.parametrize(
    "make",
    [
        lambda: sheet_of(b'<row r="1">' + b"<c/>" * 1_000_000 + b"</row>"),
        lambda: sheet_of(b"<row/>" * 1_000_000),
        lambda: changed(xlsx(GOOD), "xl/styles.xml", lambda data: data.replace(b"</cellXfs", FORMATS + b"</cellXfs")),
        lambda: sheet_of(b'<row r="1"><c ' + b" ".join(b'a%d=""' % n for n in range(550_000)) + b"/></row>"),
        lambda: with_part(xlsx(GOOD), "xl/extra.xml", b" " * 32_000_000),
        lying,
        lambda: with_part(xlsx(GOOD), "xl/extra.xml", b" " * 20_000_000, zipfile.ZIP_BZIP2),
    ],
    ids=["columns", "rows", "styles", "attributes", "spaces", "lying", "other packing"],
)
def test_a_bomb_is_refused_within_a_second_and_a_small_memory(make):
    content = make()
    assert len(content) < MAX_BYTES
    tracemalloc.start()
    began = time.process_time()
    try:
        with pytest.raises(Unreadable):
            read_people(content)
        assert time.process_time() - began < 1
        assert tracemalloc.get_traced_memory()[1] < 200_000_000
    finally:
        tracemalloc.stop()


def test_the_same_part_twice_is_refused():
    with pytest.warns(UserWarning, match="Duplicate name"):
        twice = with_part(xlsx(GOOD), SHEET, b"<worksheet/>")
    with pytest.raises(Unreadable):
        read_people(twice)


def test_a_list_as_large_as_it_may_be_with_other_columns_is_read():
    people = [[f"Naam {n}", f"p{n}@a.nl", f"T{n % 40}", "manager", *range(6)] for n in range(5000)]
    rows, mistakes = read_people(xlsx([HEAD + [f"extra {n}" for n in range(6)], *people]))
    assert (len(rows), mistakes) == (5000, [])
