"""axe finds nothing on any page in any state, in light and in dark."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.flows.conftest import SIZES
from tests.flows.steps import choose, next_step
from tests.flows.visitor import Visitor
from tests.servers import gunicorn

pytestmark = pytest.mark.browser

AXE = (Path(__file__).resolve().parents[1] / "vendor" / "axe.min.js").read_text()
RUN = """async () => {
    document.querySelectorAll("details").forEach((item) => { item.open = true; });
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    const { violations } = await axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => [id, html, failureSummary]));
}"""


def violations(page: Page) -> list:
    page.evaluate(AXE)
    return page.evaluate(RUN)


# --- every state, by who sees it ----------------------------------------------------------------------------


def role_error(page):
    page.goto("/rol/")
    page.get_by_role("button", name="Begin met stap 1").click()
    expect(page.locator("#fouten")).to_be_focused()


def theme_error(page):
    page.goto("/scan/stap/12/")
    choose(page, 0, 1)
    next_step(page)
    expect(page.locator("#fouten")).to_be_focused()


def theme_offline(page):
    page.goto("/scan/stap/11/")
    page.context.set_offline(True)
    choose(page, 0, 1)
    expect(page.locator("[data-offline]")).to_be_visible()


def theme_gone(page):
    page.goto("/scan/stap/11/")
    page.route("**/scan/antwoord/", lambda route: route.fulfill(status=409))
    choose(page, 0, 1)
    expect(page.locator("[data-gone]")).to_be_visible()


def link_made(page):
    page.goto("/scan/later/")
    page.get_by_role("button", name="Maak mijn link").click()
    expect(page.get_by_label("Jouw link")).to_be_visible()


def resume(page):
    link_made(page)
    page.goto(page.get_by_label("Jouw link").input_value())
    expect(page.get_by_role("heading", level=1)).to_have_text("Welkom terug")


def forbidden(page):
    page.goto("/rol/")
    page.locator("[name=csrfmiddlewaretoken]").evaluate("(field) => { field.value = 'x'; }")
    page.get_by_role("button", name="Begin met stap 1").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Probeer opnieuw")


def entry_kept(page):
    page.goto("/bibliotheek/skills-training/")
    page.get_by_role("button", name="Bewaar in mijn lijst").click()
    expect(page.get_by_role("status")).to_contain_text("staat in je lijst")


def my_list(page):
    entry_kept(page)
    page.goto("/bibliotheek/motiverende-gespreksvoering/")
    page.get_by_role("button", name="Bewaar in mijn lijst").click()
    page.get_by_role("link", name="Bekijk mijn lijst").click()
    expect(page.get_by_role("button", name="Zet naast elkaar")).to_be_visible()


def chosen_to_compare(page):
    page.goto("/bibliotheek/?rol=manager")
    page.get_by_role("checkbox", name="Vergelijk").first.check()


LIBRARY = {
    "library": "/bibliotheek/", "library, chosen to compare": chosen_to_compare,
    "library, filtered": "/bibliotheek/?zoek=intervisie&thema=intervisie-vakmanschap&rol=manager&bladzijde=1",
    "library, nothing found": "/bibliotheek/?zoek=qqqq&effect=bewezen-effectief",
    "entry": "/bibliotheek/skills-training/", "entry kept": entry_kept, "my list": my_list,
    "my list, empty": "/bibliotheek/mijn-lijst/", "theme of the library": "/bibliotheek/thema/zicht-en-cijfers/",
    "source of the library": "/bibliotheek/bron/vng/", "words": "/bibliotheek/woorden/",
    "figures": "/bibliotheek/cijfers/", "how to compare": "/bibliotheek/vergelijken/",
    "compare with one": "/bibliotheek/vergelijken/?met=skills-training",
    "compare": "/bibliotheek/vergelijken/?met=skills-training&met=motiverende-gespreksvoering&met=house-of-skills",
}  # fmt: skip
NOBODY = {
    "start": "/", "role": "/rol/", "role error": role_error, "example": "/voorbeeld/", "explanation": "/uitleg/",
    "rounds explained": "/uitleg/meetronde/",
    "sources": "/bronnen/", "accessibility": "/toegankelijkheid/", "erased": "/gewist/", "closed": "/afgesloten/",
    "no scan": "/scan/", "404": "/nee/", "403": forbidden, "405": "/scan/versturen/",
}  # fmt: skip
HALF_WAY = {
    "role again": "/rol/", "theme": "/scan/stap/2/", "theme error": theme_error, "theme offline": theme_offline,
    "theme gone": theme_gone, "check with gaps": "/scan/controle/", "later": "/scan/later/", "link made": link_made,
    "resume": resume, "wrong role": "/scan/andere-rol/", "confirm erase": "/scan/wissen/",
    "close": "/scan/afsluiten/",
}  # fmt: skip
DONE = {
    "result": "/resultaat/", "share": "/resultaat/delen/",
    "later with result": "/scan/later/", "confirm erase result": "/scan/wissen/",
    "close with result": "/scan/afsluiten/",
}  # fmt: skip
STATES = {
    "nobody": NOBODY,
    "reader": LIBRARY,
    "half way": HALF_WAY,
    "filled in": {"check complete": "/scan/controle/"},
    "done": DONE | {"entry with a way back": "/bibliotheek/skills-training/"},
    "unsure": {"result with many non-answers": "/resultaat/"},
}


@pytest.fixture(scope="module")
def people(server) -> dict[str, Visitor]:
    return {
        "nobody": Visitor(server),
        "reader": Visitor(server),
        "half way": Visitor(server).begin().fill("1", steps=range(1, 11)),
        "filled in": Visitor(server).begin("policy_officer").fill("0"),
        "done": Visitor(server).begin("manager").fill("1", steps=range(1, 7)).fill("4", steps=range(7, 13)).send(),
        "unsure": Visitor(server).begin().fill("dont_know").send(),
    }


@pytest.mark.parametrize(("who", "state"), [(who, state) for who, states in STATES.items() for state in states])
def test_axe_finds_nothing(people, as_visitor, complaints, who, state):
    complaints.allow("Failed to load resource")
    reach = STATES[who][state]
    page = as_visitor(people[who])
    page.goto(reach) if isinstance(reach, str) else reach(page)
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(SIZES["phone"])
    assert violations(page) == []


def test_axe_finds_nothing_when_the_site_is_busy_or_its_database_is_away(people, server, open_context, complaints):
    complaints.allow("503")
    done = people["done"]
    for extra, path, title in (
        ({"QUICKSCAN_PDF_WAITING": "0"}, "/resultaat/advies.pdf", "Het is druk"),
        ({"QUICKSCAN_PDF_WAITING": "0"}, "/bibliotheek/skills-training/pdf/", "Het is druk"),
        ({"DATABASE_URL": server.cluster.url_of("nowhere")}, "/rol/", "Even geduld"),
    ):
        with gunicorn(server.env | extra, workers=1, health="/robots.txt") as other:
            complaints.site = "http://127.0.0.1:"
            context = open_context()
            context.add_cookies(
                [{"name": name, "value": value, "url": other.url} for name, value in done.cookies.items()]
            )
            page = context.new_page()
            assert page.goto(other.url + path).status == 503
            expect(page.get_by_role("heading", level=1)).to_have_text(title)
            assert violations(page) == []
            context.close()


@pytest.mark.parametrize(
    ("mistake", "rule"),
    [
        (
            "document.querySelector('main').append(Object.assign(new Image(), {src: '/static/images/icon.svg'}))",
            "image-alt",
        ),
        ("document.querySelector('h1').style.color = '#bbb'", "color-contrast"),
        ("document.documentElement.removeAttribute('lang')", "html-has-lang"),
    ],
)
def test_axe_does_find_a_mistake(page, mistake, rule):
    page.goto("/")
    page.evaluate(mistake)
    assert {found[0] for found in violations(page)} == {rule}
