"""The site as it runs in production, behind a proxy that speaks TLS."""

import re
from secrets import token_urlsafe

import pytest

from tests.flows.test_headers import missing
from tests.flows.visitor import Visitor
from tests.servers import gunicorn, manage

TLS = {"X-Forwarded-Proto": "https"}
HSTS = "max-age=63072000; includeSubDomains; preload"


@pytest.fixture(scope="module")
def production(server, tmp_path_factory):
    env = server.env | {
        "QUICKSCAN_MODE": "production",
        "QUICKSCAN_VAR": str(tmp_path_factory.mktemp("production")),
        "SECRET_KEY": token_urlsafe(50),
        "ALLOWED_HOSTS": "127.0.0.1",
    }
    manage(env, "collectstatic", "--noinput", "--verbosity", "0")
    with gunicorn(env, workers=1) as running:
        yield running


@pytest.fixture
def visitor(production) -> Visitor:
    return Visitor(production)


def test_every_page_file_and_error_asks_for_tls_from_now_on(visitor):
    page = visitor.get("/rol/", **TLS)
    style_sheet = re.search(r'href="(/static/css/site\.[^"]+\.css)"', page.text)[1]
    answers = [
        page,
        visitor.get(style_sheet, **TLS),
        visitor.get("/nee/", **TLS),
        visitor.request("PUT", "/", headers=TLS),
    ]
    assert [answer.status for answer in answers] == [200, 200, 404, 405]
    assert [answer.headers.get("strict-transport-security") for answer in answers] == [HSTS] * 4
    assert [missing(answer) for answer in answers] == [[]] * 4
    assert "immutable" in answers[1].headers["cache-control"]


def test_the_only_cookie_is_bound_to_this_host_and_to_tls(visitor):
    cookie = visitor.get("/rol/", **TLS).headers["set-cookie"]
    assert cookie.startswith("__Host-session=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie and "Max-Age" not in cookie and "expires" not in cookie.lower()


def test_plain_http_is_sent_to_tls(visitor):
    for headers in ({}, {"X-Forwarded-Proto": "http"}, {"X-Forwarded-Protocol": "https"}):
        answer = visitor.get("/rol/", **headers)
        assert (answer.status, answer.headers["location"][:8]) == (301, "https://")


def test_a_form_from_another_origin_is_refused_and_the_own_one_begins_a_scan(visitor, production):
    token = visitor.get("/rol/", **TLS).hidden
    fields = token | {"role": "manager"}
    own = {"Origin": f"https://127.0.0.1:{production.port}"}
    assert visitor.post("/scan/beginnen/", fields, Origin="https://evil.nl", **TLS).status == 403
    assert visitor.post("/scan/beginnen/", fields, **own, **TLS).location == "/scan/stap/1/"


def test_the_admin_of_development_is_not_there(visitor):
    assert visitor.get("/beheer/", **TLS).status == 404
