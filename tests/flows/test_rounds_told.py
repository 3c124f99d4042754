"""A round as people live it: an imported list, eight who answer, and what a manager reads and takes along."""

import json
import re
from io import BytesIO

import pikepdf
import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.flows.steps import answer_themes
from tests.flows.test_round import mailed_link, open_it, prepare
from tests.flows.test_staff import fine, heading, press
from tests.pdf_checks import faults
from tests.teams.files import HEAD, csv

pytestmark = pytest.mark.browser
PASSWORD = "correct paard batterij nietje"
TOWN = "Vertelstad"
ACCOUNTS = f"""
from teams.models import *
m = Municipality.objects.create(name="{TOWN}", contact_email="contact@vertelstad.nl")
for who, rights in (("coordinator", {{"is_coordinator": True}}), ("leiding", {{"is_manager": True}})):
    User.objects.create_user(f"{{who}}@vertelstad.nl", "{PASSWORD}", name=who, municipality=m, **rights)
"""
PEOPLE = [[f"Kim {n}", f"kim{n}@vertelstad.nl", "Noord", "klantmanager"] for n in range(6)]
PEOPLE += [["Bo Beleid", "bo@vertelstad.nl", "Noord", "beleidsmedewerker"]]
PEOPLE += [["Mo Manager", "mo@vertelstad.nl", "Noord", "manager"]]
CLOSE = "UPDATE scans_measurementround SET closes_at = now() - interval '1 second' WHERE state = 'open'"


def log_in(page, who: str) -> None:
    page.goto("/inloggen/")
    page.get_by_label("E-mailadres").fill(f"{who}@vertelstad.nl")
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    press(page, "Log in")
    heading(page, TOWN)


def answer(open_context, address: str, choice: int, choose_to_show: bool = False) -> None:
    """One invited person, from the mail to the thanks, in a browser of their own."""
    page = open_context().new_page()
    secret = mailed_link(page, address).split("/uitnodiging/")[1]
    page.goto(f"/uitnodiging/{secret}")
    press(page, "Open mijn uitnodiging")
    heading(page, "Voor je begint")
    if choose_to_show:
        expect(page.get_by_role("checkbox")).not_to_be_checked()
        page.get_by_role("checkbox").check()
    press(page, "Begin met de vragen")
    answer_themes(page, choice)
    page.get_by_role("button", name="Verstuur en bekijk advies").first.click()
    heading(page, "Bedankt, je antwoorden zijn verstuurd")
    page.context.close()


def download(page, name: str) -> bytes:
    """What a link gives, asked as the browser of this page."""
    address = page.get_by_role("link", name=name).first.get_attribute("href")
    response = page.context.request.get(address)
    assert response.status == 200 and "attachment" in response.headers["content-disposition"]
    return response.body()


def texts_of(book) -> str:
    return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell)


def check_downloads(page) -> dict:
    """PDF, workbook and JSON open, and say the same. Returns the JSON."""
    figures = json.loads(download(page, "Download precies deze cijfers (JSON)"))
    pdf = download(page, "Download het verslag")
    assert [fault for fault in faults(pdf) if f"a link to {page.url.split('/gemeente/')[0]}" not in fault] == []
    with pikepdf.open(BytesIO(pdf)) as document:
        assert len(document.pages) > 5
    said = texts_of(load_workbook(BytesIO(download(page, "Download precies deze cijfers als rekenblad"))))
    assert all(one["shown"] in said for one in figures["figures"])
    return figures


def test_eight_people_answer_and_a_manager_takes_it_along(page, open_context, server, tmp_path):
    server.manage("shell", "-c", ACCOUNTS)
    log_in(page, "coordinator")
    page.get_by_role("link", name="Importeer teams en mensen").click()
    file = tmp_path / "mensen.csv"
    file.write_bytes(csv([HEAD, *PEOPLE]))
    page.get_by_label("Bestand").set_input_files(file)
    press(page, "Bekijk wat er verandert")
    press(page, "Voer dit uit")
    prepare(page)
    expect(page.get_by_text("klantmanagers van Noord").first).to_be_visible()
    expect(page.get_by_text("Bo Beleid")).to_be_visible()  # outside every group, and told so
    open_it(page)
    server.manage("tick")

    for number in range(6):
        answer(open_context, f"kim{number}@vertelstad.nl", choice=1 if number < 3 else 3)
    answer(open_context, "bo@vertelstad.nl", choice=3, choose_to_show=True)
    answer(open_context, "mo@vertelstad.nl", choice=4)
    page.reload()
    expect(page.get_by_text("Meegedaan: minder dan 5 mensen")).to_be_visible()  # as of last midnight
    assert "Uitkomst" not in page.get_by_role("main").inner_text()

    manager = open_context().new_page()
    log_in(manager, "leiding")
    manager.get_by_role("link", name="Uitkomsten").first.click()
    fine(manager)
    manager.get_by_role("link", name="Waarom niet eerder?").click()
    expect(manager.get_by_role("heading", level=1)).to_have_text(re.compile("^Resultaten na sluiting op"))
    fine(manager)

    server.query(CLOSE)
    server.manage("tick")
    manager.get_by_role("link", name="Alle uitkomsten").click()
    manager.get_by_role("main").get_by_role("link", name=re.compile("^Ronde tot en met")).click()
    heading(manager, "Zo staan de teams ervoor")
    expect(manager.get_by_role("row", name=re.compile("Zicht op de groep"))).to_contain_text("50")
    fine(manager)
    figures = check_downloads(manager)
    scores = {one["shown"] for one in figures["figures"] if one["kind"] == "score" and one["group"] != "municipality"}
    assert scores == {"50"}
    assert {one["role"] for one in figures["attributed"]} == {"policy_officer"}
    manager.get_by_role("link", name="Klantmanagers van Noord").click()
    heading(manager, "Klantmanagers van Noord")
    fine(manager)
    manager.go_back()
    manager.get_by_role("link", name="Bekijk de spiegel van de drie rollen").click()
    line = manager.get_by_role("listitem").filter(has_text="Zicht op de groep en cijfers")
    expect(line).to_contain_text("Vaste werkwijze")
    expect(line.get_by_role("row", name=re.compile("^Managers"))).to_contain_text("niet getoond")
    fine(manager)
