"""Words of the glossary in running text: whole, longest first, once per page, and never broken HTML."""

import re
from html import unescape

import pytest
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from advice.library.content import Library, TermContent
from advice.library.glossary import WordLinks
from advice.templatetags.library_words import with_words

pytestmark = pytest.mark.both


def shelf(**forms: str) -> Library:
    """A library with these words: code="form, another form"."""
    terms = tuple(TermContent(code, code, tuple(text.split(", ")), "", "", (), ()) for code, text in forms.items())
    return Library((), (), terms, (), ())


SHELF = shelf(
    discriminatie="discriminatie, discrimineren",
    institutioneel="institutionele discriminatie",
    adv="adv, adv's",
    ruil="r&d",
    fit="werkfit",
)


def linked(text: str, words: WordLinks | None = None) -> list[tuple[str, str]]:
    """[(code, words as they stand)] of the links in this text."""
    return [
        (code, unescape(word))
        for code, word in re.findall(
            r'<a class="word" href="[^"#]*#([^"]+)">([^<]*)</a>', (words or WordLinks(SHELF)).link(text)
        )
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Discriminatie op het werk.", [("discriminatie", "Discriminatie")]),
        ("Dit is institutionele discriminatie.", [("institutioneel", "institutionele discriminatie")]),
        ("institutionele vormen van discriminatie", [("discriminatie", "discriminatie")]),
        ("leeftijdsdiscriminatie en discriminatiezaken", []),
        ("een discriminatie-ervaring, anti-discriminatie", []),
        ("“Discriminatie”, (discriminatie)", [("discriminatie", "Discriminatie")]),
        ("wie wil discrimineren pleegt discriminatie", [("discriminatie", "discrimineren")]),
        ("de ADV’s en ADV's", [("adv", "ADV's")]),
        ("Bel de ADV.", [("adv", "ADV")]),
        ("r&d en R&D", [("ruil", "r&d")]),
        ("", []),
    ],
)  # fmt: skip
def test_which_words_are_linked(text, expected):
    assert linked(text) == expected


def test_a_word_is_linked_once_per_page():
    words = WordLinks(SHELF)
    assert linked("discriminatie", words) and not linked("discriminatie", words)
    assert linked("institutionele discriminatie", words), "another word, although it holds the first"
    assert linked("discriminatie", WordLinks(SHELF)), "another page"


def test_what_is_html_already_stays_as_it_is():
    safe = mark_safe('<a href="/x/">discriminatie</a>')
    assert WordLinks(SHELF).link(safe) == safe


def test_the_filter_escapes_with_and_without_words():
    assert with_words("<b>discriminatie</b>", "") == "&lt;b&gt;discriminatie&lt;/b&gt;"
    assert with_words("<b>discriminatie</b>", WordLinks(SHELF)).startswith("&lt;b&gt;<a ")


pieces = st.sampled_from(
    [
        "discriminatie",
        "institutionele ",
        "ADV's",
        "werkfit",
        "r&d",
        "<script>",
        '"',
        "'",
        "&amp;",
        " ",
        "-",
        "İ",
        "</a>",
        "é",
    ]
)


@given(st.lists(pieces | st.text(max_size=5), max_size=12).map("".join))
def test_no_text_is_changed_and_no_html_is_let_through(text):
    made = WordLinks(SHELF).link(text)
    bare = re.sub(r'<a class="word" href="/bibliotheek/woorden/#[a-z]+">|</a>', "", made)
    assert "<" not in bare and ">" not in bare
    assert unescape(bare) == unescape(unescape(bare)) or unescape(bare) == text
    assert made.count("<a ") == made.count("</a>")


@pytest.mark.django_db
def test_a_question_of_the_scan_explains_its_words_behind_why(client, content):
    client.post("/scan/beginnen/", {"role": "client_manager"})
    page = client.get("/scan/stap/1/").content.decode()
    folded = re.search(
        r'data-question="km-omschrijving-discriminatie".*?<details class="why">(.*?)</details>', page, re.S
    )
    assert "/bibliotheek/woorden/#discriminatie" in folded[1]
