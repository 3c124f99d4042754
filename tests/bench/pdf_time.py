"""Run by the bench: renders one report in a warm worker, prints seconds, memory and pages, leaves the HTML behind."""

import base64
import io
import json
import re
import sys
import time
from pathlib import Path

import django
import pikepdf

django.setup()

from advice import pdf  # noqa: E402
from advice.documents import Variant, render_html  # noqa: E402
from advice.example import example_report  # noqa: E402
from advice.pdf_worker import STATIC, STYLESHEET  # noqa: E402
from tests.bench.load import peak_memory_mb  # noqa: E402


def for_chromium(html: str) -> str:
    """The same document with its stylesheet and fonts inside, since Chromium has no `static:` addresses."""

    def inline(match):
        data = base64.b64encode((STATIC / match[1]).read_bytes()).decode()
        return f"url(data:font/woff2;base64,{data})"

    css = re.sub(r"""url\(["']?static:([^"')]+)["']?\)""", inline, STYLESHEET.read_text())
    return html.replace("</head>", f"<style>{css}</style></head>")


def main(rounds: int, folder: Path) -> None:
    html = render_html(example_report(), Variant.MINE)
    (folder / "report.html").write_text(for_chromium(html))
    pdf.render_pdf(html)  # warm
    seconds = []
    for _ in range(rounds):
        begin = time.perf_counter()
        document = pdf.render_pdf(html)
        seconds.append(time.perf_counter() - begin)
    pages = len(pikepdf.open(io.BytesIO(document)).pages)
    print(json.dumps({"seconds": seconds, "memory_mb": peak_memory_mb(pdf._worker.process.pid), "pages": pages}))


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
