"""The site, the browser, and a page that complains: whatever goes wrong in a browser fails its story."""

import os
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.flows.server import new_server, suite_cluster
from tests.flows.visitor import Visitor

SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
expect.set_options(timeout=20_000)  # two cores, shared with whatever else runs

REPORT_VIOLATIONS = """
    document.addEventListener("securitypolicyviolation", (event) =>
        console.error(`CSP violation: ${event.effectiveDirective} ${event.blockedURI}`));
"""


@pytest.fixture(scope="session")
def server():
    with new_server(suite_cluster(), workers=2) as site:
        yield site


# For this folder and not for the session: while Playwright runs, Django keeps its connections in another place,
# where the end of the suite would not find them.
@pytest.fixture(scope="package")
def browser():
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS, timeout=60_000)
        yield browser
        browser.close()


@pytest.fixture
def visitor(server) -> Visitor:
    """A respondent without a browser."""
    return Visitor(server)


@dataclass
class Complaints:
    """What the pages of one story complained about. A story names what it provokes on purpose: `allow`."""

    site: str
    found: list[str] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)

    def allow(self, *parts: str) -> None:
        self.allowed += parts

    def left(self) -> list[str]:
        return [text for text in self.found if not any(part in text for part in self.allowed)]

    def watch(self, context) -> None:
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.found.append(f"page error: {error.error}"))
        context.on("request", self._request)
        context.on("response", self._response)

    def _console(self, message) -> None:
        if message.type == "error":
            self.found.append(f"console: {message.text}")

    def _request(self, request) -> None:
        if not request.url.startswith(self.site):
            self.found.append(f"request to another place: {request.url}")

    def _response(self, response) -> None:
        if response.status >= 500:
            self.found.append(f"{response.status} from {response.url}")


@pytest.fixture
def complaints(server):
    complaints = Complaints(server.url)
    yield complaints
    assert complaints.left() == []


@pytest.fixture
def open_context(browser, server, complaints):
    """Opens browser profiles that know nothing of each other; options as in Playwright's `new_context`."""
    contexts = []

    def open_context(**options):
        usual = {"viewport": SIZES["desktop"], "locale": "nl-NL", "reduced_motion": "reduce"}  # no smooth scrolling
        context = browser.new_context(base_url=server.url, **(usual | options))
        context.set_default_timeout(30_000)
        complaints.watch(context)
        contexts.append(context)
        return context

    yield open_context
    for context in contexts:
        context.close()


@pytest.fixture
def size() -> str:
    """Desktop, unless a story says `@both_sizes`."""
    return "desktop"


both_sizes = pytest.mark.parametrize("size", SIZES)


@pytest.fixture
def page(open_context, size):
    return open_context(viewport=SIZES[size]).new_page()


@pytest.fixture
def as_visitor(open_context, server):
    """A page that holds the scan of a respondent who came this far over plain HTTP."""

    def as_visitor(visitor: Visitor, **options):
        context = open_context(**options)
        context.add_cookies(
            [{"name": name, "value": value, "url": server.url} for name, value in visitor.cookies.items()]
        )
        return context.new_page()

    return as_visitor
