"""A municipality with a past: the next round takes over the set-up, and shows how it went on."""

import re

import pytest
from playwright.sync_api import expect

from tests.flows.server import new_server, suite_cluster
from tests.flows.test_round import open_it
from tests.flows.test_rounds_told import CLOSE, check_downloads
from tests.flows.test_staff import fine, heading, press

pytestmark = pytest.mark.browser
EVERYBODY_ANSWERS = """
from scans import services
from scans.models import Invitation, MeasurementRound
from scans.rounds import responding
from scans.selectors.content import questionnaire_content
opened = MeasurementRound.objects.open().filter(municipality__name="Lindermeer")
for one in Invitation.objects.filter(measurement_round__in=opened):
    scan = responding.begin(one.public_id)
    content = questionnaire_content(scan.questionnaire_id)
    services.save_answers(scan.pk, {question.id: "4" for question in content.questions})
    services.submit_scan(scan.pk, in_round=True)
"""


@pytest.fixture(scope="module")
def server():
    """A site with the demo, as `./dev run` starts it."""
    with new_server(suite_cluster(), workers=2) as site:
        site.manage("load_demo")
        yield site


def test_the_next_round_shows_how_it_went_on(page, open_context, server):
    page.goto("/inloggen/")
    press(page, "Coördinator van Lindermeer")
    heading(page, "Lindermeer")
    fine(page)
    page.goto("/gemeente/rondes/")
    press(page, "Neem over en bekijk de groepen")
    fine(page)
    open_it(page)
    server.manage("shell", "-c", EVERYBODY_ANSWERS)
    server.query(CLOSE)
    server.manage("tick")
    page.goto("/gemeente/uitkomsten/")
    links = page.get_by_role("main").get_by_role("link", name=re.compile("^Ronde tot en met"))
    expect(links).to_have_count(5)
    links.first.click()
    check_downloads(page)
    fine(page)
    page.get_by_role("link", name="Klantmanagers van Werk").click()
    heading(page, "Klantmanagers van Werk")
    expect(page.locator(".changes")).to_contain_text("Hoger dan de vorige keer")
    fine(page)
    page.get_by_role("link", name="Bekijk het verloop").click()
    expect(page.locator(".trend").first.locator("li")).to_have_count(5)
    fine(page)
