"""The first sheet of an XLSX file as a table of texts. The file comes from outside and may be made to do harm.

openpyxl never sees the file itself, only a copy that was packed here: what comes out of a zip is measured while it
comes out, for what a zip tells about itself need not be true.
"""

import io
import re
import warnings
import zipfile

from .table_file import MAX_COLUMNS, MAX_READ, TOO_MANY, Unreadable

MAX_UNPACKED = 30 * 1024 * 1024
MAX_PARTS = 1000
MAX_ELEMENTS = 400_000  # 5,000 rows of twenty filled columns; reading more takes seconds
MAX_STYLE_ELEMENTS = 40_000  # each costs as much as ten cells
MAX_ATTRIBUTES = 10  # on average in a part, beside a thousand; a row of Excel has eight
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # what Excel uses; Python unpacks others without a limit
_MACROS = re.compile(rb"macroenabled|vbaproject|macrosheet", re.IGNORECASE)
_OWN_ENTITIES = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)  # no workbook needs them
_TYPES, _STYLES = "[Content_Types].xml", "xl/styles.xml"  # openpyxl looks for them there and nowhere else
_PICTURES, _ELSEWHERE = "xl/media/", "xl/externallinks/"

_BROKEN = "Dit Excel-bestand kunnen wij niet lezen. Sla het opnieuw op als .xlsx of als CSV."
_TOO_BIG = "Dit bestand is uitgepakt te groot. Sla alleen de lijst op, zonder opmaak en zonder andere kolommen."
_HAS_MACROS = "In dit bestand zitten macro’s. Sla het bestand op als gewone Excel-werkmap (.xlsx) zonder macro’s."
_HAS_LINKS = (
    "In dit bestand zitten koppelingen naar andere bestanden. "
    "Kopieer de lijst en plak alleen de waarden in een nieuw bestand."
)


def read_workbook(content: bytes) -> list[list[str]]:
    """Raises Unreadable."""
    try:
        table = _first_sheet(_packed_again(content))
    except Unreadable:
        raise
    except Exception as error:  # a broken zip or XML shows itself in a dozen ways
        raise Unreadable(_BROKEN) from error
    if len(table) > MAX_READ:
        raise Unreadable(TOO_MANY)
    return table


def _packed_again(content: bytes) -> io.BytesIO:
    """The same parts, measured and looked through. Raises Unreadable."""
    copy, room, elements = io.BytesIO(), MAX_UNPACKED, 0
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(copy, "w") as new:
        items = old.infolist()
        names = {item.filename for item in items}
        if len(names) < len(items) or any(item.compress_type not in _PACKINGS for item in items):
            raise Unreadable(_BROKEN)
        if len(items) > MAX_PARTS or sum(item.file_size for item in items) > MAX_UNPACKED:
            raise Unreadable(_TOO_BIG)
        for item in items:
            with old.open(item) as part:
                data = part.read(room + 1)
            room -= len(data)
            here = data.count(b"<") - data.count(b"</")
            elements += here
            if room < 0 or elements > MAX_ELEMENTS or _is_heavy(item.filename, data, here):
                raise Unreadable(_TOO_BIG)
            _check_part(item.filename, data)
            new.writestr(item.filename, data)
    return copy


def _is_heavy(name: str, data: bytes, elements: int) -> bool:
    """Whether few bytes of this part would cost much time."""
    plain = data.replace(b"\x00", b"")  # XML may be UTF-16
    attributes = plain.count(b'="') + plain.count(b"='")
    return attributes > MAX_ATTRIBUTES * elements + 1000 or name == _STYLES and elements > MAX_STYLE_ELEMENTS


def _check_part(name: str, data: bytes) -> None:
    """Raises Unreadable for what a list of people never needs."""
    plain = data.replace(b"\x00", b"")  # XML may be UTF-16
    if _MACROS.search(name.encode()) or name == _TYPES and _MACROS.search(plain):
        raise Unreadable(_HAS_MACROS)
    if name.lower().startswith(_ELSEWHERE):
        raise Unreadable(_HAS_LINKS)
    if not name.startswith(_PICTURES) and _OWN_ENTITIES.search(plain):
        raise Unreadable(_BROKEN)


def _first_sheet(file: io.BytesIO) -> list[list[str]]:
    from openpyxl import load_workbook  # slow to import, and needed for this only

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and drop-down lists that we do not need
        book = load_workbook(file, read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says about its own size need not be true
        # Formulas are read as their text, and then refused: only what somebody sees and typed comes in.
        rows = sheet.iter_rows(max_row=MAX_READ + 1, max_col=MAX_COLUMNS, values_only=True)
        table = [[_cell(value) for value in row] for row in rows]
    book.close()
    return table


def _cell(value) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value)
