"""The sheets as an XLSX file: text is text and never a formula, and the same round gives the same bytes."""

import io
import textwrap
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell

from teams.plain_text import FORMULA_STARTS

from .frozen import Frozen
from .sheets import Sheet, Value, sheets_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BEGIN = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP file can name
_ACCENT, _TINT = "0B5D66", "F4EFE6"
_FONT, _SIZE = "Calibri", 11
_LINE, _MOST = 15, 409  # points: one line of that font, and the highest row that a spreadsheet allows


def workbook_bytes(rounds: tuple[Frozen, ...]) -> bytes:
    """`rounds`: oldest first; the file is about the last one, and dated on its last day."""
    from openpyxl import Workbook  # slow to import, and needed for this only

    book, frozen = Workbook(), rounds[-1]
    book.remove(book.active)
    for sheet in sheets_of(rounds):
        _write(book.create_sheet(sheet.title), sheet)
    moment = datetime.combine(frozen.last_day, time())
    book.properties.creator = "Quickscan"
    book.properties.title = f"Uitkomst van de meetronde tot en met {frozen.last_day.isoformat()}"
    book.properties.created = moment
    target = io.BytesIO()
    book.save(target)
    book.properties.modified = moment  # saving wrote the clock there
    return _same_bytes(target, book.properties)


def _write(page, sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    top = Alignment(vertical="top", wrap_text=True)
    for number, row in enumerate((sheet.header, *sheet.rows), 1):
        for column, value in enumerate(row, 1):
            cell = page.cell(number, column)
            cell.alignment = top
            put(cell, value)
        page.row_dimensions[number].height = height_of(row, sheet.widths)
    for cell in page[1]:
        cell.font = Font(name=_FONT, size=_SIZE, bold=True, color=_ACCENT)
        cell.fill = PatternFill("solid", fgColor=_TINT)
    for column, width in enumerate(sheet.widths, 1):
        page.column_dimensions[get_column_letter(column)].width = width
    page.freeze_panes = "B2" if len(sheet.header) > 2 else "A2"
    page.print_title_rows = "1:1"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9  # A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.oddFooter.right.text = "Bladzijde &P van &N"


def height_of(row: Sequence[Value], widths: Sequence[int]) -> int:
    """Points that the tallest text needs. Not every program makes rows fit wrapped text when it opens a file.

    A column is as wide as so many digits; letters of another font may be a tenth wider.
    """
    texts = ((value, width) for value, width in zip(row, widths, strict=True) if isinstance(value, str))
    lines = max((len(textwrap.wrap(text, max(1, width * 9 // 10))) for text, width in texts), default=1)
    return min(_LINE * max(lines, 1), _MOST)


def put(cell: Cell, value: Value) -> None:
    """Text goes in as text, whatever it begins with; a spreadsheet that is told so does not calculate."""
    if isinstance(value, str):
        text = ILLEGAL_CHARACTERS_RE.sub(" ", value).replace("\t", " ").replace("\r", " ")
        cell.value, cell.data_type = text, "s"  # the second after the first, which guesses
        cell.number_format = "@"
        # Stays text also when somebody opens the cell and leaves it again.
        cell.quotePrefix = text.lstrip().startswith(FORMULA_STARTS)
    elif isinstance(value, date):
        cell.value, cell.number_format = value, "d-m-yyyy"
    elif value is not None:
        cell.value, cell.number_format = value, "0.##"


def _same_bytes(source: io.BytesIO, properties) -> bytes:
    """The same file without the moment at which it was made."""
    from openpyxl.xml.functions import tostring

    target = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            body = tostring(properties.to_tree()) if name == "docProps/core.xml" else old.read(name)
            new.writestr(zipfile.ZipInfo(name, _BEGIN), body, zipfile.ZIP_DEFLATED)
    return target.getvalue()
