"""How the pages hold under a keyboard, a large magnification and somebody's own colours."""

import re

import pytest
from playwright.sync_api import TimeoutError, expect

from tests.flows.visitor import Visitor

pytestmark = pytest.mark.browser

PUBLIC = ("/", "/rol/", "/voorbeeld/", "/uitleg/", "/bronnen/", "/toegankelijkheid/", "/gewist/", "/afgesloten/")
LIBRARY = (
    "/bibliotheek/", "/bibliotheek/?zoek=intervisie&thema=intervisie-vakmanschap&rol=manager",
    "/bibliotheek/?zoek=qqqq&effect=bewezen-effectief", "/bibliotheek/skills-training/",
    "/bibliotheek/vergelijken/?met=skills-training&met=motiverende-gespreksvoering&met=house-of-skills",
    "/bibliotheek/vergelijken/?met=skills-training", "/bibliotheek/vergelijken/", "/bibliotheek/mijn-lijst/",
    "/bibliotheek/thema/visie/", "/bibliotheek/bron/kis/", "/bibliotheek/woorden/", "/bibliotheek/cijfers/",
)  # fmt: skip
DRAFT = ("/scan/stap/1/", "/scan/stap/8/", "/scan/stap/12/", "/scan/controle/", "/scan/later/", "/scan/andere-rol/",
         "/scan/afsluiten/", "/scan/wissen/")  # fmt: skip
RESULT = ("/resultaat/", "/resultaat/delen/", "/scan/later/")

HAS_VISIBLE_FOCUS = """() => {
    const drawn = (element) => {
        const style = getComputedStyle(element);
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    };
    const here = document.activeElement, box = here.getBoundingClientRect();
    const label = here.closest(".option");
    return here !== document.body && (drawn(here) || (label !== null && drawn(label)))
        && box.bottom > 0 && box.top < innerHeight;
}"""
FOCUSED = "() => (document.activeElement.closest('label') || document.activeElement).innerText.trim()"
TOO_WIDE = """() => {
    const page = document.documentElement, width = page.clientWidth;
    if (page.scrollWidth <= width) return [];
    const boxes = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > width + 1);
    return [`${page.scrollWidth} wide`, ...boxes.slice(0, 5).map((e) => `${e.tagName}.${e.className}`)];
}"""


class Keyboard:
    """Goes through a page with the keyboard alone and checks the focus at each stop."""

    def __init__(self, page, patience: int = 10_000):
        self.page, self.patience = page, patience

    def press(self, key: str) -> str:
        self.page.keyboard.press(key)
        try:
            self.page.wait_for_function(HAS_VISIBLE_FOCUS, timeout=self.patience)  # the page scrolls smoothly
        except TimeoutError as error:
            raise AssertionError(f"no visible focus at {self.page.evaluate(FOCUSED)!r}") from error
        return self.page.evaluate(FOCUSED)

    def tab_to(self, text: str) -> None:
        for _ in range(60):
            if re.search(text, self.press("Tab")):
                return
        raise AssertionError(f"the keyboard does not reach {text!r}")

    def follow(self, text: str, title: str) -> None:
        self.tab_to(text)
        self.page.keyboard.press("Enter")
        expect(self.page).to_have_title(re.compile(title))

    def choose(self) -> None:
        """From one question to the next: over "Waarom", Space for the first answer, an arrow for the second."""
        assert self.press("Tab") == "Waarom deze vraag?"
        self.press("Tab")
        self.page.keyboard.press("Space")
        self.press("ArrowDown")


def test_the_whole_scan_can_be_done_with_the_keyboard_alone(page):
    keyboard = Keyboard(page)
    page.goto("/")
    assert keyboard.press("Tab") == "Naar de inhoud"
    keyboard.follow("^Begin de scan", "^Kies je rol")
    keyboard.tab_to("^Klantmanager")
    keyboard.press("ArrowDown")
    keyboard.press("ArrowUp")
    keyboard.follow("^Begin met stap 1", "^Stap 1 van 12")
    for step in range(1, 13):
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")  # the skip link
        keyboard.choose()
        keyboard.choose()
        following = f"^Stap {step + 1} van 12" if step < 12 else "^Controleer je antwoorden"
        keyboard.follow("^(Volgende|Naar de controle)$", following)
    keyboard.follow("^Verstuur en bekijk advies$", "^Je uitkomst")
    keyboard.tab_to("^Visie en gedeelde omschrijvingen")
    page.keyboard.press("Enter")  # a bar leads to its advice, which opens
    assert keyboard.press("Tab").startswith("Visie en gedeelde omschrijvingen")
    page.keyboard.press("Enter")
    expect(page.locator("#thema-visie")).to_have_attribute("open", "")


