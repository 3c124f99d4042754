"""What a respondent does in the browser, as verbs."""

import re

from playwright.sync_api import Page, expect

ROLES = {"client_manager": "Klantmanager", "policy_officer": "Beleidsmedewerker", "manager": "Manager"}


def begin(page: Page, role: str = "client_manager") -> None:
    page.goto("/")
    page.get_by_role("link", name="Begin de scan").first.click()
    page.get_by_role("radio", name=re.compile(f"^{ROLES[role]}")).check()
    page.get_by_role("button", name="Begin met stap 1").click()
    expect(page).to_have_title(re.compile("^Stap 1 van 12: "))


def choose(page: Page, question: int, choice: int) -> None:
    """Choose by position on the page: question 0 or 1, answer 0–4. Not before its scripts are there."""
    page.wait_for_load_state()
    page.locator(".question").nth(question).get_by_role("radio").nth(choice).check()


def saved(page: Page, question: int) -> None:
    expect(status(page, question)).to_have_text("Opgeslagen")


def status(page: Page, question: int):
    return page.locator("[data-status]").nth(question)


def chosen(page: Page, question: int):
    """The checked radio of a question."""
    return page.locator(".question").nth(question).locator("input:checked")


def next_step(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^(Volgende|Naar de controle)$")).click()


def answer_themes(page: Page, choice: int = 2, first: int = 1) -> None:
    for step in range(first, 13):
        expect(page).to_have_title(re.compile(f"^Stap {step} van 12: "))
        choose(page, 0, choice)
        choose(page, 1, choice)
        next_step(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Controleer je antwoorden")


def send(page: Page) -> None:
    page.get_by_role("button", name="Verstuur en bekijk advies").first.click()
    expect(page).to_have_title("Je uitkomst – Quickscan")
