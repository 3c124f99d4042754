"""Templates: each is used, none holds a script, a style or an event handler of its own."""

import ast
import re

import pytest
from django.conf import settings

from advice.documents import Variant

FOLDER = settings.BASE_DIR / "templates"
TEMPLATES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.html"))
# Asked for by a name that is put together.
BY_NAME = {f"advice/report_{variant}.html" for variant in Variant} | {"nldesign/uni_form.html"}
NAME = re.compile(r"[\w/]+\.html")
REFERENCE = re.compile(r"""\{%\s*(?:include|extends)\s+["']([^"']+)["']""")


def used() -> set[str]:
    """Names of templates in strings of the code and in include and extends."""
    names = set(BY_NAME)
    for room in ("scans", "advice", "quickscan", "teams"):
        for path in (settings.BASE_DIR / room).rglob("*.py"):
            nodes = ast.walk(ast.parse(path.read_text()))
            names |= {n.value for n in nodes if isinstance(n, ast.Constant) and NAME.fullmatch(str(n.value))}
    for name in TEMPLATES:
        names |= set(REFERENCE.findall((FOLDER / name).read_text()))
    return names


def test_every_template_is_used_and_every_used_template_exists():
    assert set(TEMPLATES) - used() == set()
    assert used() - set(TEMPLATES) == set()


def test_a_partial_begins_with_a_line():
    """Names of partials start with _; nothing renders one as a page."""
    included = {name for t in TEMPLATES for name in re.findall(r'include\s+"([^"]+)"', (FOLDER / t).read_text())}
    own = {name for name in included if not name.startswith("nldesign/")}
    assert all(name.split("/")[-1].startswith("_") for name in own), own


def inline(text: str) -> list[str]:
    """What the content security policy would refuse: scripts, styles and handlers inside the page."""
    found = re.findall(r"<script(?![^>]*\ssrc=)[^>]*>", text)
    found += re.findall(r"<style\b[^>]*>", text)
    for tag in re.findall(r"<[a-zA-Z][^>]*>", text):
        found += re.findall(r"\s(?:style|on[a-z]+)\s*=", tag)
        found += re.findall(r"(?:href|src|action)\s*=\s*[\"']?\s*(?:javascript|data|vbscript):", tag, re.IGNORECASE)
    return found


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_holds_no_inline_script_style_or_handler(name):
    assert inline((FOLDER / name).read_text()) == []


@pytest.mark.parametrize(
    "text",
    [
        "<script>x</script>", "<script type='module'>", "<style>a{}</style>", "<p style='color:red'>",
        "<p\n style = x>",
        "<button onclick=x>", "<img src=x onerror='y'>", "<a href='javascript:x'>", "<img src='data:image/png,x'>",
        "<svg onload=x>",
    ],
)  # fmt: skip
def test_what_is_inline_is_found(text):
    assert inline(text)


@pytest.mark.parametrize(
    "text",
    [
        '<script src="/x.js" defer></script>', '<rect fill="#fff" stroke-width="1"/>', "<p>onze stijl = goed</p>",
        '<link rel="stylesheet" href="x.css">', '<p class="style">on = x</p>', '<th scope="col">',
    ],
)  # fmt: skip
def test_what_is_not_inline_is_left_alone(text):
    assert not inline(text)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_turns_off_no_escaping(name):
    assert not re.search(r"\|\s*safe\b|autoescape\s+off|\|\s*safeseq", (FOLDER / name).read_text())


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_form_that_posts_carries_its_token(name):
    text = (FOLDER / name).read_text()
    assert len(re.findall(r'<form method="post"', text)) == text.count("{% csrf_token %}")
    assert len(re.findall(r"<form\b", text)) == len(re.findall(r'<form method="(?:post|get)"', text))


@pytest.mark.parametrize("name", [name for name in TEMPLATES if not name.startswith("advice/report_")])
def test_nothing_comes_from_another_site(name):
    text = (FOLDER / name).read_text()
    assert not re.search(r"(?:src|href|action)=[\"'](?:https?:)?//", text)
