"""Scripted checks of a tagged PDF, after PDF/UA-1. No certificate: veraPDF cannot be had from the registries.

Each check takes an open pikepdf.Pdf and returns its faults as sentences. `faults` runs them all. Every check has a
negative control in tests/advice/test_pdf.py: a document that it must refuse.
"""

import io
import re
import struct
import subprocess
from collections.abc import Iterator

import pikepdf
from fontTools.ttLib import TTFont

OUR_FONTS = re.compile(r"^/[A-Z]{6}\+Source-Sans-3\b")
_PAINTS = ("Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh", "BI", "ID", "EI")


def faults(pdf: bytes) -> list[str]:
    """Everything that is wrong with this document; an empty list when all checks pass."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [f"{check.__name__}: {fault}" for check in CHECKS for fault in check(document)]


def text_of(pdf: bytes, *options: str) -> str:
    """The text as a reader copies it. Raises when poppler complains."""
    return _poppler(pdf, "pdftotext", "-enc", "UTF-8", *options, "-", "-")


def structure_of(pdf: bytes) -> str:
    """The structure tree as poppler reads it."""
    return _poppler(pdf, "pdfinfo", "-struct", "-")


def pages_of_anchors(pdf: bytes) -> dict[str, int]:
    """{anchor: page}, the first page being 1."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        numbers = {page.objgen: number for number, page in enumerate(document.pages, 1)}
        names = list(document.Root.Names.Dests.Names)
        return {str(names[i]): numbers[names[i + 1][0].objgen] for i in range(0, len(names), 2)}


# --- the checks -------------------------------------------------------------------------------------------


def every_content_is_marked(document) -> Iterator[str]:
    """Real content carries a number that leads into the structure tree; everything else is an artifact."""
    parents = _parent_tree(document)
    for number, page in enumerate(document.pages, 1):
        marked, seen = [], set()
        for operands, operator in pikepdf.parse_content_stream(page, " ".join(("BMC", "BDC", "EMC", *_PAINTS))):
            name = str(operator)
            if name in ("BMC", "BDC"):
                marked.append(name)
                if name == "BDC":
                    seen.add(int(operands[1]["/MCID"]))
            elif name == "EMC":
                marked.pop()
            elif not marked:
                yield f"page {number} paints with {name} outside marked content"
        elements = parents.get(page.get("/StructParents", -1), [])
        if seen != set(range(len(elements))):
            yield f"page {number} has {len(seen)} marked pieces and {len(elements)} places in the structure tree"


def the_language_is_dutch(document) -> Iterator[str]:
    if str(document.Root.get("/Lang", "")) != "nl":
        yield "the document has no language or another one"


def the_title_is_shown(document) -> Iterator[str]:
    if not str(document.docinfo.get("/Title", "")).startswith("Quickscan"):
        yield "no title"
    if not str(document.open_metadata().get("dc:title", "")).startswith("Quickscan"):
        yield "no title in the metadata"
    if not document.Root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield "a reader would show the file name instead of the title"


def the_document_says_who_and_what(document) -> Iterator[str]:
    for key in ("/Author", "/Subject", "/CreationDate", "/ModDate"):
        if not str(document.docinfo.get(key, "")):
            yield f"no {key}"


def it_claims_to_be_tagged(document) -> Iterator[str]:
    if not document.Root.get("/MarkInfo", {}).get("/Marked", False) or "/StructTreeRoot" not in document.Root:
        yield "not marked as tagged"
    if document.open_metadata().get("pdfuaid:part") != "1":
        yield "no pdfuaid:part in the metadata"
    if any(page.get("/Tabs") != "/S" for page in document.pages):
        yield "the tab order does not follow the structure"


def figures_have_words(document) -> Iterator[str]:
    for element in _elements(document, "/Figure"):
        if not str(element.get("/Alt", "")).strip():
            yield "a figure without Alt"
        if len(element.get("/A", {}).get("/BBox", [])) != 4:
            yield "a figure without BBox"


def table_cells_know_their_headers(document) -> Iterator[str]:
    for table in _elements(document, "/Table"):
        headers = {bytes(cell.ID) for cell in _below(table) if cell.get("/S") == "/TH" and "/ID" in cell}
        for cell in _below(table):
            if cell.get("/S") == "/TD":
                named = {bytes(header) for header in cell.get("/A", {}).get("/Headers", [])}
                if not named or not named <= headers:
                    yield "a table cell without its header"


def headings_skip_no_level(document) -> Iterator[str]:
    levels = [int(str(e.S)[2]) for e in _elements(document) if re.fullmatch(r"/H[1-6]", str(e.S))]
    if levels[:1] != [1] or levels.count(1) != 1:
        yield "not exactly one first heading at the start"
    for before, after in zip(levels, levels[1:], strict=False):
        if after > before + 1:
            yield f"heading {after} follows heading {before}"


def lists_are_lists(document) -> Iterator[str]:
    for element in _elements(document, "/L"):
        if not all(kid.get("/S") in ("/LI", "/L", "/Caption") for kid in _kids(element)):
            yield "a list with something else than items"
    for element in _elements(document, "/LI"):
        if not any(kid.get("/S") == "/LBody" for kid in _kids(element)):
            yield "a list item without a body"


