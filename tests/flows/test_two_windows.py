"""The same scan in two windows: the last commit wins per question, and the one that was behind is told."""

import re

import pytest
from playwright.sync_api import expect

from tests.flows.steps import begin, choose, chosen, next_step, saved, status
from tests.flows.visitor import Visitor

browser = pytest.mark.browser

STALE = "In een ander venster stond"


@pytest.fixture
def windows(page):
    """Two windows of one browser on the first theme, both questions answered with level 1."""
    begin(page)
    for question in (0, 1):
        choose(page, question, 1)
        saved(page, question)
    page.reload()
    other = page.context.new_page()
    other.goto(page.url)
    return page, other


def stored(page) -> list[str]:
    """What a fresh window shows for the first theme."""
    fresh = page.context.new_page()
    fresh.goto("/scan/stap/1/")
    values = [chosen(fresh, question).get_attribute("value") for question in (0, 1)]
    fresh.close()
    return values


@browser
def test_the_last_choice_counts_and_the_window_that_was_behind_is_told(windows, complaints):
    complaints.allow("status of 412")
    first, second = windows
    choose(first, 0, 3)
    saved(first, 0)
    choose(second, 0, 4)
    expect(status(second, 0)).to_contain_text(STALE)
    assert stored(first) == ["4", "1"]
    choose(first, 0, 2)
    expect(status(first, 0)).to_contain_text(STALE)
    assert stored(first) == ["2", "1"]


@browser
def test_a_question_that_was_not_touched_never_overwrites(windows):
    first, second = windows
    choose(first, 0, 3)
    saved(first, 0)
    choose(second, 1, 0)
    saved(second, 1)
    next_step(second)  # sends both questions, the first as it was
    expect(second.locator(".notice")).to_contain_text(STALE)
    expect(chosen(second, 0)).to_have_value("3")
    assert stored(first) == ["3", "0"]
    next_step(second)
    expect(second).to_have_title(re.compile("^Stap 2 van 12"))


@browser
def test_a_window_that_was_open_when_the_scan_was_sent_leads_to_the_result(as_visitor, visitor, complaints):
    complaints.allow("status of 409")
    old = as_visitor(visitor.begin().fill())
    old.goto("/scan/stap/1/")
    visitor.send()
    choose(old, 0, 4)
    expect(old.locator("[data-gone]")).to_be_visible()
    expect(status(old, 0)).to_have_text("Niet opgeslagen")
    old.get_by_role("link", name="Kijk hoe je verdergaat").click()
    expect(old).to_have_title("Je uitkomst – Quickscan")
    expect(old.locator(".notice")).to_contain_text("al verstuurd")


@browser
def test_a_window_of_another_scan_saves_nothing_in_the_new_one(page, complaints, server):
    complaints.allow("status of 403")
    begin(page)
    old = page.context.new_page()
    old.goto(page.url)
    begin(page)  # a second scan in the same browser
    before = server.query("SELECT count(*) FROM scans_answer")
    choose(old, 0, 4)
    expect(old.locator("[data-gone]")).to_be_visible()
    assert server.query("SELECT count(*) FROM scans_answer") == before


# --- the same with forms only -------------------------------------------------------------------------


@pytest.fixture
def pages(visitor):
    """The first theme as two windows read it; both questions answered with level 1. Gives (page, codes)."""
    visitor.begin().answer_theme(1, "1")
    page = visitor.get("/scan/stap/1/")
    return page, list(page.choices)


def shown(visitor: Visitor) -> list[str]:
    return re.findall(r'value="(\w+)" id="[^"]+" checked', visitor.get("/scan/stap/1/").text)


def test_without_javascript_an_untouched_question_does_not_overwrite(visitor, pages):
    page, (first, second) = pages
    visitor.post("/scan/stap/1/", page.hidden | {first: "3", second: "1"})
    answer = visitor.post("/scan/stap/1/", page.hidden | {first: "1", second: "0"})
    assert answer.location == "/scan/stap/1/"
    assert STALE in visitor.get("/scan/stap/1/").text
    assert shown(visitor) == ["3", "0"]


def test_without_javascript_the_last_choice_counts_and_is_told(visitor, pages):
    page, (first, second) = pages
    visitor.post("/scan/stap/1/", page.hidden | {first: "3", second: "1"})
    answer = visitor.post("/scan/stap/1/", page.hidden | {first: "4", second: "1"})
    assert answer.location == "/scan/stap/1/"
    assert STALE in visitor.get("/scan/stap/1/").text
    assert shown(visitor) == ["4", "1"]


def test_an_incomplete_page_shows_what_another_window_saved_and_does_not_undo_it(visitor):
    visitor.begin()
    page = visitor.get("/scan/stap/1/")
    first, second = page.choices
    visitor.post("/scan/stap/1/", page.hidden | {first: "1"})
    behind = visitor.get("/scan/stap/1/")
    visitor.post("/scan/stap/1/", behind.hidden | {first: "3"})

    answer = visitor.post("/scan/stap/1/", behind.hidden | {first: "1"})
    assert "Kies een antwoord." in answer.text
    assert STALE in answer.text
    assert re.findall(r'value="(\w+)" id="[^"]+" checked', answer.text) == ["3"]
    assert visitor.post("/scan/stap/1/", answer.hidden | {first: "3", second: "2"}).location == "/scan/stap/2/"
    assert shown(visitor) == ["3", "2"]


def test_an_incomplete_page_counts_as_seen_for_what_it_saved(visitor):
    visitor.begin()
    page = visitor.get("/scan/stap/1/")
    first, second = page.choices
    again = visitor.post("/scan/stap/1/", page.hidden | {first: "1"})
    answer = visitor.post("/scan/stap/1/", again.hidden | {first: "4", second: "2"})
    assert answer.location == "/scan/stap/2/"
    assert STALE not in visitor.get("/scan/stap/2/").text


def test_a_window_that_was_still_empty_shows_what_the_other_answered(visitor):
    visitor.begin()
    page = visitor.get("/scan/stap/1/")
    first, second = page.choices
    visitor.post("/scan/stap/1/", page.hidden | {first: "3", second: "4"})
    answer = visitor.post("/scan/stap/1/", page.hidden)
    assert STALE in answer.text and "Kies een antwoord." not in answer.text
    assert re.findall(r'value="(\w+)" id="[^"]+" checked', answer.text) == ["3", "4"]
