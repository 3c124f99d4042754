"""Searching a library of 1,000 entries against a bare page that reads one row; hardly a question is asked twice."""

import random
import subprocess
import sys
import threading
import time
from urllib.parse import urlencode

from tests.bench.load import Connection, Run, request_bytes
from tests.servers import ROOT, environment, gunicorn, manage

ENTRIES = 1000
FILTERS = [{}, {}, {"rol": "manager"}, {"soort": "tool"}, {"thema": "visie", "rol": "policy_officer"}]


def ratios(cluster, folder: str, plain, rounds: int):
    """One ratio per round: p95 of our search page over p95 of the bare page, both over HTTP, one after the other."""
    from tests.bench.__main__ import SECONDS, Ratio, with_psql

    with_psql(cluster, "CREATE DATABASE library")
    ours = environment(cluster.url_of("library"), folder)
    manage(ours, "migrate", "--verbosity", "0")
    manage(ours, "load_content")
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.library"],
        cwd=ROOT, env=ours, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr)
    words, draw, found = done.stdout.split(), random.Random(2026), []
    with gunicorn(ours) as app:
        ask(app.port, lambda: question(words, draw), 1)
        ask(plain.port, one_row, 1)
        for _ in range(rounds):
            bare = ask(plain.port, one_row, SECONDS)
            search = ask(app.port, lambda: question(words, draw), SECONDS)
            assert bare.wrong == search.wrong == 0, "a request of the load was refused"
            found.append(search.percentile(0.95) / bare.percentile(0.95))
            print(
                f"  p95 bare {1000 * bare.percentile(0.95):.1f} ms, search {1000 * search.percentile(0.95):.1f} ms, "
                f"{len(search.times)} questions",
                file=sys.stderr,
            )
    return [Ratio(f"search with {ENTRIES} entries, p95, against a bare page", found, "≤ 3")]


def one_row() -> bytes:
    return request_bytes("GET", "/read/?key=health")


def question(words: list[str], draw: random.Random) -> bytes:
    """One to three words from names in the library, often with a filter: hardly a question is asked twice."""
    text = " ".join(draw.sample(words, draw.choice((1, 2, 3))))
    return request_bytes("GET", f"/bibliotheek/?{urlencode({'zoek': text} | draw.choice(FILTERS))}")


def ask(port: int, request, seconds: float) -> Run:
    """As tests.bench.load.load, with a new request every time."""
    from tests.bench.__main__ import CLIENTS

    run, lock, end = Run(), threading.Lock(), time.monotonic() + seconds

    def client() -> None:
        connection = Connection(port)
        while time.monotonic() < end:
            with lock:
                data = request()
            begin = time.perf_counter()
            status, _, _ = connection.send(data)
            took = time.perf_counter() - begin
            with lock:
                run.times.append(took)
                run.wrong += status != 200
        connection.close()

    begin = time.monotonic()
    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    run.seconds = time.monotonic() - begin
    return run


def fill() -> None:
    """Copy entries under other codes until there are ENTRIES; print the words of their names."""
    import django

    django.setup()
    from django.db import connection

    from advice.library.words import STOP, tokens
    from advice.models import Intervention

    originals = list(Intervention.objects.prefetch_related("themes", "citations").order_by("code"))
    for number in range(ENTRIES - len(originals)):
        entry = originals[number % len(originals)]
        copy = Intervention.objects.get(pk=entry.pk)
        copy.pk, copy.code, copy._state.adding = None, f"{entry.code[:50]}-{number}", True
        copy.save()
        copy.themes.set(entry.themes.all())
        copy.citations.set(entry.citations.all())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE advice_intervention")
    assert Intervention.objects.count() == ENTRIES
    print(*sorted({word for entry in originals for word in tokens(entry.name.casefold())} - STOP))


if __name__ == "__main__":
    fill()
