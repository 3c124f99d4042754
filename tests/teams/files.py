"""Files to import, good and bad, made by hand."""

import io
import zipfile

from openpyxl import Workbook

HEAD = ["naam", "e-mail", "team", "rol"]
KIM = ["Kim de Boer", "kim@aadorp.nl", "Noord", "klantmanager"]
ZOE = ["Zoë Müller", "zoe@aadorp.nl", "Zuid", "beleidsmedewerker"]
LEE = ["Lee Bos", "lee@aadorp.nl", "zuid", "Manager"]
GOOD = [HEAD, KIM, ZOE, LEE]


def csv(rows, delimiter=";", encoding="utf-8", end="\r\n") -> bytes:
    return "".join(delimiter.join(row) + end for row in rows).encode(encoding)


def xlsx(rows, extra_sheets=()) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for name in extra_sheets:
        book.create_sheet(name)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(content: bytes, name: str, change) -> bytes:
    """An XLSX in which one part was changed by hand."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            data = old.read(item)
            new.writestr(item.filename, change(data) if item.filename == name else data)
    return out.getvalue()


def with_part(content: bytes, name: str, data: bytes = b"", packing=zipfile.ZIP_DEFLATED) -> bytes:
    """An XLSX with one part more."""
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a", packing) as more:
        more.writestr(name, data)
    return out.getvalue()
