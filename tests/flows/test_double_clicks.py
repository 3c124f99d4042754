"""A double click on a button that begins or ends a session does what one click does."""

import re

import pytest
from playwright.sync_api import expect

from tests.flows.visitor import Visitor

pytestmark = pytest.mark.browser


def begin(page, server):
    page.goto("/rol/")
    page.get_by_role("radio", name=re.compile("^Klantmanager")).check()
    return "Begin met stap 1", re.compile("^Stap 1 van 12")


def open_link(page, server):
    page.goto(Visitor(server).begin().link())
    return "Open mijn scan", re.compile("^Stap 1 van 12")


def draft(page, server):
    session = Visitor(server).begin().cookies["session"]
    page.context.add_cookies([{"name": "session", "value": session, "url": server.url}])


def erase(page, server):
    draft(page, server)
    page.goto("/scan/wissen/")
    return "Wis alles nu", re.compile("^Gewist")


def restart(page, server):
    draft(page, server)
    page.goto("/scan/andere-rol/")
    return "Wis en kies een andere rol", re.compile("^Kies je rol")


ROADS = [begin, open_link, erase, restart]


def click_twice(page, button: str) -> int:
    """A double click as a hand makes it, on a server that takes a moment. Returns how many posts were sent."""
    held = []
    address = re.compile(r".*/(scan/\w+|verder|scan/wissen/nu)/$")
    page.route(address, lambda route: held.append(route) if route.request.method == "POST" else route.continue_())
    box = page.get_by_role("button", name=button).bounding_box()
    for _ in range(2):
        page.mouse.click(box["x"] + 20, box["y"] + 10)
        page.wait_for_timeout(150)
    sent = len(held)
    for route in held:
        route.continue_()
    return sent


@pytest.mark.parametrize("road", ROADS)
def test_a_double_click_does_what_one_click_does(page, server, road):
    button, title = road(page, server)
    assert click_twice(page, button) == 1
    expect(page).to_have_title(title)


def test_without_the_script_the_second_click_is_sent_too(page, server, complaints):
    complaints.allow("status of 403", "ERR_FAILED")
    page.route("**/once.js", lambda route: route.abort())
    button, _ = begin(page, server)
    assert click_twice(page, button) == 2


def test_a_button_works_again_after_going_back(page, server):
    button, title = begin(page, server)
    page.get_by_role("button", name=button).click()
    expect(page).to_have_title(title)
    page.go_back()
    page.get_by_role("radio", name=re.compile("^Manager")).check()
    page.get_by_role("button", name=button).click()
    expect(page).to_have_title(title)
