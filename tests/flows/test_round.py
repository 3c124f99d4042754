"""One measurement round in the browser: set up, invite, answer, close. And the pages of it through axe."""

import re

import pytest
from playwright.sync_api import expect

from tests.flows.conftest import both_sizes
from tests.flows.steps import answer_themes
from tests.flows.test_staff import fine

browser = pytest.mark.browser

PASSWORD = "correct paard batterij nietje"
SET_UP = f"""
from teams.models import *
m = Municipality.objects.create(name="NAME", contact_email="contact@NAME.nl")
User.objects.create_user("coordinator@NAME.nl", "{PASSWORD}", name="Co", municipality=m, is_coordinator=True)
t = Team.objects.create(municipality=m, name="Noord")
for n in range(6):
    Person.objects.create(municipality=m, team=t, role="client_manager", name=f"Kim {{n}}", email=f"kim{{n}}@NAME.nl")
Person.objects.create(municipality=m, team=t, role="policy_officer", name="Bo Beleid", email="bo@NAME.nl")
"""
OTHERS_ANSWER = """
from scans import services
from scans.models import Invitation
from scans.rounds import responding
from scans.selectors.content import questionnaire_content
for i in Invitation.objects.filter(used=False, person__name__startswith="Kim", person__email__endswith="@NAME.nl"):
    scan = responding.begin(i.public_id)
    content = questionnaire_content(scan.questionnaire_id)
    services.save_answers(scan.pk, {q.id: "3" for q in content.questions})
    services.submit_scan(scan.pk, in_round=True)
"""


def log_in(page, name):
    page.goto("/inloggen/")
    page.get_by_label("E-mailadres").fill(f"coordinator@{name}.nl")
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name=re.compile("^(Log in|Inloggen)")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def prepare(page):
    page.goto("/gemeente/rondes/")
    page.get_by_role("link", name="Bereid een ronde voor").click()
    day = page.evaluate("new Date(Date.now() + 12 * 864e5).toISOString().slice(0, 10)")
    page.get_by_label("Laatste dag").fill(day)
    page.get_by_role("button", name="Bewaar en bekijk de groepen").click()
    expect(page.get_by_role("cell", name="6", exact=True)).to_be_visible()


def open_it(page):
    page.get_by_role("link", name="Naar openen").click()
    page.get_by_role("button", name="Open de ronde en nodig iedereen uit").click()
    expect(page.get_by_text("Meegedaan: minder dan 5 mensen")).to_be_visible()


def mailed_link(page, address) -> str:
    page.goto("/post/")
    mail = page.locator("section", has=page.get_by_text(f"Aan {address}", exact=True)).first
    return mail.get_by_role("link", name="/uitnodiging/").get_attribute("href")


@browser
@both_sizes
def test_a_round_from_setting_up_to_closing(page, open_context, server, size):
    name = f"rondestad-{size}"
    server.manage("shell", "-c", SET_UP.replace("NAME", name))
    log_in(page, name)
    prepare(page)
    fine(page)
    open_it(page)
    fine(page)
    server.manage("tick")

    invited = open_context(viewport=page.viewport_size).new_page()
    path = mailed_link(invited, f"kim0@{name}.nl").split("/uitnodiging/")[1]
    fine(invited)
    invited.goto(f"/uitnodiging/{path}")
    invited.get_by_role("button", name="Open mijn uitnodiging").click()
    expect(invited.get_by_text("In die groep zijn bij het openen 6 mensen uitgenodigd")).to_be_visible()
    fine(invited)
    invited.get_by_role("button", name="Begin met de vragen").click()
    answer_themes(invited)
    invited.get_by_role("button", name="Verstuur en bekijk advies").first.click()
    expect(invited.get_by_role("heading", level=1)).to_have_text("Bedankt, je antwoorden zijn verstuurd")
    fine(invited)
    own = invited.get_by_label("Je eigen link").input_value()
    invited.get_by_role("link", name="Bekijk mijn uitkomst").click()
    expect(invited).to_have_title("Je uitkomst – Quickscan")
    again = open_context().new_page()
    again.goto(own)
    again.get_by_role("button", name="Open mijn scan").click()
    expect(again).to_have_title("Je uitkomst – Quickscan")

    page.reload()
    expect(page.get_by_text("Meegedaan: minder dan 5 mensen")).to_be_visible()
    server.manage("shell", "-c", OTHERS_ANSWER.replace("NAME", name))
    server.query("UPDATE scans_measurementround SET closes_at = now() - interval '1 second' WHERE state = 'open'")
    server.manage("tick")
    page.reload()
    expect(page.get_by_text("De uitkomst staat vast")).to_be_visible()
    fine(page)
    (content,) = server.query("SELECT content FROM scans_roundresult ORDER BY measurement_round_id DESC LIMIT 1")[0]
    assert '"shown":"70 of hoger"' in content
    assert server.query("SELECT count(*) FROM scans_tally")[0] == (0,)
