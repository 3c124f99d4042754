"""The personal link, erasing, and starting over with another role."""

import re

import pytest
from playwright.sync_api import expect

from scans.services import hash_secret
from tests.flows.steps import begin, choose, chosen, saved
from tests.flows.visitor import Visitor

browser = pytest.mark.browser

TABLES = ("scans_scan", "scans_answer", "scans_resumelink")
NO_SCAN = "Hier is geen scan open"


def made_link(page) -> str:
    page.get_by_role("link", name="Later verder").click()
    page.get_by_role("button", name="Maak mijn link").click()
    return page.get_by_label("Jouw link").input_value()


@browser
def test_the_scan_goes_on_in_another_browser_and_the_secret_stays_nowhere(page, open_context, server):
    begin(page)
    choose(page, 0, 3)
    saved(page, 0)
    link = made_link(page)
    secret = link.split("/")[-2]

    other = open_context().new_page()
    addresses = []
    other.on("request", lambda request: addresses.append((request.url, request.headers.get("referer", ""))))
    other.goto(link)
    assert secret not in other.url, "the address bar forgets it before the button is pressed"
    other.get_by_role("button", name="Open mijn scan").click()
    expect(other).to_have_title(re.compile("^Stap 1 van 12"))
    expect(chosen(other, 0)).to_have_value("3")
    assert secret not in other.url + other.content()

    assert addresses[0][0] == link
    assert not any(secret in url + referer for url, referer in addresses[1:])
    assert not any(secret in referer for _, referer in addresses)
    other.go_back()
    assert secret not in other.url + other.content()
    assert other.evaluate("history.length") <= 3
    expect(other).to_have_title(re.compile("^Stap 1 van 12"))
    assert server.query("SELECT count(*) FROM scans_resumelink WHERE secret_hash = %s", secret) == [(0,)], (
        "only its hash is kept"
    )


@browser
def test_the_link_can_be_copied(visitor, as_visitor):
    page = as_visitor(visitor.begin(), permissions=["clipboard-read", "clipboard-write"])
    page.goto("/scan/later/")
    page.get_by_role("button", name="Maak mijn link").click()
    page.get_by_role("button", name="Kopieer de link").click()
    expect(page.locator("[data-copy-status]")).to_have_text("De link is gekopieerd.")


def test_reading_a_link_changes_nothing_and_opens_nothing(server, visitor):
    link = visitor.begin().link()
    scanner = Visitor(server)
    for method in ("GET", "HEAD", "GET"):
        assert scanner.request(method, link).status == 200
    assert scanner.get("/scan/").status == 404
    assert scanner.open_link(link).location == "/scan/"
    assert scanner.get("/scan/").location == "/scan/stap/1/"


def test_a_link_leads_to_the_result_after_sending(server, visitor):
    link = visitor.begin().fill().link()
    visitor.send()
    assert Visitor(server).open_link(link).location == "/resultaat/"


def test_unknown_expired_and_erased_links_cannot_be_told_apart(server, visitor):
    expired, erased = Visitor(server).begin(), Visitor(server).begin()
    links = [expired.link(), erased.link(), f"/verder/{'A' * 43}/", "/verder/x/"]
    assert all(visitor.get(link).status == 200 for link in links[:2]), "they worked before"
    secret = links[0].split("/")[2]
    server.query(
        "UPDATE scans_scan SET erase_on = CURRENT_DATE FROM scans_resumelink link"
        " WHERE link.scan_id = scans_scan.id AND link.secret_hash = %s",
        hash_secret(secret),
    )
    erased.erase()

    pages = [visitor.get(link) for link in links]
    assert {page.status for page in pages} == {404}
    assert len({page.body for page in pages}) == 1
    assert NO_SCAN in pages[0].text
    assert all(lasting(page.headers) == lasting(pages[0].headers) for page in pages)

    posts = [visitor.post("/verder/", visitor.token() | {"secret": link.split("/")[2]}) for link in links]
    assert {(post.status, post.body) for post in posts} == {(404, pages[0].body)}
    assert expired.get("/scan/stap/1/").body == pages[0].body, "an expired scan is gone for its own session too"


def lasting(headers: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name not in {"date", "set-cookie"}}


@browser
def test_erasing_asks_once_and_leaves_nothing(as_visitor, visitor, server, complaints):
    complaints.allow("status of 404")
    link = visitor.begin().fill().link()
    visitor.send()
    page = as_visitor(visitor)
    before = [server.query(f"SELECT count(*) FROM {table}")[0][0] for table in TABLES]
    page.goto("/resultaat/")
    page.get_by_role("link", name="Wis alles nu").click()
    page.get_by_role("button", name="Wis alles nu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Het is gewist")
    after = [server.query(f"SELECT count(*) FROM {table}")[0][0] for table in TABLES]
    assert [now - then for now, then in zip(after, before, strict=True)] == [-1, -24, -1]
    for path in ("/resultaat/", "/resultaat/advies.pdf", "/scan/", link):
        assert page.goto(path).status == 404
        expect(page.get_by_role("heading", level=1)).to_have_text(NO_SCAN)


@browser
def test_who_closes_on_a_shared_computer_leaves_nothing_there(as_visitor, visitor, complaints):
    complaints.allow("status of 404")
    link = visitor.begin().fill().link()
    visitor.send()
    page = as_visitor(visitor)
    page.goto("/resultaat/")
    shown = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="Sluit af op deze computer").click()
    page.get_by_role("button", name="Sluit af").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Je scan is hier afgesloten")
    for back in range(1, 3):
        page.evaluate(f"history.go(-{back})")
        expect(page.get_by_role("heading", level=1)).to_have_text(NO_SCAN)
        page.goto("/afgesloten/")
    page.goto(link)
    page.get_by_role("button", name="Open mijn").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(shown)


@browser
def test_another_role_can_be_chosen_and_the_old_answers_are_erased(page, server):
    begin(page)
    choose(page, 0, 3)
    saved(page, 0)
    before = server.query("SELECT count(*) FROM scans_answer")[0][0]
    page.get_by_role("link", name="Dit is niet mijn rol").click()
    page.get_by_role("link", name="Nee, ga verder").click()
    expect(chosen(page, 0)).to_have_value("3")
    page.get_by_role("link", name="Dit is niet mijn rol").click()
    page.get_by_role("button", name="Wis en kies een andere rol").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wat is je rol?")
    assert server.query("SELECT count(*) FROM scans_answer")[0][0] == before - 1
    begin(page, "manager")
