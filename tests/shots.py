"""`./dev shots`: pictures of every page at phone and desktop width, and of every PDF page, in var/shots/."""

import json
import os
import shutil
import subprocess
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.flows.server import new_server
from tests.postgres import FAST, new_cluster
from tests.servers import ROOT

WIDTHS = {"telefoon": (390, 844), "scherm": (1280, 900)}
FOLDER = ROOT / "var" / "shots"


def main() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    cluster = new_cluster(*FAST)
    try:
        with new_server(cluster) as site, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
                args=["--no-sandbox", "--disable-gpu"],
            )
            for name, (width, height) in WIDTHS.items():
                for scheme in ("light", "dark"):
                    context = browser.new_context(
                        viewport={"width": width, "height": height}, color_scheme=scheme, base_url=site.url
                    )
                    suffix = name if scheme == "light" else f"{name}-donker"
                    take_pictures(context.new_page(), suffix)
                    context.close()
            browser.close()
            take_reports(site)
    finally:
        cluster.remove()
    print(f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER.relative_to(ROOT)}/")


def take_pictures(page: Page, suffix: str) -> None:
    """Walk the whole road and keep a picture of every page and state."""
    number = 0

    def keep(name: str) -> None:
        nonlocal number
        number += 1
        page.screenshot(path=FOLDER / f"{number:02}-{name}-{suffix}.png", full_page=True)

    for path, name in (
        ("/", "start"), ("/voorbeeld/", "voorbeeld"), ("/uitleg/", "uitleg"), ("/bronnen/", "bronnen"),
        ("/toegankelijkheid/", "toegankelijkheid"), ("/bestaat-niet/", "niet-gevonden"), ("/scan/", "geen-scan"),
        ("/bibliotheek/", "bibliotheek"), ("/bibliotheek/?zoek=intervisie&rol=manager", "bibliotheek-gezocht"),
        ("/bibliotheek/?zoek=qqqq&effect=bewezen-effectief", "bibliotheek-niets"),
        ("/bibliotheek/skills-training/", "bibliotheek-onderdeel"),
        ("/bibliotheek/vergelijken/?met=skills-training", "bibliotheek-vergelijken-uitleg"),
        ("/bibliotheek/vergelijken/?met=skills-training&met=motiverende-gespreksvoering", "bibliotheek-vergelijken"),
        ("/bibliotheek/mijn-lijst/", "bibliotheek-lijst-leeg"), ("/bibliotheek/thema/visie/", "bibliotheek-thema"),
        ("/bibliotheek/bron/kis/", "bibliotheek-bron"), ("/bibliotheek/woorden/", "bibliotheek-woorden"),
        ("/bibliotheek/cijfers/", "bibliotheek-cijfers"), ("/rol/", "rol"),
    ):  # fmt: skip
        page.goto(path)
        keep(name)
    page.get_by_role("button").click()
    keep("rol-fout")
    page.get_by_label("Klantmanager").check()
    page.get_by_role("button").click()
    keep("thema-leeg")
    page.get_by_role("button", name="Volgende").click()
    keep("thema-fout")
    page.goto("/scan/controle/")
    keep("controle-open")
    page.goto("/scan/andere-rol/")
    keep("andere-rol")
    for step in range(1, 13):
        page.goto(f"/scan/stap/{step}/")
        for turn, question in enumerate(page.locator("[data-question]").all()):
            question.locator("label").nth((step + turn) % 5).click()
            question.get_by_text("Opgeslagen").wait_for()
        if step == 8:
            keep("thema-ingevuld")
            page.context.set_offline(True)
            page.locator("[data-question] label").nth(4).click()
            page.get_by_text("Er is geen verbinding").wait_for()
            keep("thema-geen-verbinding")
            page.context.set_offline(False)
    page.goto("/scan/controle/")
    keep("controle")
    page.goto("/scan/later/")
    keep("later")
    page.get_by_role("button", name="Maak mijn link").click()
    keep("link")
    link = page.locator("#link").input_value()
    page.goto(link)
    keep("verder")
    page.goto("/scan/controle/")
    page.get_by_role("button", name="Verstuur").first.click()
    page.wait_for_url("**/resultaat/")
    keep("resultaat")
    page.evaluate("document.querySelectorAll('details').forEach((fold) => (fold.open = true))")
    keep("resultaat-open")
    page.goto("/resultaat/delen/")
    keep("delen")
    page.goto("/bibliotheek/skills-training/")
    page.get_by_role("button", name="Bewaar in mijn lijst").click()
    keep("bibliotheek-bewaard")
    page.goto("/bibliotheek/mijn-lijst/")
    keep("bibliotheek-lijst")
    page.goto("/scan/afsluiten/")
    keep("afsluiten")
    page.goto("/afgesloten/")
    keep("afgesloten")
    page.goto("/scan/wissen/")
    keep("wissen")
    page.get_by_role("button", name="Wis alles nu").click()
    keep("gewist")


def take_reports(site) -> None:
    """Both versions of the report of the three roles, page by page."""
    content = json.loads(site.manage("export_content"))
    for questionnaire in content["questionnaires"]:
        codes = [question["code"] for theme in questionnaire["themes"] for question in theme["questions"]]
        answers = FOLDER / "answers.json"
        answers.write_text(json.dumps({code: (place * 3 + 1) % 5 for place, code in enumerate(codes)}))
        for share in ([], ["--share"]):
            name = f"pdf-{questionnaire['role']}{'-delen' if share else ''}"
            pdf = FOLDER / f"{name}.pdf"
            site.manage(
                "report", "--role", questionnaire["role"], "--answers", str(answers), "--format", "pdf",
                "--date", "2026-11-20", "--output", str(pdf), *share,
            )  # fmt: skip
            subprocess.run(["pdftoppm", "-r", "60", "-png", str(pdf), str(Path(FOLDER) / name)], check=True)
        answers.unlink()


if __name__ == "__main__":
    main()
