"""Real servers for tests and measurements: gunicorn on a free port of 127.0.0.1, ended by process id."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Server:
    """A running gunicorn master. `env` is what its management commands need too."""

    port: int
    process: subprocess.Popen
    env: dict[str, str]
    kills: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def environment(database_url: str, var: str, settings: str = "quickscan.settings") -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": database_url,
        "QUICKSCAN_VAR": var,
        "DJANGO_SETTINGS_MODULE": settings,
        "PYTHONPATH": str(ROOT),
    }


def manage(env: dict[str, str], *arguments: str) -> str:
    """Run a management command; its output. Raises CalledProcessError with what it printed."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"manage.py {' '.join(arguments)}:\n{done.stdout}\n{done.stderr}")
    return done.stdout


@contextmanager
def gunicorn(env: dict[str, str], *, workers: int = 2, threads: int = 4, health: str = "/healthz"):
    """Start gunicorn and yield the Server once it answers; ends it, and only it, afterwards."""
    port = free_port()
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            [
                sys.executable, "-m", "gunicorn", "quickscan.wsgi", "--bind", f"127.0.0.1:{port}",
                "--workers", str(workers), "--threads", str(threads), "--worker-class", "gthread",
                "--keep-alive", "30", "--graceful-timeout", "10", "--no-control-socket",
            ],
            cwd=ROOT, env=env, stdout=log, stderr=log,
        )  # fmt: skip
        try:
            _wait(process, f"http://127.0.0.1:{port}{health}", log)
            yield Server(port, process, env)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(process, url: str, log) -> None:
    for _ in range(300):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError as error:
            if getattr(error, "code", None) in {404, 405}:
                return
            time.sleep(0.1)
    log.seek(0)
    raise RuntimeError(f"gunicorn did not answer at {url}:\n{log.read().decode()[-3000:]}")
