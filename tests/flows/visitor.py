"""A respondent without a browser: one cookie jar, plain HTTP, forms read from the page.

Raw on purpose: no redirect is followed and nothing is tidied up, so that bad input arrives as it was written.
"""

import re
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from tests.flows.server import Site

FORM = "application/x-www-form-urlencoded"
_HIDDEN = re.compile(r'type="hidden" name="([^"]+)" value="([^"]*)"')
_RADIO = re.compile(r'type="radio" name="([^"]+)" value="([^"]+)"')
_LINK = re.compile(r'value="(http[^"]+/verder/[^"]+)"')


@dataclass(frozen=True)
class Answer:
    """One response as it came, with the names of its headers in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def location(self) -> str:
        return urlsplit(self.headers.get("location", "")).path

    @property
    def hidden(self) -> dict[str, str]:
        """The hidden fields of the page, the CSRF token among them."""
        return {name: unescape(value) for name, value in _HIDDEN.findall(self.text)}

    @property
    def choices(self) -> dict[str, list[str]]:
        """The radio groups of the page: {name: values}."""
        groups: dict[str, list[str]] = {}
        for name, value in _RADIO.findall(self.text):
            groups.setdefault(name, []).append(value)
        return groups


@dataclass
class Visitor:
    site: Site
    cookies: dict[str, str] = field(default_factory=dict)

    def request(self, method: str, path: str, body=None, headers: dict | None = None) -> Answer:
        jar = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection = HTTPConnection("127.0.0.1", self.site.port, timeout=60)
        try:
            connection.request(method, path, body, ({"Cookie": jar} if jar else {}) | (headers or {}))
            response = connection.getresponse()
            for line in response.headers.get_all("Set-Cookie") or ():
                self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
            received = {name.lower(): value for name, value in response.getheaders()}
            answer = Answer(response.status, received, response.read())
        finally:
            connection.close()
        assert answer.status != 500, f"{method} {path[:80]} broke the site"
        return answer

    def get(self, path: str, **headers: str) -> Answer:
        return self.request("GET", path, headers=headers)

    def post(self, path: str, fields: dict | str | bytes = b"", **headers: str) -> Answer:
        body = urlencode(fields) if isinstance(fields, dict) else fields
        return self.request("POST", path, body, {"Content-Type": FORM} | headers)

    # --- the road, in verbs ---

    def token(self) -> dict[str, str]:
        return {"csrfmiddlewaretoken": self.get("/rol/").hidden["csrfmiddlewaretoken"]}

    def begin(self, role: str = "client_manager") -> "Visitor":
        assert self.post("/scan/beginnen/", self.token() | {"role": role}).location == "/scan/stap/1/"
        return self

    def answer_theme(self, step: int, choice: str = "2") -> Answer:
        """The same choice for both questions; level 1 where a question does not offer it."""
        page = self.get(f"/scan/stap/{step}/")
        chosen = {name: choice if choice in offered else "1" for name, offered in page.choices.items()}
        return self.post(f"/scan/stap/{step}/", page.hidden | chosen)

    def fill(self, choice: str = "2", steps=range(1, 13)) -> "Visitor":
        for step in steps:
            assert self.answer_theme(step, choice).status == 302
        return self

    def send(self) -> "Visitor":
        assert self.post("/scan/versturen/", self.token()).location == "/resultaat/"
        return self

    def link(self) -> str:
        """The path of a fresh personal link."""
        return urlsplit(_LINK.search(self.post("/scan/later/link/", self.token()).text)[1]).path

    def open_link(self, path: str) -> Answer:
        page = self.get(path)
        return self.post("/verder/", page.hidden) if page.status == 200 else page

    def erase(self) -> Answer:
        return self.post("/scan/wissen/nu/", self.token())
