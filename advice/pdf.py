"""The one door to WeasyPrint: HTML in, tagged PDF out, in a bounded process of its own.

Each web process keeps one warm worker. A report that takes too long or too much memory costs the worker its life
and the reader a message; the next report gets a new worker. Never more than one report at a time per process, and
never more than settings.PDF_WAITING waiting.
"""

import atexit
import os
import selectors
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import time

from django.conf import settings


class PdfBusy(Exception):
    """Too many reports are being made; try again in a minute."""


class PdfFailed(Exception):
    """The report could not be made within its bounds. The reason holds no answers, only what the renderer said."""


class _Worker:
    """One rendering process with its pipes and a folder of its own for the fonts, which go when it goes."""

    command = (sys.executable, "-m", "advice.pdf_worker")

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="quickscan-pdf-")
        self.process = subprocess.Popen(
            self.command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=settings.BASE_DIR,
            env={
                "PATH": os.environ.get("PATH", os.defpath),
                "LANG": "C.UTF-8",
                "TMPDIR": self.folder,
                "PDF_MEMORY_MB": str(settings.PDF_MEMORY_MB),
            },
            bufsize=0,
            close_fds=True,
        )
        os.set_blocking(self.process.stdin.fileno(), False)
        self.made = 0

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def render(self, html: str, seconds: float) -> bytes:
        deadline = time.monotonic() + seconds
        body = html.encode()
        try:
            self._write(struct.pack(">I", len(body)) + body, deadline)
            status, length = struct.unpack(">BI", self._read(5, deadline))
            answer = self._read(length, deadline)
        except (OSError, EOFError, TimeoutError) as error:
            self.stop()
            raise PdfFailed(f"the renderer stopped: {type(error).__name__}") from error
        except BaseException:
            self.stop()  # or the next reader would find this report in the pipe
            raise
        self.made += 1
        if status:
            raise PdfFailed(answer.decode(errors="replace"))
        return answer

    def _write(self, frame: bytes, deadline: float) -> None:
        """A worker that hangs stops reading, and the pipe holds less than a report: the deadline counts here too."""
        left = memoryview(frame)
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdin, selectors.EVENT_WRITE)
            while left:
                if not selector.select(max(0, deadline - time.monotonic())):
                    raise TimeoutError
                left = left[os.write(self.process.stdin.fileno(), left) :]

    def _read(self, length: int, deadline: float) -> bytes:
        pieces = bytearray()
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            while len(pieces) < length:
                if not selector.select(max(0, deadline - time.monotonic())):
                    raise TimeoutError
                piece = os.read(self.process.stdout.fileno(), length - len(pieces))
                if not piece:
                    raise EOFError
                pieces += piece
        return bytes(pieces)

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()
        shutil.rmtree(self.folder, ignore_errors=True)


_PATIENCE = 10  # seconds that a report waits for its turn
_REPORTS_PER_WORKER = 200  # then a fresh one: whatever a library leaks ends here
_lock = threading.Lock()
_waiting = threading.BoundedSemaphore(settings.PDF_WAITING)
_worker: _Worker | None = None


def render_pdf(html: str) -> bytes:
    """Render one document. Raises PdfBusy when too many wait and PdfFailed when it breaks its bounds."""
    global _worker
    if not _waiting.acquire(blocking=False):
        raise PdfBusy
    try:
        if not _lock.acquire(timeout=_PATIENCE):
            raise PdfBusy
        try:
            if _worker is not None and (not _worker.alive or _worker.made >= _REPORTS_PER_WORKER):
                _worker.stop()
                _worker = None
            if _worker is None:
                _worker = _Worker()
            return _worker.render(html, settings.PDF_SECONDS)
        finally:
            _lock.release()
    finally:
        _waiting.release()


def _forget_worker() -> None:
    """A forked process makes a worker of its own: two readers on one pipe would get each other's reports."""
    global _worker, _lock, _waiting
    _worker, _lock, _waiting = None, threading.Lock(), threading.BoundedSemaphore(settings.PDF_WAITING)


os.register_at_fork(after_in_child=_forget_worker)


@atexit.register
def stop_worker() -> None:
    """End the worker of this process, if there is one."""
    global _worker
    if _worker is not None:
        _worker.stop()
        _worker = None
