"""`./dev bench`: ratios measured in one run on PostgreSQL, interleaved, medians with spread.

With names of sections only those: `./dev bench rounds`.
"""

import os
import statistics
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass

from tests.bench import documents, library, pages, rounds
from tests.bench.load import Connection, children, cpu_seconds, load, request_bytes
from tests.faults.respondents import Respondent
from tests.postgres import new_cluster
from tests.servers import environment, gunicorn, manage

ROUNDS = int(os.environ.get("QUICKSCAN_BENCH_ROUNDS", "5"))
SECONDS = float(os.environ.get("QUICKSCAN_BENCH_SECONDS", "4"))
CLIENTS = 6
SCANS = 10


@dataclass
class Ratio:
    """One line of the outcome: what, the ratios of the rounds, the aim as (comparison, number)."""

    what: str
    values: list[float]
    aim: str

    def __str__(self) -> str:
        low, high = min(self.values), max(self.values)
        return f"{self.what:<66} {statistics.median(self.values):6.2f}  ({low:.2f}–{high:.2f})  aim {self.aim}"


def main() -> None:
    with ExitStack() as stack:
        cluster = new_cluster()
        stack.callback(cluster.remove)
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="quickscan-bench-"))
        with_psql(cluster, "CREATE DATABASE bare")
        ours = environment(cluster.url, folder)
        bare = environment(cluster.url_of("bare"), folder, "tests.bench.bare.settings")
        manage(ours, "migrate", "--verbosity", "0")
        manage(ours, "load_content")
        manage(bare, "migrate", "--run-syncdb", "--verbosity", "0")
        app = stack.enter_context(gunicorn(ours))
        plain = stack.enter_context(gunicorn(bare, health="/begin/?key=health"))
        print(f"{ROUNDS} rounds, {SECONDS:g} s per load, {CLIENTS} clients, gunicorn with 2 workers of 4 threads")
        sections = {
            "saving": lambda: saving(app, plain),
            "pages": lambda: pages.ratios(ours, ROUNDS),
            "library": lambda: library.ratios(cluster, folder, plain, ROUNDS),
            "rounds": lambda: rounds.ratios(cluster, folder, ROUNDS),
            "documents": lambda: documents.ratios(ours, app, ROUNDS),
        }
        for name in sys.argv[1:] or sections:
            for ratio in sections[name]():
                print(ratio, flush=True)


def with_psql(cluster, sql: str) -> None:
    import psycopg

    with psycopg.connect(host=str(cluster.folder), user="postgres", dbname="postgres", autocommit=True) as connection:
        connection.execute(sql)


def our_saves(port: int) -> list[bytes]:
    """One request per client that saves an answer in an own scan, whatever revision it has by then."""
    requests = []
    for _ in range(CLIENTS):
        person = Respondent(port, {})
        person.begin()
        form = {"question": "km-volgorde-gesprekken", "choice": "2", "csrfmiddlewaretoken": person.token}
        requests.append(request_bytes("POST", "/scan/antwoord/", cookie=person.cookie, form=form))
    return requests


def bare_saves(port: int) -> list[bytes]:
    requests = []
    for number in range(CLIENTS):
        connection = Connection(port)
        _, head, token = connection.send(request_bytes("GET", f"/begin/?key=client-{number}-{port}"))
        cookie = head.decode().split("session=")[1].split(";")[0]
        form = {
            "question": "km-volgorde-gesprekken",
            "choice": "2",
            "seen": "0",
            "csrfmiddlewaretoken": token.decode(),
        }
        requests.append(request_bytes("POST", "/save/", cookie=f"session={cookie}", form=form))
        connection.close()
    return requests


def saving(app, plain) -> list[Ratio]:
    """Requests per second of our save against the bare one, and the CPU of a whole scan in bare saves."""
    ours, bare = our_saves(app.port), bare_saves(plain.port)
    for port, requests in ((app.port, ours), (plain.port, bare)):
        load(port, requests, 1)
    rates, scans = [], []
    for _ in range(ROUNDS):
        bare_run, bare_cpu = measured(plain, bare)
        our_run, _ = measured(app, ours)
        assert our_run.wrong == bare_run.wrong == 0, "a request of the load was refused"
        rates.append(our_run.per_second / bare_run.per_second)
        scans.append(cpu_of_scan(app) / (bare_cpu / len(bare_run.times)))
        print(f"  bare {bare_run.per_second:.0f}/s, ours {our_run.per_second:.0f}/s", file=sys.stderr)
    return [
        Ratio("saving an answer, requests/s, against a bare Django view", rates, "≥ 1.0"),
        Ratio("server CPU of a whole scan, in bare saves", scans, "≤ 60"),
    ]


def measured(server, requests: list[bytes]):
    workers = children(server.process.pid)
    before = cpu_seconds(workers)
    run = load(server.port, requests, SECONDS)
    return run, cpu_seconds(workers) - before


def cpu_of_scan(app) -> float:
    """Seconds of server CPU for one scan: every page, every save, sending, the result. Mean of several."""
    workers = children(app.process.pid)
    before = cpu_seconds(workers)
    for _ in range(SCANS):
        pages.walk(app.port)
    return (cpu_seconds(workers) - before) / SCANS


if __name__ == "__main__":
    main()