@pytest.fixture(scope="module")
def people(server):
    """Somebody half-way and somebody with a result, shared by the pages that only look."""
    half, done = (
        Visitor(server).begin().fill("1", steps=range(1, 9)),
        Visitor(server).begin("manager").fill("3").send(),
    )
    return half, done


def every_page(people, as_visitor, **options):
    for visitor, paths in zip(people, (PUBLIC + LIBRARY + DRAFT, RESULT), strict=True):
        page = as_visitor(visitor, **options)
        for path in paths:
            page.goto(path)
            yield page


def test_no_page_scrolls_sideways_at_400_percent(people, as_visitor):
    for page in every_page(people, as_visitor, viewport={"width": 320, "height": 256}):
        page.evaluate("document.querySelectorAll('details').forEach((item) => { item.open = true; })")
        assert page.evaluate(TOO_WIDE) == [], page.url


def test_the_check_for_scrolling_sees_a_page_that_is_too_wide(page):
    page.goto("/")
    page.evaluate("document.querySelector('main').append(document.createElement('pre'))")
    page.evaluate("document.querySelector('pre').textContent = 'breed '.repeat(500)")
    assert page.evaluate(TOO_WIDE) != []


def test_the_pages_that_answer_a_button_do_not_scroll_sideways_either(people, as_visitor):
    page = as_visitor(people[0], viewport={"width": 320, "height": 256})
    page.goto("/rol/")
    page.get_by_role("button", name="Begin met stap 1").click()
    assert page.evaluate(TOO_WIDE) == []
    page.goto("/scan/stap/9/")
    page.get_by_role("button", name="Volgende").click()
    expect(page.locator("#fouten")).to_be_visible()
    assert page.evaluate(TOO_WIDE) == []
    page.goto("/scan/later/")
    page.get_by_role("button", name="Maak mijn link").click()
    link = page.get_by_label("Jouw link").input_value()
    assert page.evaluate(TOO_WIDE) == []
    page.goto(link)
    assert page.evaluate(TOO_WIDE) == []


def test_the_check_for_a_visible_focus_sees_one_that_is_missing(page):
    page.goto("/")
    page.get_by_role("link", name="Uitleg").first.evaluate(
        "(link) => link.style.setProperty('outline', 'none', 'important')"
    )
    with pytest.raises(AssertionError, match="no visible focus at 'Uitleg'"):
        Keyboard(page, patience=1000).tab_to("^Begin de scan")


def test_the_chosen_answer_stands_out_in_forced_colours(people, as_visitor):
    page = as_visitor(people[0], forced_colors="active")
    page.goto("/scan/stap/1/")
    chosen, other = (
        page.locator(selector).first for selector in (".option:has(:checked)", ".option:not(:has(:checked))")
    )
    outline = "(label) => getComputedStyle(label).outlineStyle + getComputedStyle(label).outlineWidth"
    assert (chosen.evaluate(outline), other.evaluate(outline).startswith("none")) == ("solid4px", True)
    page = as_visitor(people[1], forced_colors="active")
    page.goto("/resultaat/")
    fill = "(bar) => getComputedStyle(bar).fill"
    bar = page.locator(".bar").first
    assert bar.locator(".bar-fill").evaluate(fill) != bar.locator(".bar-track").evaluate(fill)


def test_the_dark_scheme_is_dark_and_shows_the_chosen_answer(people, as_visitor):
    def colours(scheme):
        page = as_visitor(people[0], color_scheme=scheme)
        page.goto("/scan/stap/1/")
        background = "(element) => getComputedStyle(element).backgroundColor"
        selectors = ("html", ".option:has(:checked)", ".option:not(:has(:checked))")
        return [page.locator(selector).first.evaluate(background) for selector in selectors]

    light, dark = colours("light"), colours("dark")
    assert (light[0], dark[0]) == ("rgb(255, 255, 255)", "rgb(23, 27, 27)")
    assert light[1] != light[2] and dark[1] != dark[2]
