"""The real site for the stories: gunicorn with an own database in a PostgreSQL cluster and an own folder for files.

with new_server(suite_cluster()) as server:
    ...server.url, server.query("SELECT 1"), server.manage("tick")
"""

import os
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg

from tests.postgres import Cluster
from tests.servers import environment, gunicorn, manage

_numbers = count(1)


def suite_cluster() -> Cluster:
    """The cluster that tests.postgres started for this run; its owner stops it."""
    return Cluster(Path(os.environ["QUICKSCAN_TEST_CLUSTER"]), ())


@dataclass(frozen=True)
class Site:
    """A running site. `process` is the gunicorn master."""

    cluster: Cluster
    database: str
    env: dict[str, str]
    port: int
    process: object

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def query(self, sql: str, *values) -> list[tuple]:
        """Ask or change the database past the app; committed when it returns."""
        return _execute(self.cluster, self.database, sql, values)

    def manage(self, *arguments: str) -> str:
        return manage(self.env, *arguments)


@contextmanager
def new_server(cluster: Cluster, *, workers: int = 2, **extra: str):
    """A running site with content and no scans, gone afterwards. Extra names become its environment."""
    database = f"flows_{os.getpid()}_{next(_numbers)}"
    _execute(cluster, "postgres", f'CREATE DATABASE "{database}" TEMPLATE "{_filled(cluster)}"')
    try:
        with tempfile.TemporaryDirectory(prefix="quickscan-flows-") as var:
            env = environment(cluster.url_of(database), var) | extra
            with gunicorn(env, workers=workers) as running:
                yield Site(cluster, database, env, running.port, running.process)
    finally:
        _execute(cluster, "postgres", f'DROP DATABASE "{database}" WITH (FORCE)')


_templates: dict[Path, str] = {}


def _filled(cluster: Cluster) -> str:
    """A database with the content, made once per cluster: a copy takes a moment, loading ten seconds."""
    if cluster.folder not in _templates:
        name = f"filled_{os.getpid()}_{next(_numbers)}"
        _execute(cluster, "postgres", f'CREATE DATABASE "{name}"')
        with tempfile.TemporaryDirectory(prefix="quickscan-flows-") as var:
            env = environment(cluster.url_of(name), var)
            manage(env, "migrate", "--verbosity", "0")
            manage(env, "load_content")
        _templates[cluster.folder] = name
    return _templates[cluster.folder]


def _execute(cluster: Cluster, database: str, sql: str, values=()) -> list[tuple]:
    address = f"host={cluster.folder} user=postgres dbname={database}"
    with psycopg.connect(address, autocommit=True) as connection:
        cursor = connection.execute(sql, values or None)
        return cursor.fetchall() if cursor.description else []
