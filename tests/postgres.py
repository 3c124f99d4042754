"""A PostgreSQL cluster for the suite: own folder, own socket, ended by process id.

Loaded as a pytest plugin before Django reads its settings (`-p tests.postgres` in pyproject.toml). Durability is
off for the ordinary tests; the fault tests start their own cluster with everything on.
"""

import atexit
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def binaries() -> Path:
    """The folder with initdb and postgres. Raises RuntimeError: these tests are never skipped."""
    for folder in (os.environ.get("PG_BIN"), *sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)):
        if folder and (Path(folder) / "initdb").exists():
            return Path(folder)
    raise RuntimeError("No PostgreSQL found; ./dev test installs it, or set PG_BIN.")


@dataclass
class Cluster:
    """A running server. `url` is what DATABASE_URL wants; `stop` ends the process that was started here."""

    folder: Path
    options: tuple[str, ...]
    process: subprocess.Popen | None = None
    crashes: int = 0

    @property
    def url(self) -> str:
        return self.url_of("postgres")

    def url_of(self, database: str) -> str:
        return f"postgres://postgres@/{database}?host={self.folder}"

    def start(self) -> None:
        command = [
            str(binaries() / "postgres"), "-D", str(self.folder / "data"), "-k", str(self.folder), "-h", "",
            "-c", "max_connections=120", *(part for option in self.options for part in ("-c", option)),
        ]  # fmt: skip
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, **_as_other_user())
        for _ in range(300):
            ready = subprocess.run([str(binaries() / "pg_isready"), "-q", "-h", str(self.folder)], check=False)
            if ready.returncode == 0:
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise RuntimeError(f"PostgreSQL did not start:\n{(self.folder / 'log').read_text()[-2000:]}")

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """SIGINT: fast shutdown. SIGQUIT: immediate, as in a crash."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def new_cluster(*options: str) -> Cluster:
    """Make and start a cluster in a temporary folder. The caller removes it."""
    folder = Path(tempfile.mkdtemp(prefix="quickscan-pg-"))
    other = _as_other_user()
    if other:
        shutil.chown(folder, other["user"])
    subprocess.run(
        [str(binaries() / "initdb"), "--no-sync", "-A", "trust", "-U", "postgres", "-E", "UTF8",
         "--locale=C.UTF-8", "-D", str(folder / "data")],
        check=True, stdout=subprocess.DEVNULL, **other,
    )  # fmt: skip
    if other:  # the other user must be able to write the log's neighbours, we the log
        (folder / "log").touch()
    cluster = Cluster(folder, options)
    cluster.start()
    return cluster


def _as_other_user() -> dict:
    """PostgreSQL refuses to run as root, so root hands it to another user."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            return {"user": pwd.getpwnam(name).pw_name, "cwd": "/"}
        except KeyError:
            continue
    raise RuntimeError("Running as root and neither the user postgres nor nobody exists.")


def _start_for_suite() -> None:
    if "PYTEST_XDIST_WORKER" in os.environ:  # one cluster for all workers, each with a database of its own
        return
    if os.environ.get("QUICKSCAN_TEST_DATABASE") == "sqlite":
        os.environ.pop("DATABASE_URL", None)
        return
    cluster = new_cluster(*FAST)
    os.environ["DATABASE_URL"] = cluster.url
    os.environ["QUICKSCAN_TEST_CLUSTER"] = str(cluster.folder)
    atexit.register(cluster.remove)


if __name__ != "__main__" and "PYTEST_VERSION" in os.environ:
    _start_for_suite()
