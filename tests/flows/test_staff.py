"""Staff in the browser: from the printed link to an imported list, with a second factor, also without JavaScript."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import hotp_value
from playwright.sync_api import Page, expect

from tests.flows.conftest import SIZES, both_sizes
from tests.flows.server import new_server, suite_cluster
from tests.flows.test_axe import violations
from tests.flows.test_looks import TOO_WIDE
from tests.teams.files import GOOD, HEAD, ZOE, csv, xlsx

pytestmark = pytest.mark.browser
PASSWORD = "een zin van een paar woorden"
_numbers = iter(range(1, 1000))


@pytest.fixture(scope="module")
def server():
    """A site that asks for a second factor, as production does."""
    with new_server(suite_cluster(), workers=2, QUICKSCAN_STAFF_NEEDS_TOTP="true") as site:
        yield site


def code(secret: str, used: str = "") -> str:
    """What the app on the phone shows; when that was used already, the next one."""
    steps = int(time.time()) // 30
    now = f"{hotp_value(secret, steps):06}"
    return now if now != used else f"{hotp_value(secret, steps + 1):06}"


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def fine(page: Page) -> None:
    """axe finds nothing, in light and dark, and the page does not scroll sideways on a small screen."""
    size = page.viewport_size
    assert violations(page) == [], page.url
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 320, "height": 640})
    assert violations(page) == [], page.url
    assert page.evaluate(TOO_WIDE) == [], page.url
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(size)


def new_coordinator(page: Page, server, look=lambda page: None) -> tuple[str, str, str]:
    """From the link on the command line to a second factor: (address, secret, last code)."""
    email = f"c{next(_numbers)}@aadorp.nl"
    link = server.manage("add_coordinator", "--municipality", "Aadorp", "--email", email, "--name", "Carla").strip()
    page.goto(re.sub("^http://[^/]+", server.url, link))
    expect(page).to_have_url(f"{server.url}/toegang/")  # the secret left the address bar
    look(page)
    press(page, "Ga verder")
    heading(page, "Kies een wachtwoord")
    look(page)
    page.get_by_label("Nieuw wachtwoord").fill(PASSWORD)
    page.get_by_label("Nog een keer").fill(PASSWORD)
    press(page, "Bewaar mijn wachtwoord")
    heading(page, "Inloggen voor gemeenten")
    log_in(page, email)
    heading(page, "Stel je tweede stap in")
    look(page)
    secret = page.locator("code.secret").text_content()
    shown = code(secret)
    page.get_by_label("Code", exact=True).fill(shown)
    press(page, "Zet de tweede stap aan")
    heading(page, "Herstelcodes")
    look(page)
    expect(page.locator(".codes li")).to_have_count(10)
    press(page, "Ik heb ze bewaard")
    heading(page, "Mijn account")
    look(page)
    return email, secret, shown


def log_in(page: Page, email: str) -> None:
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    press(page, "Log in")


@both_sizes
def test_a_coordinator_begins_logs_in_again_and_imports_a_list(page, server, tmp_path):
    email, secret, used = new_coordinator(page, server, look=fine)
    press(page, "Uitloggen")
    heading(page, "Inloggen voor gemeenten")
    fine(page)
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Wachtwoord").fill("dit is niet het wachtwoord")
    press(page, "Log in")
    expect(page.locator("#fouten")).to_be_focused()
    fine(page)
    log_in(page, email)
    heading(page, "Vul de code in")
    fine(page)
    page.get_by_label("Code", exact=True).fill("000000")
    press(page, "Log in")
    expect(page.locator("#fouten")).to_contain_text("Deze code klopt niet")
    page.get_by_label("Code", exact=True).fill(code(secret, used))
    press(page, "Log in")
    heading(page, "Aadorp")
    fine(page)

    page.get_by_role("link", name="Importeer teams en mensen").click()
    fine(page)
    bad = tmp_path / "fout.csv"
    bad.write_bytes(csv([HEAD, ZOE, ["Fout", "geen adres", "Zuid", "baas"]]))
    page.get_by_label("Bestand").set_input_files(bad)
    press(page, "Bekijk wat er verandert")
    expect(page.locator("#fouten")).to_be_focused()
    expect(page.locator("#fouten tbody tr")).to_have_count(2)
    fine(page)
    good = tmp_path / "goed.xlsx"
    good.write_bytes(xlsx(GOOD))
    page.get_by_label("Bestand").set_input_files(good)
    press(page, "Bekijk wat er verandert")
    heading(page, "Kloppen deze veranderingen?")
    expect(page.locator("tbody tr")).to_have_count(3)
    fine(page)
    press(page, "Voer dit uit")
    heading(page, "Mensen")
    expect(page.get_by_role("row")).to_have_count(4)
    expect(page.get_by_role("rowheader", name="Zoë Müller")).to_be_visible()
    fine(page)


def test_the_daily_work_of_a_coordinator(page, server):
    new_coordinator(page, server)
    page.get_by_role("link", name="Gemeente", exact=True).click()
    page.get_by_role("link", name="Team toevoegen").click()
    name = f"Team {next(_numbers)}"
    fine(page)
    press(page, "Bewaar")
    expect(page.locator("#fouten")).to_be_focused()
    fine(page)
    page.get_by_label("Naam van het team").fill(name)
    press(page, "Bewaar")
    expect(page.get_by_role("status")).to_contain_text("staat erbij")
    page.get_by_role("link", name=re.compile("^Alle mensen")).click()
    page.get_by_role("link", name="Iemand toevoegen").click()
    page.get_by_label("Naam").fill("Robin Vos")
    page.get_by_label("E-mailadres").fill(f"robin{next(_numbers)}@aadorp.nl")
    page.get_by_label("Team").select_option(name)
    page.get_by_label("Rol").select_option("klantmanager")
    fine(page)
    press(page, "Bewaar")
    page.get_by_role("link", name="Wijzig Robin Vos").last.click()
    page.get_by_role("link", name="Haal Robin Vos uit de lijst").click()
    fine(page)
    press(page, "Haal uit de lijst")
    page.get_by_role("link", name="Gemeente", exact=True).click()
    page.get_by_role("link", name="Collega uitnodigen").click()
    page.get_by_label("Naam").fill("Manou")
    page.get_by_label("E-mailadres").fill(f"manou{next(_numbers)}@aadorp.nl")
    page.get_by_role("checkbox", name=re.compile("^Leidinggevende")).check()
    fine(page)
    press(page, "Nodig uit")
    expect(page.get_by_role("status")).to_contain_text("gaat per mail")
    page.get_by_role("link", name=re.compile("^Bekijk Carla")).first.click()
    fine(page)


def test_it_all_works_without_javascript(open_context, server, tmp_path):
    page = open_context(java_script_enabled=False, viewport=SIZES["phone"]).new_page()
    email = f"c{next(_numbers)}@beedorp.nl"
    link = server.manage("add_coordinator", "--municipality", "Beedorp", "--email", email).strip()
    page.goto(re.sub("^http://[^/]+", server.url, link))
    press(page, "Ga verder")
    page.get_by_label("Nieuw wachtwoord").fill(PASSWORD)
    page.get_by_label("Nog een keer").fill(PASSWORD)
    press(page, "Bewaar mijn wachtwoord")
    log_in(page, email)
    page.get_by_text("Lukt scannen niet?").click()
    page.get_by_label("Code", exact=True).fill(code(page.locator("code.secret").inner_text()))
    press(page, "Zet de tweede stap aan")
    press(page, "Ik heb ze bewaard")
    page.goto("/gemeente/mensen/importeren/")
    file = tmp_path / "goed.csv"
    file.write_bytes(csv(GOOD, ",", "cp1252"))
    page.get_by_label("Bestand").set_input_files(file)
    press(page, "Bekijk wat er verandert")
    press(page, "Voer dit uit")
    expect(page.get_by_role("row")).to_have_count(4)


def test_a_code_works_once_whichever_process_answers(open_context, server):
    """Two workers do not share a memory; the database does remember."""
    first, *others = (open_context().new_page() for _ in range(4))
    email, secret, used = new_coordinator(first, server)
    shown = code(secret, used)
    entered = 0
    for page in others:
        page.goto("/inloggen/")
        log_in(page, email)
        heading(page, "Vul de code in")
    for page in others:
        page.get_by_label("Code", exact=True).fill(shown)
        press(page, "Log in")
        page.wait_for_load_state()
        entered += page.get_by_role("heading", name="Aadorp", level=1).count()
    assert entered == 1
