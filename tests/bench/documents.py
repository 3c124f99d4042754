"""The PDF: our warm worker against Chromium printing the same HTML, and what making PDFs costs those who save."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from tests.bench.load import Connection, load, request_bytes
from tests.servers import ROOT


def ratios(env: dict, app, rounds: int):
    from tests.bench.__main__ import Ratio

    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.pdf_time", str(rounds), folder],
            cwd=ROOT, env=env, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(done.stderr)
        ours = json.loads(done.stdout)
        chromium = [print_with_chromium(Path(folder)) for _ in range(rounds)]
    times = [a / b[0] for a, b in zip(ours["seconds"], chromium, strict=True)]
    memory = [ours["memory_mb"] / b[1] for b in chromium]
    warm, cold = statistics.median(ours["seconds"]), statistics.median(c[0] for c in chromium)
    print(
        f"  PDF of {ours['pages']} pages: warm worker {warm:.2f} s, {ours['memory_mb']:.0f} MB; "
        f"Chromium {cold:.2f} s, {statistics.median(c[1] for c in chromium):.0f} MB",
        file=sys.stderr,
    )
    return [
        Ratio("PDF, warm worker, time, against Chromium printing the same HTML", times, "≤ 1.0"),
        Ratio("PDF, warm worker, memory, against Chromium", memory, "≤ 0.3"),
        Ratio("p95 of saves while PDFs are made, against without", saves_beside_pdfs(app, rounds), "≤ 2"),
    ]


def print_with_chromium(folder: Path) -> tuple[float, float]:
    """(seconds, megabytes) of a cold Chromium that prints the report to PDF: all its processes together."""
    profile = tempfile.mkdtemp(dir=folder)
    command = [
        os.environ.get("CHROMIUM", "/usr/bin/chromium"), "--headless", "--no-sandbox", "--disable-gpu",
        "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--disable-quic",
        f"--user-data-dir={profile}", "--no-pdf-header-footer", f"--print-to-pdf={folder}/chromium.pdf",
        f"file://{folder}/report.html",
    ]  # fmt: skip
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, resident_mb(process.pid))
        time.sleep(0.02)
    seconds = time.perf_counter() - begin
    assert (folder / "chromium.pdf").read_bytes()[:4] == b"%PDF"
    return seconds, peak


def resident_mb(session: int) -> float:
    """Proportional memory of every process of a session, so that shared pages count once."""
    total = 0
    for path in Path("/proc").iterdir():
        if not path.name.isdigit():
            continue
        try:
            if int((path / "stat").read_text().rsplit(")", 1)[1].split()[3]) != session:
                continue
            for line in (path / "smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
        except (OSError, IndexError):
            continue
    return total / 1024


def saves_beside_pdfs(app, rounds: int) -> list[float]:
    """p95 of saves while two people download reports all the time, over p95 of saves alone."""
    from tests.bench.__main__ import SECONDS, our_saves
    from tests.bench.pages import walk

    saves, readers = our_saves(app.port)[:4], [walk(app.port) for _ in range(2)]
    found = []
    for _ in range(rounds):
        alone = load(app.port, saves, SECONDS)
        stop, made = threading.Event(), []
        threads = [threading.Thread(target=download, args=(app.port, cookie, stop, made)) for cookie in readers]
        for thread in threads:
            thread.start()
        time.sleep(1)
        beside = load(app.port, saves, SECONDS)
        stop.set()
        for thread in threads:
            thread.join()
        assert alone.wrong == beside.wrong == 0 and made, "a save was refused or no PDF was made"
        found.append(beside.percentile(0.95) / alone.percentile(0.95))
    return found


def download(port: int, cookie: str, stop: threading.Event, made: list) -> None:
    connection = Connection(port)
    while not stop.is_set():
        status, _, body = connection.send(request_bytes("GET", "/resultaat/advies.pdf", cookie=cookie))
        if status == 200 and body[:4] == b"%PDF":
            made.append(len(body))
    connection.close()
