"""Bad input gets a plain answer: never a stack trace, never a half-saved state."""

from urllib.parse import urlencode

import pytest

from tests.flows.visitor import FORM, Visitor

ANSWER, FIRST = "/scan/antwoord/", "/scan/stap/1/"


@pytest.fixture
def half(visitor) -> Visitor:
    return visitor.begin()


@pytest.fixture
def questions(half) -> list[str]:
    return list(half.get(FIRST).choices)


@pytest.fixture
def nothing_saved(server, half):
    """Whatever the story sends, no scan, answer or link changes."""

    def everything():
        scans = server.query("SELECT * FROM scans_scan ORDER BY id")
        return scans, server.query("SELECT * FROM scans_answer ORDER BY 1, 2"), server.query("TABLE scans_resumelink")

    before = everything()
    yield
    assert everything() == before


pytestmark = pytest.mark.usefixtures("nothing_saved")


def post(half, body: str | bytes, path: str = ANSWER, **headers):
    """The body as it is, after a valid token: what is refused is refused for its own sake."""
    token = urlencode(half.token()) + "&"
    return half.post(path, (token if isinstance(body, str) else token.encode()) + body, **headers)


@pytest.mark.parametrize("path", [ANSWER, FIRST, "/scan/beginnen/", "/scan/versturen/", "/verder/"])
@pytest.mark.parametrize(
    "body",
    [
        "role=manager&role=client_manager",
        "role=a%00b",
        "role=%ff",
        b"role=\xff",
        "role=%ed%a0%80",
        "%00=1",
        "&".join(f"field{number}=1" for number in range(5000)),
    ],
    ids=["twice", "NUL", "invalid UTF-8", "raw byte", "lone surrogate", "NUL in a name", "5,000 fields"],
)
def test_a_form_that_cannot_be_read_is_refused(half, path, body):
    answer = post(half, body, path)
    assert (answer.status, "Dit kunnen wij niet lezen" in answer.text) == (400, True)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", '{"question": 1}'),
        ("application/json", '{"a": ' * 10_000),
        ("text/plain", "role=manager"),
        ("multipart/form-data", "no boundary"),
        ("", "role=manager"),
        (FORM + "; charset=utf-16", "role=manager"),
    ],
)
def test_a_body_that_is_not_a_form_is_refused(half, kind, body):
    assert half.post(ANSWER, body, **{"Content-Type": kind}).status == 400


@pytest.mark.parametrize("size", [2, 10])
def test_a_body_that_is_too_big_gets_a_page_that_says_so(half, size):
    answer = post(half, "question=" + "a" * (size * 2**20))
    assert (answer.status, "Dit is te veel tekst" in answer.text) == (413, True)


def test_a_file_that_is_too_big_is_refused_like_any_other_body(half):
    head = '--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n'
    body = head + "a" * 2**21 + "\r\n--x--\r\n"
    assert half.post(ANSWER, body, **{"Content-Type": "multipart/form-data; boundary=x"}).status == 413


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "FOO", "OPTIONS"])
@pytest.mark.parametrize("path", ["/", "/rol/", FIRST, ANSWER, "/scan/wissen/nu/", "/resultaat/", "/healthz"])
def test_another_method_is_not_allowed(half, method, path):
    answer = half.request(method, path, urlencode(half.token()), {"Content-Type": FORM})
    assert (answer.status, "allow" in answer.headers) == (405, True)


@pytest.mark.parametrize(
    "path", ["/scan/beginnen/", ANSWER, "/scan/versturen/", "/scan/wissen/nu/", "/scan/opnieuw/"]
)
def test_the_address_of_a_button_explains_itself_and_does_nothing(half, path):
    assert half.request("HEAD", path).status == 405
    answer = half.get(path)
    assert (answer.status, answer.headers["allow"]) == (405, "POST")
    assert "gebruik de knop" in answer.text


@pytest.mark.parametrize(
    "choice", ["5", "-1", "1.0", " ", "\u200b", "manager", "2 OR 1=1", "<script>", "👍", "not_a_choice"]
)
def test_a_foreign_choice_is_refused_on_both_roads(half, questions, choice):
    first, second = questions
    assert half.post(ANSWER, half.token() | {"question": first, "choice": choice}).status == 400
    page = half.get(FIRST)
    answer = half.post(FIRST, page.hidden | {first: choice})
    assert answer.status == 200
    assert "Kies een antwoord." in answer.text and "<script>alert" not in answer.text


def test_an_unknown_question_is_not_found(half, server):
    ((foreign,), *_) = server.query("SELECT code FROM scans_question WHERE code LIKE 'ma-%%' OR code LIKE 'm-%%'")
    for question in (foreign, "", "x" * 200, "'; DROP TABLE scans_scan; --", "{{7*7}}"):
        assert half.post(ANSWER, half.token() | {"question": question, "choice": "1"}).status == 404


@pytest.mark.parametrize("seen", ["9" * 5000, "-1", "abc", "1e9", "99999999999"])
def test_a_revision_that_we_did_not_write_is_refused_or_ignored(half, questions, seen):
    first, _ = questions
    assert half.post(ANSWER, half.token() | {"question": first, "choice": "1", "seen": seen}).status == 400
    page = half.get(FIRST)
    assert half.post(FIRST, page.hidden | {f"seen-{first}": f"{seen}:1", first: ""}).status == 200


@pytest.mark.parametrize("role", ["", "boss", "client_manager,manager", "1"])
def test_an_unknown_role_begins_nothing(half, role):
    assert "Er is nog iets nodig" in half.post("/scan/beginnen/", half.token() | {"role": role}).text


@pytest.mark.parametrize("headers", [{}, {"Origin": "null"}, {"Origin": "http://evil.nl"}])
def test_a_form_of_another_site_says_try_again_and_the_next_try_works(half, questions, headers):
    fields = {"question": questions[0], "choice": "9"}
    answer = half.post(ANSWER, fields | (half.token() if headers else {}), **headers)
    assert (answer.status, "Probeer opnieuw" in answer.text) == (403, True)
    assert half.post(ANSWER, half.token() | fields).status == 400, "this time it is read"
