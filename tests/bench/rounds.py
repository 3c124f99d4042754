"""Pages of a closed round, and sending, with a million sent scans in the database against ten thousand.

Nothing ties a sent scan to a round, so the rows are made by the database itself. Both databases are copies of one,
with the same municipality, so that the same requests can be sent to both, in turn.
"""

import json
import shutil
import statistics
import subprocess
import sys
import time

from tests.bench.load import Connection, request_bytes
from tests.servers import ROOT, environment, gunicorn, manage

FEW, MANY = 10_000, 1_000_000
WITH_ANSWERS = 20  # one scan in so many: 24 million answers would take some ten minutes and 3 GB to write
REQUESTS = 30  # a page, a round, a database
WARM = 10
ROOM = 4 * 1024**3  # bytes of disk; the bigger database takes about a tenth of it

_FILL = """
    SET session_replication_role = replica;  -- no triggers: the rows refer to what is there
    SET synchronous_commit = off;
    INSERT INTO scans_scan (id, questionnaire_id, submitted_on, erase_on)
    SELECT gen_random_uuid(), questionnaire.id, CURRENT_DATE - number % 30, CURRENT_DATE + 30 - number % 30
    FROM generate_series(1, {scans}) number, scans_questionnaire questionnaire
    WHERE questionnaire.role = 'client_manager';
    INSERT INTO scans_answer (scan_id, question_id, level, non_answer, revision)
    SELECT scan.id, question.id, floor(random() * 5)::int, '', 1
    FROM (SELECT id, questionnaire_id FROM scans_scan WHERE submitted_on IS NOT NULL LIMIT {answered}) scan
    JOIN scans_question question ON question.questionnaire_id = scan.questionnaire_id;
"""


def ratios(cluster, folder: str, rounds: int):
    from tests.bench.__main__ import Ratio, with_psql

    if shutil.disk_usage(cluster.folder).free < ROOM:
        raise RuntimeError(f"The section on rounds wants {ROOM // 1024**3} GB of free disk at {cluster.folder}.")
    databases = {"rounds_few": FEW, "rounds_many": MANY}
    try:
        known = municipality(cluster, folder, rounds)
        for name, scans in databases.items():
            with_psql(cluster, f"CREATE DATABASE {name} TEMPLATE rounds_empty")
            fill(cluster, name, scans)
        with_psql(cluster, "CHECKPOINT")
        few, many = (environment(cluster.url_of(name), folder) for name in databases)
        with gunicorn(few) as small, gunicorn(many) as big:
            found = measured([small.port, big.port], known, rounds)
    finally:
        for name in ("rounds_empty", *databases):
            with_psql(cluster, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    return [Ratio(f"{what}, 1,000,000 scans against 10,000", values, "≤ 1.1") for what, values in found.items()]


def municipality(cluster, folder: str, rounds: int) -> dict:
    """What tests.bench.rounds_made made in the database `rounds_empty`: addresses, sessions, secrets."""
    from tests.bench.__main__ import with_psql

    with_psql(cluster, "CREATE DATABASE rounds_empty")
    ours = environment(cluster.url_of("rounds_empty"), folder)
    manage(ours, "migrate", "--verbosity", "0")
    manage(ours, "load_content")
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.rounds_made", str(WARM + REQUESTS * rounds)],
        cwd=ROOT, env=ours, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout)


def fill(cluster, database: str, scans: int) -> None:
    import psycopg

    begin = time.monotonic()
    with psycopg.connect(host=str(cluster.folder), user="postgres", dbname=database, autocommit=True) as connection:
        connection.execute(_FILL.format(scans=scans, answered=scans // WITH_ANSWERS))
        connection.execute("VACUUM ANALYZE scans_scan, scans_answer")
        counts = [connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                  for table in ("scans_scan", "scans_answer")]  # fmt: skip
        (size,) = connection.execute("SELECT pg_database_size(current_database())").fetchone()
    assert counts[0] >= scans, counts
    print(
        f"  {database}: {counts[0]:,} scans, {counts[1]:,} answers, {size // 1024**2} MB, "
        f"{time.monotonic() - begin:.0f} s",
        file=sys.stderr,
    )


def measured(ports: list[int], known: dict, rounds: int) -> dict[str, list[float]]:
    """What was asked → one ratio per round: median time with many scans over that with few, request by request."""
    asks = {name: _page(address, known["cookie"]) for name, address in known["pages"].items()}
    asks["sending a scan"] = _sending(known["drafts"])
    connections = [Connection(port) for port in ports]
    found = {}
    for name, ask in asks.items():
        for _ in range(WARM):
            _in_turn(connections, ask())
        found[name], all_times = [], [[], []]
        for _ in range(rounds):
            times = [_in_turn(connections, ask(), backwards=number % 2 == 1) for number in range(REQUESTS)]
            few, many = zip(*times, strict=True)
            found[name].append(statistics.median(many) / statistics.median(few))
            all_times[0] += few
            all_times[1] += many
        few, many = (1000 * statistics.median(times) for times in all_times)
        print(f"  {name}: {few:.1f} ms with {FEW:,} scans, {many:.1f} ms with {MANY:,}", file=sys.stderr)
    for connection in connections:
        connection.close()
    return found


def _page(address: str, cookie: str):
    request = request_bytes("GET", address, cookie=cookie)
    return lambda: request


def _sending(drafts: list[dict]):
    """Another draft every time: a scan is sent once, in each database."""
    left = iter(drafts)

    def ask() -> bytes:
        draft = next(left)
        form = {"csrfmiddlewaretoken": draft["token"], "own_secret": draft["own_secret"]}
        return request_bytes("POST", "/scan/versturen/", cookie=draft["cookie"], form=form)

    return ask


def _in_turn(connections: list[Connection], request: bytes, *, backwards: bool = False) -> tuple[float, ...]:
    """Seconds of this request on each connection. Now the one goes first, now the other."""
    times = [0.0] * len(connections)
    for place in sorted(range(len(connections)), reverse=backwards):
        begin = time.perf_counter()
        status, _, body = connections[place].send(request)
        times[place] = time.perf_counter() - begin
        assert status == 200, (status, request[:80], body[:300])
    return tuple(times)
