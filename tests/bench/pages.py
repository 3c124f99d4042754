"""Pages: a theme page against one written by hand, and a whole scan over HTTP as a browser makes it."""

import re
import subprocess
import sys

from tests.bench.load import Connection, request_bytes
from tests.faults.respondents import ROLE, Respondent
from tests.servers import ROOT

THEMES = 12


def walk(port: int) -> str:
    """One complete scan: start, role, twelve pages with two saves each, check, send, result. Its cookie."""
    person = Respondent(port, {})
    connection = Connection(port)
    person._visit(connection, request_bytes("GET", "/"))
    person.choose_role()
    for step in range(1, THEMES + 1):
        page = f"/scan/stap/{step}/"
        _, _, body = connection.send(request_bytes("GET", page, cookie=person.cookie))
        token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', body)[1].decode()
        codes = [code.decode() for code in re.findall(rb'data-question="([^"]+)"', body)]
        for code in codes:
            form = {"question": code, "choice": "2", "seen": "0", "csrfmiddlewaretoken": token}
            post(connection, "/scan/antwoord/", person, form, 200)
        whole = {"csrfmiddlewaretoken": token} | dict.fromkeys(codes, "2")
        post(connection, page, person, whole | {f"seen-{code}": "1:2" for code in codes}, 302)
    _, _, body = connection.send(request_bytes("GET", "/scan/controle/", cookie=person.cookie))
    token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', body)[1].decode()
    post(connection, "/scan/versturen/", person, {"csrfmiddlewaretoken": token}, 302)
    status, _, _ = connection.send(request_bytes("GET", "/resultaat/", cookie=person.cookie))
    assert status == 200, status
    connection.close()
    return person.cookie


def post(connection, path: str, person: Respondent, form: dict, expected: int) -> None:
    status, _, body = connection.send(request_bytes("POST", path, cookie=person.cookie, form=form))
    assert status == expected, (path, status, body[:200])


def ratios(env: dict, rounds: int):
    """In one process with the same request: our page through crispy and the same page by a hand-written template."""
    from tests.bench.__main__ import Ratio

    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.theme_page", str(rounds), ROLE],
        cwd=ROOT, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr)
    return [
        Ratio("theme page, time, against a hand-written template", [float(v) for v in done.stdout.split()], "≤ 1.5")
    ]
