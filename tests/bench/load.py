"""A small load generator: raw requests over kept-alive connections to 127.0.0.1, bounded in time and number."""

import os
import socket
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

_TICKS = os.sysconf("SC_CLK_TCK")


def request_bytes(method: str, path: str, *, cookie: str = "", form: dict | None = None, token: str = "") -> bytes:
    body = urlencode(form).encode() if form is not None else b""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: keep-alive"]
    if cookie:
        lines.append(f"Cookie: {cookie}")
    if form is not None:
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    if token:
        lines.append(f"X-CSRFToken: {token}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class Connection:
    """One kept-alive connection; opens itself again when the server closed it."""

    def __init__(self, port: int):
        self.port, self.sock, self.buffer = port, None, b""

    def send(self, request: bytes) -> tuple[int, bytes, bytes]:
        """(status, head, body) of one request."""
        for attempt in (1, 2):
            try:
                if self.sock is None:
                    self.sock = socket.create_connection(("127.0.0.1", self.port), timeout=30)
                    self.buffer = b""
                self.sock.sendall(request)
                return self._receive()
            except (ConnectionError, EOFError):
                self.close()
                if attempt == 2:
                    raise
        raise AssertionError

    def _receive(self):
        data = self.buffer
        while b"\r\n\r\n" not in data:
            data += self._more()
        head, _, body = data.partition(b"\r\n\r\n")
        lower = head.lower()
        length = int(lower.split(b"content-length:")[1].split(b"\r\n")[0]) if b"content-length:" in lower else 0
        while len(body) < length:
            body += self._more()
        self.buffer = body[length:]
        if b"connection: close" in lower:
            self.close()
        return int(head.split(b" ", 2)[1]), head, body[:length]

    def _more(self) -> bytes:
        piece = self.sock.recv(65536)
        if not piece:
            raise EOFError
        return piece

    def close(self) -> None:
        if self.sock is not None:
            self.sock.close()
            self.sock = None


@dataclass
class Run:
    """What a load did: how many requests, in how many seconds, how long each took (seconds)."""

    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    wrong: int = 0

    @property
    def per_second(self) -> float:
        return len(self.times) / self.seconds

    def percentile(self, share: float) -> float:
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def load(port: int, requests: list[bytes], seconds: float, expected: int = 200) -> Run:
    """Each request of the list again and again on its own connection, for at most `seconds`."""
    run, lock, end = Run(), threading.Lock(), time.monotonic() + seconds

    def client(request: bytes) -> None:
        connection, times, wrong = Connection(port), [], 0
        while time.monotonic() < end:
            begin = time.perf_counter()
            status, _, _ = connection.send(request)
            times.append(time.perf_counter() - begin)
            wrong += status != expected
        connection.close()
        with lock:
            run.times += times
            run.wrong += wrong

    begin = time.monotonic()
    threads = [threading.Thread(target=client, args=(request,)) for request in requests]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    run.seconds = time.monotonic() - begin
    return run


def cpu_seconds(pids: list[int]) -> float:
    """User and system time of these processes so far."""
    total = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / _TICKS


def children(pid: int) -> list[int]:
    """The process ids that have this one as parent."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except (OSError, IndexError):
                continue
            if parent == pid:
                found.append(int(folder.name))
    return found


def peak_memory_mb(pid: int) -> float:
    """The most memory this process has held, in megabytes."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0
