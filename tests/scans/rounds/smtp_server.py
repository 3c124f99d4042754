"""A real mail server on 127.0.0.1 that hangs up when the test says so. It speaks only what sending needs."""

import socketserver
import threading
from contextlib import contextmanager


class _Handler(socketserver.StreamRequestHandler):
    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self):
        server, taken = self.server, 0
        server.connections += 1
        self.say("220 here")
        while words := self.rfile.readline().decode().split():
            verb = words[0].upper()
            if verb == server.hangs_up_at and taken >= server.most:
                if server.says:
                    self.say(server.says)
                return
            if verb == "RCPT" and server.refuses in words[1]:
                self.say("421 not to this one")
                return
            if verb == "DATA":
                self.say("354 go on")
                to = ""
                while (line := self.rfile.readline()) not in (b".\r\n", b""):
                    to = line.decode().split()[1] if line.startswith(b"To: ") else to
                if server.hangs_up_at == "." and taken >= server.most:
                    return
                server.took.append(to)
                taken += 1
            self.say("221 bye" if verb == "QUIT" else "250 fine")
            if verb == "QUIT":
                return


class Server(socketserver.ThreadingTCPServer):
    """Hangs up at this verb ("." is the end of a mail), once `most` mails were taken over a connection, after saying
    `says`. A recipient whose address holds `refuses` is answered with 421, and then it hangs up too.
    """

    daemon_threads = True
    most, hangs_up_at, says, refuses = 1_000_000, "MAIL", "", "@nowhere"

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.took, self.connections = [], 0


@contextmanager
def running(settings, **behaviour):
    """A running server that the settings point at."""
    with Server() as server:
        vars(server).update(behaviour)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_TIMEOUT = 5
        try:
            yield server
        finally:
            server.shutdown()
