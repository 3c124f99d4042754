"""The pages of the library: what they show, how they link, what they never do."""

import re
from html import unescape

import pytest
from django.conf import settings
from django.http import QueryDict
from django.urls import resolve, reverse
from lxml import html

from advice.library import pages
from advice.library.content import library
from advice.library.find import find
from advice.library.forms import Query
from advice.templatetags.library_rows import whole
from scans import services
from tests.conftest import fill
from tests.pages import main_of

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def text_in(page: str) -> str:
    """Everything that stands in <main>, in one line."""
    return " ".join(" ".join(main_of(page).itertext()).split())


def get(client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def links_of(page: str) -> list[str]:
    return html.document_fromstring(page).xpath("//@href")


# --- the search page ----------------------------------------------------------------------------------------


def test_searching_touches_no_session_and_sets_no_cookie(client, content, django_assert_num_queries):
    get(client, "/bibliotheek/")
    with django_assert_num_queries(0):
        page = client.get("/bibliotheek/?thema=visie&rol=manager")
    assert not page.cookies and "csrfmiddlewaretoken" not in page.content.decode()


def test_a_page_with_a_button_that_writes_does(client, content):
    """The control of the test above: there is something to see."""
    page = client.get("/bibliotheek/skills-training/")
    assert page.cookies and "csrfmiddlewaretoken" in page.content.decode()


@pytest.mark.parametrize(
    ("sent", "clean"),
    [
        ("", ""), ("zoek=&thema=&bladzijde=", ""), ("zoek=++taal++&onbekend=1", "?zoek=taal"),
        ("thema=visie&zoek=taal", "?zoek=taal&thema=visie"), ("rol=manager&bladzijde=1", "?rol=manager"),
        ("zoek=a%00b&bladzijde=-3", "?zoek=a+b"), ("bladzijde=99999999999", ""), ("zoek=%F0%9F%98", ""),
        ("thema=visie&thema=visie-die-er-niet-is", "?thema=visie"), ("rol=%27%3B--", ""),
        ("zoek=caf%C3%A9+%26+%22werk%22", "?zoek=caf%C3%A9+%26+%22werk%22"),
        ("zoek=" + "a" * 500, "?zoek=" + "a" * 120),
    ],
)  # fmt: skip
def test_the_address_of_a_search_holds_nothing_empty_or_unknown(client, content, sent, clean):
    page = get(client, f"/bibliotheek/?{sent}")
    (canonical,) = html.document_fromstring(page).xpath("//link[@rel='canonical']/@href")
    assert canonical == f"/bibliotheek/{clean}"
    assert Query.read(QueryDict(clean.lstrip("?"))).address == canonical


def test_the_pages_of_results_hold_every_entry_once(client, content):
    path, seen, rel = "/bibliotheek/", [], []
    while path:
        tree = html.document_fromstring(get(client, path))
        seen += [href.split("/")[2] for href in tree.xpath("//h3/a/@href")]
        rel.append(len(tree.xpath("//nav//a[@rel='prev']")))
        path = next(iter(tree.xpath("//nav//a[@rel='next']/@href")), None)
    assert sorted(seen) == sorted(library().by_code)
    assert rel == [0] + [1] * (len(rel) - 1) and len(rel) > 2


def test_a_page_beyond_the_last_is_the_last(client, content):
    last = -(-len(library().entries) // pages.PER_PAGE)
    assert f"Bladzijde {last} van {last}" in text_in(get(client, "/bibliotheek/?bladzijde=9999"))


def test_a_chosen_filter_is_a_link_that_takes_it_away(client, content):
    tree = html.document_fromstring(get(client, "/bibliotheek/?thema=visie&thema=zicht-en-cijfers&rol=manager"))
    assert set(tree.xpath("//a[@class='chip']/@href")) == {
        "/bibliotheek/?thema=zicht-en-cijfers&rol=manager", "/bibliotheek/?thema=visie&rol=manager",
        "/bibliotheek/?thema=visie&thema=zicht-en-cijfers",
    }  # fmt: skip
    assert len(tree.xpath("//input[@type='checkbox'][@checked]")) == 3


def test_a_row_says_what_the_entry_is(client, content):
    rows = {
        row.xpath(".//h3/a/@href")[0].split("/")[2]: " ".join(row.text_content().split())
        for row in html.document_fromstring(get(client, "/bibliotheek/")).xpath("//li[@class='result']")
    }
    for code, row in rows.items():
        entry = library().by_code[code]
        themes = [theme.title for theme in library().themes if theme.code in entry.themes]
        for part in (entry.name, entry.kind_label, entry.organisation, entry.evidence_label, *themes):
            assert " ".join(part.split()).casefold() in row.casefold()
        assert entry.summary.startswith(re.search(re.escape(entry.summary[:30]), row)[0])


def test_what_speaks_to_others_is_marked_and_what_speaks_to_the_municipality_is_not(client, content):
    others = [entry for entry in library().entries if entry.addressee != "gemeente"]
    ours = [entry for entry in library().entries if entry.addressee == "gemeente"]
    for entry in (*others[:5], *ours[:5]):
        marked = f"Gericht aan {entry.addressee_label}" in text_in(get(client, f"/bibliotheek/{entry.code}/"))
        assert marked == (entry.addressee != "gemeente")


def test_nothing_found_says_what_to_try(client, content):
    page = get(client, "/bibliotheek/?zoek=qqqqzzzz&rol=manager")
    assert "Geen resultaat" in text_in(page) and "Probeer" in text_in(page)
    assert "/bibliotheek/?zoek=qqqqzzzz" in links_of(page)
    assert all(f"/bibliotheek/thema/{theme.code}/" in links_of(page) for theme in library().themes)


def test_what_somebody_types_is_shown_as_text(client, content):
    typed = "<script>alert(1)</script>\"'&"
    page = client.get("/bibliotheek/", {"zoek": typed}).content.decode()
    assert "<script>alert" not in page and typed in unescape(page)


def test_searches_give_what_find_finds(client, content):
    shown = html.document_fromstring(get(client, "/bibliotheek/?thema=visie&effect=goede-ervaringen")).xpath(
        "//h3/a/@href"
    )
    found = find(library(), "", {"thema": ["visie"], "effect": ["goede-ervaringen"]})
    assert [link.split("/")[2] for link in shown] == [entry.code for entry in found.entries][: pages.PER_PAGE]


# --- one entry ----------------------------------------------------------------------------------------------


def test_no_entry_is_called_as_a_page_of_the_library(content):
    for code in library().by_code:
        assert resolve(reverse("entry", args=[code])).url_name == "entry", code
    assert resolve("/bibliotheek/woorden/").url_name == "words"


def parts_of(entry) -> list[str]:
    """Every text that an entry holds, its figures, related entries and places included."""
    shelf = library()
    facts = [shelf.facts_by_code[code] for code in entry.figures]
    return [
        entry.name, entry.organisation, entry.summary, entry.asks, entry.gives, entry.start, entry.for_whom,
        entry.evidence_note, entry.caution, entry.since, entry.note, entry.url, entry.phase_label,
        entry.kind_label.capitalize(), entry.evidence_label.capitalize(), *(c.heading for c in entry.citations),
        *(text for fact in facts for text in (fact.statement, fact.group, whole(fact), fact.period)),
        *(shelf.by_code[code].name for code in entry.related),
    ]  # fmt: skip


def squeezed(text: str) -> str:
    """Without white space: a link in a sentence is no gap."""
    return "".join(text.split())


def test_the_page_of_every_entry_says_everything_of_it(client, content):
    for entry in library().entries:
        said = squeezed(main_of(get(client, f"/bibliotheek/{entry.code}/")).text_content())
        assert [part for part in parts_of(entry) if squeezed(part) not in said] == [], entry.code
        assert sum(said.count(f"({role})") for role in ("klantmanager", "beleidsmedewerker", "manager")) == len(
            entry.helps
        ), entry.code


def test_a_mistake_can_be_told_by_mail_with_the_entry_named(client, content):
    (mail,) = [link for link in links_of(get(client, "/bibliotheek/skills-training/")) if link.startswith("mailto:")]
    assert mail.startswith(f"mailto:{settings.CONTACT_EMAIL}?subject=") and "skills-training" in mail
    assert " " not in mail


def test_the_way_back_is_to_the_result_when_there_is_one(client, content, scan):
    path = "/bibliotheek/skills-training/"
    assert "Terug naar je uitkomst" not in text_in(get(client, path))
    session = client.session
    session.update({"scan": str(scan.pk), "questionnaire": scan.questionnaire_id})
    session.save()
    assert "Terug naar je uitkomst" not in text_in(get(client, path)), "a draft has no result yet"
    fill(scan, content)
    services.submit_scan(scan.pk)
    assert "Terug naar je uitkomst" in text_in(get(client, path))


def test_what_does_not_exist_is_not_found(client, content):
    for path in ("nee", "nee/pdf", "bron/nee", "thema/nee", "mijn-lijst/nee"):
        assert client.get(f"/bibliotheek/{path}/").status_code == 404, path


# --- side by side -------------------------------------------------------------------------------------------

THREE = ["skills-training", "motiverende-gespreksvoering", "house-of-skills"]


@pytest.mark.parametrize(
    ("codes", "columns"),
    [(THREE[:2], 2), (THREE, 3), ([*THREE, "sleutelfiguren"], 3), ([*THREE[:2], "nee", THREE[0]], 2)],
)
def test_two_or_three_stand_side_by_side(client, content, codes, columns):
    page = client.get("/bibliotheek/vergelijken/", {"met": codes}).content.decode()
    (table,) = html.document_fromstring(page).xpath("//table")
    assert len(table.xpath("./thead/tr/th[@scope='col']")) == columns + 1
    assert {len(row.xpath("./td")) for row in table.xpath("./tbody/tr")} == {columns}
    assert all(len(row.xpath("./th[@scope='row']")) == 1 for row in table.xpath("./tbody/tr"))


def test_of_more_than_three_the_first_three_are_shown_and_it_is_said(client, content):
    codes = list(library().by_code)[:5]
    page = text_in(client.get("/bibliotheek/vergelijken/", {"met": codes}).content.decode())
    assert "meer dan drie" in page
    assert "meer dan drie" not in text_in(client.get("/bibliotheek/vergelijken/", {"met": THREE}).content.decode())


@pytest.mark.parametrize("codes", [[], ["nee"], THREE[:1], [THREE[0], THREE[0]]])
def test_fewer_than_two_explains_how(client, content, codes):
    page = client.get("/bibliotheek/vergelijken/", {"met": codes}).content.decode()
    assert "<table" not in page and "Zo kies je zelf" in text_in(page)
    offered = [link for link in links_of(page) if "met=" in link]
    assert bool(offered) == (THREE[0] in codes)
    for link in offered:
        assert "<table" in get(client, link)
