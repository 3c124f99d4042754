"""Answers when the connection or the session goes away: nothing is called saved that is not."""

import re

import pytest
from playwright.sync_api import expect

from tests.flows.steps import begin, choose, chosen, next_step, saved, send, status

pytestmark = pytest.mark.browser

OFFLINE = "[data-offline]"
GONE = "[data-gone]"


def answers(server) -> int:
    return server.query("SELECT count(*) FROM scans_answer")[0][0]


@pytest.fixture
def offline(page, complaints):
    complaints.allow("ERR_INTERNET_DISCONNECTED")
    begin(page)
    page.context.set_offline(True)
    return page


# Remembers every text that the first question's status has shown, however briefly.
SHOWN = """() => {
    const status = document.querySelector("[data-status]");
    window.shown = [];
    new MutationObserver(() => window.shown.push(status.textContent)).observe(status, {childList: true});
}"""


def test_a_choice_made_offline_is_kept_and_saved_by_itself_afterwards(offline, server):
    page, before = offline, answers(server)
    page.evaluate(SHOWN)
    choose(page, 0, 3)
    expect(page.locator(OFFLINE)).to_be_visible()
    expect(status(page, 0)).to_have_text("Niet opgeslagen")
    page.wait_for_timeout(3500)  # one try has failed again
    expect(status(page, 0)).to_have_text("Niet opgeslagen")
    expect(chosen(page, 0)).to_have_value("3")
    assert set(page.evaluate("window.shown")) <= {"", "Niet opgeslagen"}
    assert answers(server) == before

    page.context.set_offline(False)
    saved(page, 0)
    expect(page.locator(OFFLINE)).to_be_hidden()
    assert answers(server) == before + 1


def test_going_on_while_offline_stays_on_the_page_and_works_again_afterwards(offline):
    page = offline
    for question in (0, 1):
        choose(page, question, 2)
    next_step(page)
    expect(page.locator(OFFLINE)).to_be_in_viewport()
    expect(page).to_have_title(re.compile("^Stap 1 van 12"))
    for question in (0, 1):
        expect(chosen(page, question)).to_have_value("2")

    page.context.set_offline(False)
    for question in (0, 1):
        saved(page, question)
    next_step(page)
    expect(page).to_have_title(re.compile("^Stap 2 van 12"))


def test_going_on_while_offline_stays_even_when_everything_was_saved(page):
    begin(page)
    for question in (0, 1):
        choose(page, question, 2)
        saved(page, question)
    page.context.set_offline(True)
    next_step(page)
    expect(page.locator(OFFLINE)).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator(OFFLINE)).to_be_hidden()
    next_step(page)
    expect(page).to_have_title(re.compile("^Stap 2 van 12"))


def test_a_save_that_hears_nothing_counts_as_not_saved(page):
    page.add_init_script(
        "const wait = AbortSignal.timeout; AbortSignal.timeout = (ms) => wait.call(AbortSignal, ms / 5)"
    )
    begin(page)
    held = []
    page.route("**/scan/antwoord/", lambda route: held.append(route), times=1)
    choose(page, 0, 1)
    expect(status(page, 0)).to_have_text("Niet opgeslagen")
    saved(page, 0)  # the next try is not held up
    assert len(held) == 1


def test_an_error_of_the_server_is_tried_again(page, complaints):
    complaints.allow("status of 503", "503 from")
    begin(page)
    page.route("**/scan/antwoord/", lambda route: route.fulfill(status=503), times=1)
    choose(page, 0, 1)
    expect(status(page, 0)).to_have_text("Niet opgeslagen")
    saved(page, 0)


def test_a_lost_session_is_told_and_the_own_link_brings_everything_back(as_visitor, visitor, complaints):
    complaints.allow("status of 403", "status of 404")
    visitor.begin().fill("4", steps=range(1, 12))
    link = visitor.link()
    page = as_visitor(visitor)
    page.goto("/scan/stap/12/")
    choose(page, 0, 4)
    saved(page, 0)
    page.context.clear_cookies()
    choose(page, 1, 4)
    expect(page.locator(GONE)).to_be_visible()
    expect(status(page, 1)).to_have_text("Niet opgeslagen")
    expect(chosen(page, 1)).to_have_value("4")

    page.get_by_role("link", name="Kijk hoe je verdergaat").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hier is geen scan open")
    page.goto(link)
    page.get_by_role("button", name="Open mijn scan").click()
    expect(page).to_have_title(re.compile("^Stap 12 van 12"))
    expect(chosen(page, 0)).to_have_value("4")
    choose(page, 1, 4)
    next_step(page)
    send(page)


def test_going_on_with_a_lost_session_gives_a_page_with_a_way_on(page, complaints):
    complaints.allow("status of 403")
    begin(page)
    for question in (0, 1):
        choose(page, question, 1)
        saved(page, question)
    page.context.clear_cookies()
    next_step(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Probeer opnieuw")
    expect(page.get_by_role("link", name="Naar het begin")).to_be_visible()


def lose_the_answer(route) -> None:
    route.fetch()  # the server has it
    route.abort()


def test_a_save_whose_answer_got_lost_is_no_other_window(page, complaints):
    complaints.allow("ERR_FAILED", "status of 412")
    begin(page)
    page.route("**/scan/antwoord/", lose_the_answer, times=1)
    choose(page, 0, 1)
    expect(status(page, 0)).to_have_text("Niet opgeslagen")
    saved(page, 0)  # and nothing about another window
    choose(page, 0, 2)
    saved(page, 0)


def test_a_choice_made_after_an_answer_got_lost_counts_and_is_no_other_window(page, complaints):
    complaints.allow("ERR_FAILED", "status of 412")
    begin(page)
    page.route("**/scan/antwoord/", lose_the_answer, times=1)
    choose(page, 0, 1)
    expect(status(page, 0)).to_have_text("Niet opgeslagen")
    choose(page, 0, 3)
    saved(page, 0)
    page.reload()
    expect(chosen(page, 0)).to_have_value("3")


def test_a_save_that_was_given_up_and_arrives_late_undoes_nothing(page, visitor):
    page.add_init_script(
        "const wait = AbortSignal.timeout; AbortSignal.timeout = (ms) => wait.call(AbortSignal, ms / 5)"
    )
    begin(page)
    late = []
    page.route("**/scan/antwoord/", lambda route: late.append(route), times=1)
    choose(page, 0, 1)
    expect(status(page, 0)).to_have_text("Niet opgeslagen")
    choose(page, 0, 3)
    saved(page, 0)
    # The given-up request now reaches the server after all, byte for byte.
    visitor.cookies["session"] = page.context.cookies()[0]["value"]
    answer = visitor.post("/scan/antwoord/", late[0].request.post_data)
    assert (answer.status, answer.text) == (412, '{"revision": 1, "choice": "3"}')
    page.reload()
    expect(chosen(page, 0)).to_have_value("3")