def links_are_tagged_once(document) -> Iterator[str]:
    """One Link in the structure per annotation, both ways, with words for who cannot see it."""
    tagged = []
    for element in _elements(document, "/Link"):
        objects = [kid for kid in _all_kids(element) if isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid]
        if len(objects) != 1:
            yield f"a Link with {len(objects)} annotations"
        tagged += [kid.Obj.objgen for kid in objects]
    annotations = [annotation for page in document.pages for annotation in page.get("/Annots", [])]
    if sorted(tagged) != sorted(annotation.objgen for annotation in annotations):
        yield "the links on the pages are not those in the structure"
    parents = _parent_tree(document)
    for annotation in annotations:
        if parents.get(annotation.get("/StructParent", -1), {}).get("/S") != "/Link":
            yield "a link that the structure tree does not know"
        if not str(annotation.get("/Contents", "")):
            yield "a link without words"


def links_lead_somewhere(document) -> Iterator[str]:
    places = document.Root.get("/Names", {}).get("/Dests", {}).get("/Names", [])
    known = {str(places[i]) for i in range(0, len(places), 2)}
    for page in document.pages:
        for annotation in page.get("/Annots", []):
            if "/Dest" in annotation and str(annotation.Dest) not in known:
                yield f"nothing at {annotation.Dest}"
            if "/A" in annotation and not str(annotation.A.get("/URI", "")).startswith("https://"):
                yield f"a link to {annotation.A.get('/URI', annotation.A)}"


def fonts_are_ours_and_embedded(document) -> Iterator[str]:
    """Another font means that a character is missing from ours."""
    for font in _fonts(document):
        if not OUR_FONTS.match(str(font.BaseFont)):
            yield f"{font.BaseFont} is not ours"
        if "/FontFile2" not in font.DescendantFonts[0].FontDescriptor or "/ToUnicode" not in font:
            yield f"{font.BaseFont} is not embedded with its characters"


def no_glyph_is_missing(document) -> Iterator[str]:
    """Glyph 0 is the empty box; a number past the end of the font stands for a character that no font here has."""
    sizes: dict[tuple[int, int], int] = {}
    for number, page in enumerate(document.pages, 1):
        glyphs = 0
        for operands, operator in pikepdf.parse_content_stream(page, "Tf TJ"):
            if str(operator) == "Tf":
                glyphs = _glyph_count(page.resources.Font[str(operands[0])], sizes)
                continue
            for piece in operands[0]:
                codes = bytes(piece) if isinstance(piece, pikepdf.String) else b""
                used = struct.unpack(f">{len(codes) // 2}H", codes)
                if used and (min(used) == 0 or max(used) >= glyphs):
                    yield f"page {number} shows an empty box"


def _glyph_count(font, sizes: dict) -> int:
    """How many glyphs an embedded font has; asked once per font."""
    key = font.objgen
    if key not in sizes:
        file = font.DescendantFonts[0].FontDescriptor.get("/FontFile2")  # whether it is there, another check says
        sizes[key] = TTFont(io.BytesIO(file.read_bytes()), lazy=True)["maxp"].numGlyphs if file else 2**16
    return sizes[key]


def nothing_acts(document) -> Iterator[str]:
    """No scripts, forms, attachments or pictures from elsewhere."""
    for key in ("/OpenAction", "/AA", "/AcroForm", "/AF"):
        if key in document.Root:
            yield f"{key} in the catalogue"
    for key in ("/EmbeddedFiles", "/JavaScript"):
        if key in document.Root.get("/Names", {}):
            yield f"{key} among the names"


CHECKS = (
    every_content_is_marked,
    the_language_is_dutch,
    the_title_is_shown,
    the_document_says_who_and_what,
    it_claims_to_be_tagged,
    figures_have_words,
    table_cells_know_their_headers,
    headings_skip_no_level,
    lists_are_lists,
    links_are_tagged_once,
    links_lead_somewhere,
    fonts_are_ours_and_embedded,
    no_glyph_is_missing,
    nothing_acts,
)


# --- walking through a document ---------------------------------------------------------------------------


def _elements(document, kind: str = "") -> list:
    tree = document.Root.get("/StructTreeRoot")
    found = [] if tree is None else _below(tree)
    return [element for element in found if not kind or element.get("/S") == kind]


def _below(element) -> list:
    """All structure elements under this one, in reading order."""
    found = []
    for kid in _kids(element):
        found.append(kid)
        found += _below(kid)
    return found


def _kids(element) -> list:
    return [kid for kid in _all_kids(element) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def _all_kids(element) -> list:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _parent_tree(document) -> dict:
    tree = document.Root.get("/StructTreeRoot")
    numbers = [] if tree is None else list(tree.ParentTree.Nums)
    return {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}


def _fonts(document) -> list:
    found = {}
    for page in document.pages:
        for font in page.Resources.get("/Font", {}).values():
            found[font.objgen] = font
    return list(found.values())


def _poppler(pdf: bytes, *command: str) -> str:
    done = subprocess.run(command, input=pdf, capture_output=True, check=True, timeout=60)
    if done.stderr:
        raise AssertionError(f"{command[0]}: {done.stderr.decode()}")
    return done.stdout.decode()
