"""Every kind of response carries the headers that protect a respondent."""

import pytest

from tests.flows.visitor import Visitor
from tests.servers import gunicorn

POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'",
    "connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'", "object-src 'none'",
}  # fmt: skip
FEATURES = {"camera", "microphone", "geolocation", "payment", "usb", "serial", "display-capture", "fullscreen"}
FONT = "/static/fonts/source-sans-3-latin-400-normal.woff2"


def missing(answer) -> list[str]:
    """What is wrong with the headers of one response."""
    headers = answer.headers
    wrong = [
        f"{name}: {headers.get(name)}"
        for name, value in {
            "x-content-type-options": "nosniff",
            "cross-origin-opener-policy": "same-origin",
            "cross-origin-resource-policy": "same-origin",
        }.items()
        if headers.get(name) != value
    ]
    directives = [part.strip() for part in headers.get("content-security-policy", "").split(";")]
    if set(directives) != POLICY or len(directives) != len(POLICY):
        wrong.append(f"content-security-policy: {directives}")
    permissions = dict(part.strip().split("=") for part in headers.get("permissions-policy", "none=*").split(","))
    if set(permissions.values()) != {"()"} or not permissions.keys() >= FEATURES:
        wrong.append(f"permissions-policy: {permissions}")
    if headers.get("referrer-policy") not in {"same-origin", "strict-origin"}:
        wrong.append(f"referrer-policy: {headers.get('referrer-policy')}")
    return wrong + [name for name in headers if name.startswith("access-control-")]


@pytest.fixture(scope="module")
def answers(server):
    """{kind: (expected status, response)}, one of every kind."""
    nobody, half, done = Visitor(server), Visitor(server).begin(), Visitor(server).begin().fill().send()
    token, link = half.token(), half.link()
    question = {"question": next(iter(half.get("/scan/stap/1/").choices)), "choice": "1"}
    return {
        "page": (200, nobody.get("/")),
        "page with a scan": (200, half.get("/scan/stap/1/")),
        "page with an error": (200, nobody.post("/scan/beginnen/", nobody.token())),
        "personal link": (200, half.get(link)),
        "result": (200, done.get("/resultaat/")),
        "pdf": (200, done.get("/resultaat/advies.pdf")),
        "library": (200, nobody.get("/bibliotheek/?zoek=intervisie")),
        "entry of the library": (200, nobody.get("/bibliotheek/skills-training/")),
        "pdf of an entry": (200, nobody.get("/bibliotheek/skills-training/pdf/")),
        "my list changed": (302, nobody.post(
            "/bibliotheek/mijn-lijst/wijzigen/", nobody.token() | {"do": "add", "code": "skills-training"}
        )),
        "pdf of my list": (200, nobody.get("/bibliotheek/mijn-lijst/pdf/")),
        "redirect": (302, half.get("/scan/")),
        "redirect to the slash": (301, nobody.get("/bronnen")),
        "saved": (200, half.post("/scan/antwoord/", token | question)),
        "not saved": (400, half.post("/scan/antwoord/", token | question | {"choice": "9"})),
        "already sent": (409, done.post("/scan/antwoord/", done.token() | question)),
        "no scan": (404, nobody.get("/resultaat/")),
        "400": (400, nobody.post("/scan/beginnen/", "{}", **{"Content-Type": "application/json"})),
        "400 for the host": (400, nobody.get("/", Host="evil.nl")),
        "403": (403, nobody.post("/scan/beginnen/", {"role": "manager"})),
        "404": (404, nobody.get("/nee/")),
        "405": (405, nobody.request("PUT", "/")),
        "405 page": (405, nobody.get("/scan/versturen/")),
        "413": (413, nobody.post("/scan/beginnen/", "a" * 2**21)),
        "health": (200, nobody.get("/healthz")),
        "security.txt": (200, nobody.get("/.well-known/security.txt")),
        "style sheet": (200, nobody.get("/static/css/site.css")),
        "font": (200, nobody.get(FONT)),
        "script, unchanged": (304, nobody.get(
            "/static/js/copy.js", **{"If-Modified-Since": nobody.get("/static/js/copy.js").headers["last-modified"]}
        )),
        "no such static file": (404, nobody.get("/static/nee.css")),
        "405 for a static file": (405, nobody.request("DELETE", "/static/css/site.css")),
    }  # fmt: skip


STATIC = {"style sheet", "font", "script, unchanged", "405 for a static file"}


def test_every_kind_of_response_is_what_it_says_it_is(answers):
    assert {kind: answer.status for kind, (_, answer) in answers.items()} == {
        kind: status for kind, (status, _) in answers.items()
    }


def test_every_kind_of_response_carries_the_protecting_headers(answers):
    assert {kind: missing(answer) for kind, (_, answer) in answers.items() if missing(answer)} == {}


def test_nothing_but_static_files_may_be_stored_by_a_browser(answers):
    stored = {kind for kind, (_, answer) in answers.items() if answer.headers.get("cache-control") != "no-store"}
    assert stored <= STATIC
    assert "max-age" in answers["style sheet"][1].headers["cache-control"]


def test_the_page_of_a_personal_link_sends_its_path_nowhere(answers):
    assert answers["personal link"][1].headers["referrer-policy"] == "strict-origin"


def test_a_busy_site_and_an_absent_database_say_so_with_the_same_headers(server, answers):
    done = Visitor(server).begin().fill().send()
    busy, away = {"QUICKSCAN_PDF_WAITING": "0"}, {"DATABASE_URL": server.cluster.url_of("nowhere")}
    for extra, path, text in ((busy, "/resultaat/advies.pdf", "Het is druk"), (away, "/rol/", "Even geduld")):
        with gunicorn(server.env | extra, workers=1, health="/robots.txt") as other:
            for cookies in ({}, done.cookies) if extra is away else (done.cookies,):
                answer = Visitor(other, cookies).get(path)
                assert (answer.status, missing(answer)) == (503, [])
                assert text in answer.text and int(answer.headers["retry-after"]) > 0
                assert answer.headers["cache-control"] == "no-store"


def test_the_check_sees_a_header_that_is_missing(answers):
    page = answers["page"][1]
    for name in ("content-security-policy", "x-content-type-options", "permissions-policy", "referrer-policy"):
        with_gap = {key: value for key, value in page.headers.items() if key != name}
        assert missing(type(page)(200, with_gap, b"")), name
    open_to_all = page.headers | {"access-control-allow-origin": "*"}
    assert missing(type(page)(200, open_to_all, b"")) == ["access-control-allow-origin"]
