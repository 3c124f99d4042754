"""What changes while a round is open and after it: corrections, a later day, a change of mind, too late, all erased.

Every page on the way goes through axe, in light and dark, and 320 pixels wide.
"""

import pytest
from playwright.sync_api import expect

from tests.flows.steps import answer_themes
from tests.flows.test_round import SET_UP, log_in, mailed_link, open_it, prepare
from tests.flows.test_staff import fine, heading, press

pytestmark = pytest.mark.browser
TOWN = "wijzigstad"
SECOND_TEAM = 'Person.objects.create(municipality=m, team=Team.objects.create(municipality=m, name="Zuid"),\
 role="client_manager", name="Zoë Zuid", email="zoe@NAME.nl")'
CLOSE = "UPDATE scans_measurementround SET closes_at = now() - interval '1 second' WHERE state = 'open'"
SEND = "Verstuur en bekijk advies"


@pytest.fixture
def coordinator(page, server):
    """In an open round of six client managers of Noord, one of Zuid, and a policy officer; the mails have gone."""
    server.manage("shell", "-c", (SET_UP + SECOND_TEAM).replace("NAME", TOWN))
    log_in(page, TOWN)
    prepare(page)
    page.get_by_role("link", name="Naar openen").click()
    fine(page)
    page.go_back()
    open_it(page)
    server.manage("tick")
    return page


@pytest.fixture
def invited(open_context):
    """Opens the invitation of somebody and waits before the first question, in a browser of their own."""

    def begin(who: str):
        page = open_context().new_page()
        path = mailed_link(page, f"{who}@{TOWN}.nl").split("/uitnodiging/")[1]
        page.goto(f"/uitnodiging/{path}")
        fine(page)
        press(page, "Open mijn uitnodiging")
        heading(page, "Voor je begint")
        fine(page)
        return page

    return begin


def fill_in(page) -> None:
    press(page, "Begin met de vragen")
    answer_themes(page)


def change(page, name: str) -> None:
    page.goto("/gemeente/rondes/")
    page.get_by_role("main").locator("tbody a").first.click()
    page.get_by_role("link", name=f"Wijzig {name}").click()
    heading(page, name)
    fine(page)


def test_a_round_with_corrections_and_a_change_of_mind(coordinator, invited, server, complaints):
    complaints.allow("status of 409")
    moved, stays, late, shows = invited("kim1"), invited("zoe"), invited("kim3"), invited("bo")
    expect(stays.get_by_text("Je team is te klein om te tellen")).to_be_visible()
    for page in (moved, late):
        fill_in(page)

    change(coordinator, "Kim 1")
    coordinator.get_by_label("Team").select_option(label="Zuid")
    press(coordinator, "Bewaar rol en team")
    moved.get_by_role("button", name=SEND).first.click()
    heading(moved, "Je groep is veranderd")
    fine(moved)

    change(coordinator, "Kim 2")
    press(coordinator, "Trek de uitnodiging in")
    expect(coordinator.get_by_role("row", name="Kim 2")).to_contain_text("ingetrokken")

    coordinator.get_by_role("link", name="Verleng de ronde").click()
    fine(coordinator)
    later = coordinator.evaluate("new Date(Date.now() + 20 * 864e5).toISOString().slice(0, 10)")
    coordinator.get_by_label("Laatste dag").fill(later)
    press(coordinator, "Verleng")
    expect(coordinator.get_by_text("Deze ronde loopt")).to_be_visible()

    shows.get_by_role("checkbox").check()
    fill_in(shows)
    shows.get_by_role("button", name=SEND).first.click()
    own = shows.get_by_label("Je eigen link").input_value()
    shows.get_by_role("link", name="Bekijk mijn uitkomst").click()
    shows.get_by_role("link", name="Draai dat terug tot de ronde sluit").click()
    fine(shows)
    shows.get_by_label("De link die je kreeg").fill(own)
    press(shows, "Laat mijn niveaus niet zien")
    heading(shows, "Je niveaus worden niet getoond")
    fine(shows)
    assert server.query("SELECT count(*) FROM scans_attribution")[0] == (0,)

    server.query(CLOSE)
    server.manage("tick")
    late.get_by_role("button", name=SEND).first.click()
    heading(late, "Deze antwoorden tellen niet mee")
    fine(late)
    press(late, "Ga verder voor mezelf")
    late.get_by_role("button", name=SEND).first.click()
    expect(late).to_have_title("Je uitkomst – Quickscan")

    coordinator.goto("/gemeente/rondes/")
    expect(coordinator.get_by_text("Dit nemen we over")).to_be_visible()
    fine(coordinator)
    press(coordinator, "Neem over en bekijk de groepen")
    expect(
        coordinator.get_by_text("Openen kan vanaf").or_(coordinator.get_by_text("half jaar")).first
    ).to_be_visible()
    fine(coordinator)

    erase_everything(coordinator, server)


def erase_everything(page, server) -> None:
    page.goto("/gemeente/wissen/")
    heading(page, f"Alles van {TOWN} wissen?")
    fine(page)
    press(page, f"Wis alles van {TOWN}")  # without its name
    expect(page).to_have_title("Fout: Gemeente wissen – Quickscan")
    fine(page)
    page.get_by_label("Typ").fill(TOWN)
    press(page, f"Wis alles van {TOWN}")
    heading(page, f"Alles van {TOWN} is gewist")
    fine(page)
    left = server.query(f"SELECT count(*) FROM teams_municipality WHERE name = '{TOWN}'")[0]
    assert left == (0,)
    page.goto("/gemeente/")
    assert "/inloggen/" in page.url
