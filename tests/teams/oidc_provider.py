"""A small OpenID Connect provider for the tests: everybody who comes is the person that was set with /control.

    with running_provider() as provider: provider.url, provider.say(sub="1", email="a@b.nl", email_verified=True)

Run as a program it prints its port. It checks what a real one checks: client, redirect address, code (once), PKCE.
"""

import base64
import hashlib
import json
import secrets
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt

CLIENT, SECRET = "quickscan", "a secret that is shared with the provider"


class Provider(BaseHTTPRequestHandler):
    says: dict = {"id_token": {}, "userinfo": {}, "error": "", "issuer": "", "audience": CLIENT}
    codes: dict = {}

    def log_message(self, *args):
        pass

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def do_GET(self):
        path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
        if path == "/.well-known/openid-configuration":
            ends = ("authorization", "token", "userinfo")
            config = {f"{end}_endpoint": f"{self.issuer}/{end}" for end in ends}
            self._json(config | {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/keys"})
        elif path == "/authorization":
            self._authorize({name: values[0] for name, values in query.items()})
        elif path == "/userinfo":
            self._json(self.says["userinfo"])
        else:
            self._json({}, 404)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/control":
            self.says.update(json.loads(body))
            self._json({})
        elif self.path == "/token":
            self._token({name: values[0] for name, values in parse_qs(body.decode()).items()})

    def _authorize(self, asked: dict):
        back = {"state": asked["state"]}
        if self.says["error"]:
            back["error"] = self.says["error"]
        else:
            back["code"] = secrets.token_urlsafe(16)
            self.codes[back["code"]] = asked
        self.send_response(302)
        self.send_header("Location", f"{asked['redirect_uri']}?{urlencode(back)}")
        self.end_headers()

    def _token(self, sent: dict):
        asked = self.codes.pop(sent.get("code"), None)
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        right = (
            asked
            and (sent.get("client_id"), sent.get("client_secret")) == (CLIENT, SECRET)
            and sent.get("redirect_uri") == asked["redirect_uri"]
            and asked["code_challenge"] == challenge
        )
        if not right:
            return self._json({"error": "invalid_grant"}, 400)
        now = int(time.time())
        claims = {
            "iss": self.says["issuer"] or self.issuer,
            "aud": self.says["audience"],
            "iat": now,
            "exp": now + 60,
        }
        token = jwt.encode(claims | self.says["id_token"], SECRET, algorithm="HS256")
        return self._json({"access_token": "x", "token_type": "Bearer", "id_token": token})

    def _json(self, content: dict, status: int = 200):
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@dataclass
class Running:
    url: str

    def control(self, **says) -> None:
        usual = {"error": "", "issuer": "", "audience": CLIENT}
        request = urllib.request.Request(f"{self.url}/control", json.dumps(usual | says).encode())
        urllib.request.urlopen(request, timeout=10).close()

    def say(self, **person) -> None:
        """Whoever logs in from now on is this person."""
        self.control(id_token={"sub": person.get("sub")}, userinfo=person)


@contextmanager
def running_provider():
    process = subprocess.Popen([sys.executable, "-m", "tests.teams.oidc_provider"], stdout=subprocess.PIPE, text=True)
    try:
        yield Running(f"http://127.0.0.1:{int(process.stdout.readline())}")
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    print(server.server_port, flush=True)
    server.serve_forever()
