"""gunicorn with two workers on a PostgreSQL of its own, with durability on; workers and database are killed."""

import os
import random
import signal
import threading
import time
from contextlib import contextmanager

import psycopg
import pytest

from tests.bench.load import children
from tests.faults.respondents import ROLE, Counter, Respondent, lost
from tests.postgres import new_cluster
from tests.servers import environment, gunicorn, manage

pytestmark = [pytest.mark.faults, pytest.mark.alone]

N = int(os.environ.get("QUICKSCAN_FAULTS", "500"))
RESPONDENTS = 6


@contextmanager
def running(tmp_path, *options: str, settings: str = "quickscan.settings"):
    """A durable cluster with content, and the application on it."""
    cluster = new_cluster(*options)
    try:
        env = environment(cluster.url, str(tmp_path), settings)
        ready = {**env, "DJANGO_SETTINGS_MODULE": "quickscan.settings"}
        manage(ready, "migrate", "--verbosity", "0")
        manage(ready, "load_content")
        with gunicorn(env) as server:
            yield cluster, server
    finally:
        cluster.remove()


def save_while(server, cluster, break_something, target: int) -> list[Respondent]:
    """Respondents save until `target` answers are acknowledged, while `break_something` does its worst."""
    with psycopg.connect(host=str(cluster.folder), user="postgres", dbname="postgres") as connection:
        rows = connection.execute(
            "SELECT q.code FROM scans_question q JOIN scans_questionnaire n ON n.id = q.questionnaire_id "
            "WHERE n.role = %s ORDER BY q.code",
            [ROLE],
        ).fetchall()
    questions = {code: [str(level) for level in range(5)] for (code,) in rows}
    people = [Respondent(server.port, questions) for _ in range(RESPONDENTS)]
    for person in people:
        person.begin()
    enough, count = threading.Event(), Counter(target)
    threads = [
        threading.Thread(target=person.save_until, args=(enough, count, seed)) for seed, person in enumerate(people)
    ]
    for thread in threads:
        thread.start()
    break_something(enough, count)
    enough.wait(120 + target / 10)
    for thread in threads:
        thread.join()
    assert count.value >= target, f"only {count.value} answers were acknowledged"
    return people


def all_lost(people: list[Respondent], cluster) -> list[str]:
    """What is missing in the database of what was acknowledged. A scan is found by its own answers' owner."""
    faults = []
    with psycopg.connect(host=str(cluster.folder), user="postgres", dbname="postgres") as connection:
        sessions = dict(connection.execute("SELECT session_key, session_data FROM django_session").fetchall())
        for person in people:
            session = sessions.get(person.cookie.split("=")[1])
            if session is None:
                faults.append(f"a session with {len(person.acknowledged)} acknowledged answers")
                continue
            scan = _scan_of(session)
            rows = connection.execute(
                "SELECT q.code, COALESCE(a.level::text, a.non_answer) FROM scans_answer a "
                "JOIN scans_question q ON q.id = a.question_id WHERE a.scan_id = %s",
                [scan],
            ).fetchall()
            faults += lost(person, dict(rows))
    return faults


def _scan_of(session_data: str) -> str:
    from quickscan.sessions import SessionStore

    return SessionStore().decode(session_data)["scan"]


def kill_workers(server):
    """Kill a random worker in the middle of the saves, again and again; between kills, people get on."""

    def break_something(enough, count):
        chance = random.Random(1)
        while not enough.is_set():
            before = count.value
            while count.value < before + 10 and not enough.wait(0.02):
                pass
            enough.wait(chance.uniform(0.005, 0.2))
            workers = children(server.process.pid)
            if workers and not enough.is_set():
                os.kill(chance.choice(workers), signal.SIGKILL)
                server.kills += 1

    return break_something


def crash_database(cluster, times: int):
    """Stop PostgreSQL at once, as a crash does, `times` times spread over the saves, and start it again."""

    def break_something(enough, count):
        for turn in range(1, times + 1):
            while count.value < turn * count.target / (times + 1):
                enough.wait(0.01)
            cluster.stop(signal.SIGQUIT)
            time.sleep(0.3)
            cluster.start()
            cluster.crashes += 1

    return break_something


def test_no_acknowledged_answer_is_lost_when_workers_are_killed(tmp_path):
    with running(tmp_path) as (cluster, server):
        people = save_while(server, cluster, kill_workers(server), N)
        faults = all_lost(people, cluster)
        print(f"\n{len(faults)} of {N} acknowledged answers lost, {server.kills} workers killed")
        assert server.kills >= 1
        assert faults == []


def test_no_acknowledged_answer_is_lost_when_the_database_crashes(tmp_path):
    with running(tmp_path) as (cluster, server):
        people = save_while(server, cluster, crash_database(cluster, max(3, N // 500)), N)
        cluster.stop(signal.SIGQUIT)  # once more, at the very end
        cluster.start()
        faults = all_lost(people, cluster)
        print(f"\n{len(faults)} of {N} acknowledged answers lost, {cluster.crashes + 1} crashes")
        assert faults == []
        # No restart of the application was needed: the same workers go on.
        late = Respondent(server.port, people[0].questions)
        late.begin()


def test_acknowledging_before_the_commit_would_be_noticed(tmp_path):
    """Negative control: with the early acknowledgement switched on, killing workers loses answers."""
    with running(tmp_path, settings="tests.faults.early_settings") as (cluster, server):
        people = save_while(server, cluster, kill_workers(server), 100)
        time.sleep(1)
        assert all_lost(people, cluster)


def test_a_database_that_commits_later_would_be_noticed(tmp_path):
    """Negative control: without synchronous commits, a crash loses answers."""
    with running(tmp_path, "synchronous_commit=off", "wal_writer_delay=10s") as (cluster, server):
        people = save_while(server, cluster, lambda enough, count: None, 100)
        cluster.stop(signal.SIGQUIT)
        cluster.start()
        assert all_lost(people, cluster)
