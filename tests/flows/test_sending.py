"""Sending once, however often it arrives; and what can no longer happen afterwards."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import expect

from tests.flows.steps import send
from tests.flows.visitor import Visitor


def sent_scans(server) -> int:
    return server.query("SELECT count(*) FROM scans_scan WHERE submitted_on IS NOT NULL")[0][0]


def fingerprint(server) -> list[tuple]:
    """Everything that is stored of the scans and answers."""
    return server.query(
        "SELECT scan_id, question_id, level, non_answer, revision, submitted_on, erase_on"
        " FROM scans_answer JOIN scans_scan scan ON scan.id = scan_id ORDER BY 1, 2"
    )


def test_twenty_parallel_sends_give_one_sent_scan_and_one_result(server, visitor):
    token = visitor.begin().fill().token()
    before = sent_scans(server)

    def one_send(_):
        same = Visitor(server, dict(visitor.cookies))
        answer = same.post("/scan/versturen/", token)
        return answer.status, answer.location, same.get(answer.location).body

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(one_send, range(20)))
    assert {(status, location) for status, location, _ in answers} == {(302, "/resultaat/")}
    assert len({body for _, _, body in answers}) == 1
    assert sent_scans(server) == before + 1


def test_sending_again_on_a_later_day_changes_nothing(server, visitor):
    visitor.begin().fill().send()
    server.query("UPDATE scans_scan SET submitted_on = submitted_on - 3 WHERE submitted_on IS NOT NULL")
    before = fingerprint(server)
    visitor.send()
    assert fingerprint(server) == before


def test_sending_with_a_gap_goes_back_to_the_first_gap_and_sends_nothing(server, visitor):
    visitor.begin().fill(steps=(1, 2, 4))
    before = sent_scans(server)
    assert visitor.post("/scan/versturen/", visitor.token()).location == "/scan/stap/3/"
    assert "Er is nog een vraag open" in visitor.get("/scan/stap/3/").text
    assert sent_scans(server) == before


@pytest.mark.browser
def test_a_double_click_on_send_gives_one_result(as_visitor, visitor, server):
    page = as_visitor(visitor.begin().fill())
    page.goto("/scan/controle/")
    before = sent_scans(server)
    page.get_by_role("button", name="Verstuur en bekijk advies").first.dblclick()
    expect(page).to_have_title("Je uitkomst – Quickscan")
    assert sent_scans(server) == before + 1


@pytest.mark.browser
def test_going_back_after_sending_says_so_and_changes_nothing(as_visitor, visitor, server):
    page = as_visitor(visitor.begin().fill())
    page.goto("/scan/stap/12/")
    page.goto("/scan/controle/")
    send(page)
    before = fingerprint(server)
    for _ in range(2):  # the check page, the last theme
        page.go_back()
        expect(page).to_have_title("Je uitkomst – Quickscan")
        expect(page.locator(".notice")).to_have_text("Je scan is al verstuurd. Je antwoorden zijn niet veranderd.")
    page.reload()
    expect(page.locator(".notice")).to_have_count(0)
    assert fingerprint(server) == before


def test_an_old_form_sent_after_sending_changes_nothing(server, visitor):
    old = visitor.begin().fill().get("/scan/stap/1/")
    visitor.send()
    before = fingerprint(server)
    assert visitor.post("/scan/stap/1/", old.hidden | dict.fromkeys(old.choices, "4")).location == "/resultaat/"
    field = next(iter(old.choices))
    answer = visitor.post("/scan/antwoord/", visitor.token() | {"question": field, "choice": "4"})
    assert (answer.status, answer.text) == (409, '{"error": "no_scan"}')
    assert visitor.post("/scan/opnieuw/", visitor.token()).location == "/resultaat/"
    assert fingerprint(server) == before


def test_fields_that_no_form_of_ours_has_change_nothing(server, visitor):
    """Not the state, not the role, not who somebody is."""
    page = visitor.begin().get("/scan/stap/1/")
    before = sent_scans(server), server.query("SELECT count(*) FROM teams_user")
    extra = {"is_staff": "1", "submitted_on": "2026-01-01", "submitted": "true", "role": "manager", "scan": "1"}
    answers = dict.fromkeys(page.choices, "2")
    assert visitor.post("/scan/stap/1/", page.hidden | answers | extra).location == "/scan/stap/2/"
    assert (sent_scans(server), server.query("SELECT count(*) FROM teams_user")) == before
    assert "Rol: klantmanager" in visitor.get("/scan/controle/").text
