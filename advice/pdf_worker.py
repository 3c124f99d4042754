"""The process that renders: HTML in on stdin, PDF out on stdout, nothing else.

Started by advice.pdf as `python -m advice.pdf_worker`. It knows no Django and no database, gets an empty
environment, may use a bounded amount of memory, and can read one folder of static files through addresses that
begin with `static:`. Anything else that the HTML points to is refused, and a refusal makes the rendering fail.

Frames: an unsigned 32-bit length and that many bytes. Requests are HTML. Answers are one status byte (0 good,
1 failed) and then the PDF or the reason.
"""

import gc
import logging
import mimetypes
import os
import resource
import struct
import sys
from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent / "static"
FACES = ("latin-400", "latin-600", "latin-ext-400", "latin-ext-600")
ALLOWED = frozenset(f"fonts/source-sans-3-{face}-normal.woff2" for face in FACES)
STYLESHEET = STATIC / "css" / "print.css"


def main() -> None:
    """Serve until stdin closes, which is when the parent goes away."""
    _bound_resources()
    render = _make_renderer()
    # A report is built and thrown away whole: rubbish is collected between two reports, not while someone waits.
    gc.freeze()
    gc.disable()
    source, target = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints cannot break a frame
    while header := source.read(4):
        (length,) = struct.unpack(">I", header)
        try:
            status, body = 0, render(source.read(length).decode())
        except (MemoryError, SystemError):  # the second is how C code without memory may say it
            os._exit(3)  # whatever is left of this process is not worth keeping
        except Exception as error:  # the parent reports it; this process goes on
            status, body = 1, f"{type(error).__name__}: {error}".encode()
        target.write(struct.pack(">BI", status, len(body)) + body)
        target.flush()
        gc.collect()


def _bound_resources() -> None:
    megabytes = int(os.environ.get("PDF_MEMORY_MB", "1024"))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 2**20, megabytes * 2**20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(10)  # people who are saving an answer come first


def _make_renderer():
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class StaticFetcher(URLFetcher):
        """Knows the fonts and nothing else: no network, no other file, no data address."""

        def fetch(self, url, headers=None):
            name = url.removeprefix("static:")
            if name == url or name not in ALLOWED:
                raise FatalURLFetchingError(f"refused: {url[:80]}")
            kind, _ = mimetypes.guess_type(name)
            return URLFetcherResponse(url, (STATIC / name).read_bytes(), {"Content-Type": kind or "font/woff2"})

    fetcher = StaticFetcher()
    fonts = FontConfiguration()
    css = CSS(string=STYLESHEET.read_text(), url_fetcher=fetcher, font_config=fonts, base_url="static:")
    complaints = _collect_complaints()

    def render(html: str) -> bytes:
        complaints.clear()
        try:
            document = HTML(string=html, url_fetcher=fetcher, base_url="static:")
            pdf = document.write_pdf(
                stylesheets=[css], font_config=fonts, pdf_variant="pdf/ua-1", pdf_identifier=b"quickscan"
            )
        except FatalURLFetchingError as error:  # no Exception, so that the renderer cannot swallow it
            raise ValueError(str(error)) from error
        if complaints:
            raise ValueError("; ".join(complaints)[:500])
        return pdf

    return render


def _collect_complaints() -> list[str]:
    """What WeasyPrint logs as an error (a missing glyph, a refused address) is a failed report to us."""
    complaints: list[str] = []

    class Collect(logging.Handler):
        def emit(self, record):
            complaints.append(record.getMessage())

    logger = logging.getLogger("weasyprint")
    logger.handlers = [Collect(level=logging.ERROR)]
    logger.propagate = False
    return complaints


if __name__ == "__main__":
    main()
