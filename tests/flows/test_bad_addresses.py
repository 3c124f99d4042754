"""Odd addresses, hosts and cookies get a plain answer."""

import socket

import pytest

from tests.flows.visitor import Visitor


@pytest.mark.parametrize(
    "path",
    [
        "/scan/../beheer/", "/scan/%2e%2e%2fbeheer/", "//evil.nl", "/\\evil.nl", "/%00", "/%ff", "/nee", "/nee/",
        "/scan/stap/0/", "/scan/stap/13/", "/scan/stap/-1/", "/scan/stap/abc/", "/scan/stap/99999999999999999999/",
        "/verder/%00/", "/verder/%ff/", f"/verder/{'a' * 3000}/", "/.git/config",
        "/static/%2e%2e/quickscan/settings.py",
    ],
)  # fmt: skip
def test_an_odd_path_is_not_found(visitor, path):
    assert visitor.get(path).status == 404


@pytest.mark.parametrize(
    "query", ["page=0", "page=-1", "page=99999999999999999999", "page=abc", "sort=password", "a=%ff&a=%00"]
)
def test_a_query_that_no_page_knows_is_ignored(visitor, query):
    assert visitor.get(f"/bronnen/?{query}").body == visitor.get("/bronnen/").body


@pytest.mark.parametrize("host", ["evil.nl", "", "127.0.0.1:99999", "127.0.0.1.evil.nl", "a b"])
def test_another_host_is_refused(visitor, host):
    assert visitor.get("/", Host=host).status == 400


def test_two_hosts_are_refused(server):
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as plain:
        plain.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.nl\r\nConnection: close\r\n\r\n")
        assert plain.recv(100).startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize(
    "cookie",
    ["session=" + "x" * 5000, "session=;;;=", r'session="\000abcdefgh"', "session=chosenbyaclient0123456789012345"],
)
def test_a_cookie_that_is_not_ours_gives_a_new_session(server, cookie):
    fresh = Visitor(server)
    answer = fresh.get("/rol/", Cookie=cookie)
    assert answer.status == 200
    assert fresh.cookies["session"] not in cookie
    assert Visitor(server).get("/scan/", Cookie=cookie).status == 404


def test_a_cookie_beyond_all_bounds_is_refused(server):
    assert Visitor(server).get("/rol/", Cookie="session=" + "x" * 9000).status == 431
