"""The colours of the theme have enough contrast, in light and in dark (WCAG 2.2: 1.4.3 and 1.4.11)."""

import re

import pytest
from django.conf import settings

CSS = (settings.BASE_DIR / "static/css/tokens.css").read_text()
TEXT, SHAPE = 4.5, 3.0
PAIRS = [
    ("ink", "paper", TEXT), ("quiet", "paper", TEXT), ("quiet", "tint", TEXT), ("ink", "tint", TEXT),
    ("tint-ink", "tint", TEXT), ("accent", "paper", TEXT), ("accent", "tint", TEXT), ("accent-strong", "paper", TEXT),
    ("on-accent", "accent", TEXT), ("on-accent", "accent-strong", TEXT), ("ink", "accent-tint", TEXT),
    ("accent", "accent-tint", TEXT), ("accent-strong", "accent-tint", TEXT), ("warn", "paper", TEXT),
    ("warn", "warn-tint", TEXT), ("ink", "warn-tint", TEXT), ("focus-ink", "focus", TEXT), ("edge", "paper", SHAPE),
    ("accent", "track", SHAPE),
]  # fmt: skip
_COLOUR = re.compile(r"--qs-([\w-]+):\s*(#[0-9a-fA-F]{6})\s*;")


def colours(css: str) -> dict[str, str]:
    return dict(_COLOUR.findall(css))


def schemes(css: str) -> dict[str, dict[str, str]]:
    """Light, and dark on top of it."""
    light, _, rest = css.partition("@media (prefers-color-scheme: dark)")
    dark = rest.partition("\n}")[0]
    return {"light": colours(light), "dark": colours(light) | colours(dark)}


def luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def too_faint(css: str) -> list[str]:
    return [
        f"{scheme}: {front} on {back} is {contrast(tokens[front], tokens[back]):.2f}, not {least}"
        for scheme, tokens in schemes(css).items()
        for front, back, least in PAIRS
        if contrast(tokens[front], tokens[back]) < least
    ]


def test_every_pair_has_enough_contrast():
    assert too_faint(CSS) == []


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21),
        ("#ffffff", "#ffffff", 1),
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.48),
    ],
)
def test_contrast_is_that_of_the_guidelines(one, other, expected):
    assert contrast(one, other) == contrast(other, one) == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize(("scheme", "ink"), [("light", "#1f2423"), ("dark", "#f0eee9")])
def test_a_faint_colour_is_found(scheme, ink):
    (fault, *_) = too_faint(CSS.replace(f"--qs-ink: {ink}", "--qs-ink: #8a8a8a"))
    assert fault.startswith(scheme)


def test_the_dark_scheme_sets_every_colour_itself():
    light, _, rest = CSS.partition("@media (prefers-color-scheme: dark)")
    assert set(colours(light)) == set(colours(rest.partition("\n}")[0]))
    assert schemes(CSS)["light"] != schemes(CSS)["dark"]


def test_the_bar_in_the_pdf_has_the_colours_of_the_theme():
    """Literal there, because a PDF knows no tokens."""
    bar = (settings.BASE_DIR / "templates/advice/_bar.html").read_text()
    light = schemes(CSS)["light"]
    assert {light["track"], light["accent"], light["edge"]} <= set(re.findall(r"#[0-9a-f]{6}", bar))
