"""Somebody looks for what to do, keeps it, compares it and takes it along; with a keyboard, without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.flows.conftest import both_sizes
from tests.flows.steps import begin
from tests.flows.test_looks import Keyboard
from tests.flows.visitor import Visitor

pytestmark = pytest.mark.browser

ENTRY = "/bibliotheek/skills-training/"


def keep(page, path: str = ENTRY) -> None:
    page.goto(path)
    page.get_by_role("button", name="Bewaar in mijn lijst").click()
    expect(page.get_by_role("status")).to_contain_text("staat in je lijst")


@both_sizes
def test_from_a_question_to_a_list_on_paper(page, size):
    page.goto("/")
    page.get_by_role("link", name="Bibliotheek").first.click()
    page.get_by_label("Waar zoek je iets voor?").fill("intervisie")
    page.get_by_role("button", name="Zoek", exact=True).click()
    expect(page.get_by_role("heading", level=2, name=re.compile("resultaten voor “intervisie”"))).to_be_visible()
    if size == "phone":
        page.get_by_text("Filter de resultaten").click()
    page.get_by_role("checkbox", name=re.compile("^Manager")).check()
    page.get_by_role("button", name="Toon resultaten").click()
    expect(page).to_have_url(re.compile(r"/bibliotheek/\?zoek=intervisie&rol=manager$"))
    page.locator(".row-name a").first.click()
    page.get_by_role("button", name="Bewaar in mijn lijst").click()
    page.get_by_role("link", name="Bekijk mijn lijst").click()
    expect(page.locator(".result")).to_have_count(1)
    with page.expect_download() as download:
        page.get_by_role("link", name="Bewaar als PDF").click()
    assert download.value.suggested_filename.startswith("quickscan-mijn-lijst-")


def test_an_empty_field_is_left_out_of_the_address(page):
    page.goto("/bibliotheek/")
    page.get_by_role("checkbox", name=re.compile("^Manager")).check()
    page.get_by_role("button", name="Toon resultaten").click()
    expect(page).to_have_url(re.compile(r"/bibliotheek/\?rol=manager$"))


def test_without_javascript_everything_works(open_context):
    page = open_context(java_script_enabled=False).new_page()
    page.goto("/bibliotheek/?zoek=intervisie")
    page.get_by_role("checkbox", name=re.compile("^Vergelijk")).nth(0).check()
    page.get_by_role("checkbox", name=re.compile("^Vergelijk")).nth(2).check()
    page.get_by_role("button", name="Zet naast elkaar").click()
    expect(page.get_by_role("columnheader")).to_have_count(3)
    keep(page)
    keep(page, "/bibliotheek/motiverende-gespreksvoering/")
    page.goto("/bibliotheek/mijn-lijst/")
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Zet naast elkaar").click()
    expect(page.get_by_role("rowheader", name="Wat het vraagt")).to_be_visible()
    page.goto("/bibliotheek/mijn-lijst/")
    page.get_by_role("button", name=re.compile("^Haal weg")).first.click()
    expect(page.locator(".result")).to_have_count(1)
    page.get_by_role("button", name="Maak de lijst leeg").click()
    expect(page.get_by_text("Je lijst is nog leeg")).to_be_visible()


def test_searching_keeping_and_comparing_with_the_keyboard_alone(page):
    keyboard = Keyboard(page)
    page.goto("/bibliotheek/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the skip link
    for _ in range(6):
        keyboard.press("Tab")  # over the shelf
    page.keyboard.type("werkgever")
    page.keyboard.press("Enter")
    expect(page).to_have_title(re.compile("^werkgever"))
    page.get_by_role("link", name="Mijn lijst").focus()
    keyboard.tab_to("^Zoek$")
    boxes = 0
    while boxes < 2:
        if keyboard.press("Tab").startswith("Vergelijk"):
            page.keyboard.press("Space")
            boxes += 1
    page.locator(".pick").last.locator("input").focus()
    keyboard.follow("^Zet naast elkaar$", "^Naast elkaar")


def test_the_table_is_a_table_for_a_screen_reader_on_a_phone_too(open_context):
    page = open_context(viewport={"width": 320, "height": 640}).new_page()
    page.goto("/bibliotheek/vergelijken/?met=skills-training&met=motiverende-gespreksvoering")
    expect(page.get_by_role("table")).to_be_visible()
    expect(page.get_by_role("rowheader", name="Let op")).to_be_visible()
    assert page.locator("td").first.evaluate("(cell) => getComputedStyle(cell).display") == "block"
    name = page.locator("td").first.evaluate("(cell) => getComputedStyle(cell, '::before').content")
    assert "SKILLS" in name


def test_the_filters_stand_open_beside_the_results_and_fold_on_a_phone(open_context):
    for width, visible in ((1280, True), (390, False)):
        page = open_context(viewport={"width": width, "height": 900}).new_page()
        page.goto("/bibliotheek/")
        expect(page.get_by_role("checkbox", name=re.compile("^Manager"))).to_be_visible(visible=visible)


def test_the_list_stays_when_a_scan_begins_and_the_entry_leads_back_to_the_result(page, server, as_visitor):
    keep(page)
    begin(page)
    page.goto("/bibliotheek/mijn-lijst/")
    expect(page.locator(".result")).to_have_count(1)
    done = as_visitor(Visitor(server).begin("manager").fill("2").send())
    done.goto(ENTRY)
    done.get_by_role("link", name="Terug naar je uitkomst").click()
    expect(done).to_have_title(re.compile("^Je uitkomst"))


def test_two_readers_have_two_lists(page, open_context):
    keep(page)
    other = open_context().new_page()
    other.goto("/bibliotheek/mijn-lijst/")
    expect(other.get_by_text("Je lijst is nog leeg")).to_be_visible()


def test_in_print_only_what_can_be_read_remains(page):
    page.goto(ENTRY)
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for gone in (".shelf", ".entry-actions", ".way-back"):
        expect(page.locator(gone)).to_be_hidden()


def test_the_shape_of_the_evidence_shows_in_forced_colours(open_context):
    page = open_context(forced_colors="active").new_page()
    page.goto(ENTRY)
    shape = "(mark) => getComputedStyle(mark, '::before').borderTopStyle"
    assert page.locator(".evidence").evaluate(shape) == "solid"
