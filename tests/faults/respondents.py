"""Respondents who save answers all the time and write down what was acknowledged, outside the application."""

import json
import random
import re
import threading
import time
from dataclasses import dataclass, field

from tests.bench.load import Connection, request_bytes

ROLE = "client_manager"


@dataclass
class Respondent:
    """One scan over plain HTTP. `sent` is every choice tried per question, `acknowledged` the place in that list of
    the last one that a 200 came back for."""

    port: int
    questions: dict[str, list[str]]
    cookie: str = ""
    token: str = ""
    sent: dict[str, list[str]] = field(default_factory=dict)
    acknowledged: dict[str, int] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)
    failures: int = 0

    def begin(self) -> None:
        """Choose a role and open the first theme, whose token every save needs."""
        self.choose_role()
        connection = Connection(self.port)
        self._visit(connection, request_bytes("GET", "/scan/stap/1/", cookie=self.cookie))
        connection.close()

    def choose_role(self) -> None:
        connection = Connection(self.port)
        self._visit(connection, request_bytes("GET", "/rol/", cookie=self.cookie))
        form = {"role": ROLE, "csrfmiddlewaretoken": self.token}
        self._visit(connection, request_bytes("POST", "/scan/beginnen/", cookie=self.cookie, form=form))
        connection.close()

    def _visit(self, connection: Connection, request: bytes) -> None:
        status, head, body = connection.send(request)
        assert status < 400, (status, body[:300])
        cookie = re.search(rb"[Ss]et-[Cc]ookie: (session=[^;]+)", head)
        token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', body)
        self.cookie = cookie[1].decode() if cookie else self.cookie
        self.token = token[1].decode() if token else self.token

    def save_until(self, enough: threading.Event, count: "Counter", seed: int) -> None:
        """Save random answers until there are enough; a save that fails is tried again, as the page does."""
        chance, connection = random.Random(seed), Connection(self.port)
        while not enough.is_set():
            code = chance.choice(list(self.questions))
            choice = chance.choice(self.questions[code])
            while not enough.is_set() and not self._save(connection, code, choice, count, enough):
                self.failures += 1
                time.sleep(0.05)
        connection.close()

    def _save(self, connection, code: str, choice: str, count: "Counter", enough: threading.Event) -> bool:
        """As the page does: a save builds on the revision that is known, and what is stored already is saved."""
        known = str(self.seen.get(code, 0))
        form = {"question": code, "choice": choice, "seen": known, "csrfmiddlewaretoken": self.token}
        self.sent.setdefault(code, []).append(choice)
        try:
            status, _, body = connection.send(request_bytes("POST", "/scan/antwoord/", cookie=self.cookie, form=form))
        except (OSError, EOFError):
            connection.close()
            return False
        if status not in (200, 412):
            return False
        answer = json.loads(body)
        assert answer["revision"] >= 1
        self.seen[code] = answer["revision"]
        if status == 412 and answer["choice"] != choice:
            return False
        self.acknowledged[code] = len(self.sent[code]) - 1
        if count.add() >= count.target:
            enough.set()
        return True


class Counter:
    """How many answers were acknowledged by all together."""

    def __init__(self, target: int):
        self.target, self.value, self._lock = target, 0, threading.Lock()

    def add(self) -> int:
        with self._lock:
            self.value += 1
            return self.value


def lost(respondent: Respondent, stored: dict[str, str]) -> list[str]:
    """Acknowledged answers that the database does not hold; `stored` is {code: choice} as it holds them.

    A respondent sends one thing at a time, so what is held must be the last acknowledged choice or one that was
    sent after it.
    """
    return [
        f"{code}: acknowledged {respondent.sent[code][last]}, held {stored.get(code, 'nothing')}"
        for code, last in respondent.acknowledged.items()
        if stored.get(code) not in respondent.sent[code][last:]
    ]
