"""From the start page to the result and the PDF, as each kind of person does it."""

import re

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from tests.flows.conftest import both_sizes
from tests.flows.steps import ROLES, answer_themes, begin, choose, saved, send

pytestmark = pytest.mark.browser


def downloaded_pdf(page: Page, link: str) -> pikepdf.Pdf:
    with page.expect_download() as download:
        page.get_by_role("link", name=link).click()
    path = download.value.path()
    assert path.read_bytes().startswith(b"%PDF")
    return pikepdf.open(path)


@both_sizes
@pytest.mark.parametrize("role", ROLES)
def test_each_role_goes_from_the_start_page_to_a_result_with_a_pdf(page, role, size):
    begin(page, role)
    answer_themes(page)
    send(page)
    expect(page.locator(".kicker").first).to_contain_text(f"Uitkomst voor een {ROLES[role].lower()}")
    expect(page.locator(".bars .bar")).to_have_count(12)
    if size == "desktop":
        link = "Download je advies (PDF)"
    else:
        page.get_by_role("link", name="Versie om te delen met je team").click()
        link = "Download om te delen (PDF)"
    with downloaded_pdf(page, link) as pdf:
        assert pdf.Root.Lang == "nl"


def test_the_whole_scan_works_without_javascript(open_context):
    page = open_context(java_script_enabled=False).new_page()
    begin(page)
    answer_themes(page)
    send(page)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_role("link", name="Maak een eigen link").click()
    page.get_by_role("button", name="Maak mijn link").click()
    assert "/verder/" in page.get_by_label("Jouw link").input_value()


def test_a_choice_is_said_to_be_saved_and_is_there_after_a_reload(page):
    begin(page)
    choose(page, 0, 3)
    saved(page, 0)
    page.reload()
    expect(page.locator(".question").first.get_by_role("radio").nth(3)).to_be_checked()
    saved(page, 0)


def test_going_on_without_an_answer_puts_the_focus_on_what_is_missing(page):
    begin(page)
    choose(page, 0, 1)
    page.get_by_role("button", name="Volgende").click()
    expect(page).to_have_title(re.compile("^Fout: Stap 1 van 12"))
    expect(page.locator("#fouten")).to_be_focused()
    expect(page.locator("#fouten li")).to_have_count(1)
    page.locator("#fouten a").click()
    expect(page.locator(".question").nth(1).get_by_role("radio").first).to_be_focused()


def test_the_browsers_back_button_keeps_every_answer(page):
    begin(page)
    for question in (0, 1):
        choose(page, question, 4)
    page.get_by_role("button", name="Volgende").click()
    expect(page).to_have_title(re.compile("^Stap 2 van 12"))
    page.go_back()
    expect(page).to_have_title(re.compile("^Stap 1 van 12"))
    for question in (0, 1):
        expect(page.locator(".question").nth(question).get_by_role("radio").nth(4)).to_be_checked()
