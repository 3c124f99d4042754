"""What the tests of the advice share: the report command on a file with answers, and witnesses of the renderer."""

import http.server
import json
import threading
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from advice import pdf

DAY = "2026-11-20"


@pytest.fixture
def make(tmp_path):
    """Run the command on answers (an object, or bytes as they are) and return what it wrote, as bytes."""

    def run(answers, *more, role="client_manager", format="json", date=DAY):
        source, target = tmp_path / "answers.json", tmp_path / "report"
        source.write_bytes(answers if isinstance(answers, bytes) else json.dumps(answers).encode())
        target.unlink(missing_ok=True)
        options = ["--role", role, "--answers", str(source), "--format", format, "--output", str(target)]
        try:
            call_command("report", *options, "--date", date, *more, stdout=StringIO())
        except CommandError:
            assert not target.exists(), "a command that stops leaves nothing behind"
            raise
        return target.read_bytes()

    return run


@pytest.fixture
def answers(content):
    """One of everything: levels as numbers, and a "weet ik niet"."""
    mixed = {question.code: number % 5 for number, question in enumerate(content.questions)}
    unsure = next(question.code for question in content.questions if "dont_know" in question.non_answers)
    return mixed | {unsure: "dont_know"}


@pytest.fixture
def listener():
    """A web server on this machine that counts who calls."""
    calls = []

    class Count(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            calls.append(self.path)
            self.send_error(404)

        def log_message(self, *arguments):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Count)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", calls
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def spied(tmp_path):
    """Makes a worker with a witness; returns it with a function that gives what it saw since the last look."""
    workers = []

    def start(*options: str):
        log = tmp_path / f"log-{len(workers)}"

        class Spied(pdf._Worker):
            command = (pdf.sys.executable, "-m", "tests.pdf_spy", str(log), *options)

        worker, seen = Spied(), 0
        workers.append(worker)

        def look() -> list[str]:
            nonlocal seen
            lines = log.read_text().splitlines()
            seen, fresh = len(lines), lines[seen:]
            return fresh

        return worker, look

    yield start
    for worker in workers:
        worker.stop()
