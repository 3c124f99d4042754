"""The pages of a theme, a source, the words and the figures; and every link within the library."""

from dataclasses import replace

import pytest
from lxml import html

from advice.library import overviews
from advice.library.content import library
from advice.models import Fact
from advice.templatetags.library_rows import whole
from tests.advice.test_library_pages import get, links_of, text_in

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def test_a_theme_shows_its_figures_and_every_entry_in_its_phase(client, content):
    for theme in library().themes:
        page = get(client, f"/bibliotheek/thema/{theme.code}/")
        tree = html.document_fromstring(page)
        shown = {
            (section.xpath("./h2/@id")[0], link.split("/")[2])
            for section in tree.xpath("//section[.//h3]")
            for link in section.xpath(".//h3/a/@href")
        }
        assert shown == {(e.phase, e.code) for e in library().entries if theme.code in e.themes}
        for fact in library().facts:
            if theme.code in fact.themes and not fact.table:
                assert " ".join(fact.statement.split()) in text_in(page)


def test_a_source_shows_its_headings_in_order_with_the_entries_that_cite_them(client, content):
    for source in library().sources:
        tree = html.document_fromstring(get(client, f"/bibliotheek/bron/{source.code}/"))
        shown = [(h.text_content(), tuple(h.getparent().xpath(".//li/a/@href"))) for h in tree.xpath("//section/h2")]
        expected = []
        for heading in source.headings:
            cites = [
                f"/bibliotheek/{entry.code}/"
                for entry in library().entries
                if any((c.source, c.heading) == (source.code, heading) for c in entry.citations)
            ]
            expected += [(heading, tuple(cites))] if cites else []
        assert shown == expected
        assert len(set(tree.xpath("//section/h2/@id"))) == len(shown)


def test_the_words_are_in_alphabetical_order_and_each_has_its_place(client, content):
    tree = html.document_fromstring(get(client, "/bibliotheek/woorden/"))
    terms = tree.xpath("//div[@class='term']/@id")
    assert terms == [term.code for term in library().terms]
    assert tree.xpath("//nav[@aria-label='Letters']//a/text()") == sorted(
        {term.term[0].upper() for term in library().terms}
    )


def test_every_figure_stands_once_on_the_page_of_figures(client, content):
    tree = html.document_fromstring(get(client, "/bibliotheek/cijfers/"))
    assert sorted(tree.xpath("//li[@class='figure']/@id | //td/@id")) == sorted(library().facts_by_code)


def test_the_table_is_a_table_and_says_how_to_read_it(client, content):
    facts = [fact for fact in library().facts if fact.table == "bo-tabel-2-1"]
    assert facts, "there is nothing to show"
    page = get(client, "/bibliotheek/cijfers/")
    (table,) = html.document_fromstring(page).xpath("//table")
    columns = [" ".join(th.text_content().split()).casefold() for th in table.xpath("./thead//th")][1:]
    for fact in facts:
        (cell,) = table.xpath(f".//td[@id='{fact.code}']")
        row = " ".join(cell.xpath("string(../th)").split())
        place = len(cell.xpath("./preceding-sibling::td"))
        assert (row.casefold(), columns[place]) == (fact.row.casefold(), fact.column.casefold())
        assert cell.text_content().rstrip("%") == fact.value
    assert "Het is geen kans" in text_in(page)


def test_a_table_keeps_order_and_leaves_a_cell_open(content):
    fact = library().facts[0]
    cells = [("mannen", "aantal"), ("mannen", "deel"), ("totaal", "deel")]
    facts = [replace(fact, code=f"c{n}", table="t", row=r, column=c) for n, (r, c) in enumerate(cells)]
    (table,) = overviews.fact_tables([fact, *facts])
    assert table.columns == ("aantal", "deel")
    assert [(row.name, row.is_total) for row in table.rows] == [("mannen", False), ("totaal", True)]
    assert [cell and cell.code for row in table.rows for cell in row.cells] == ["c0", "c1", None, "c2"]


def test_what_is_compared_is_not_called_the_whole(content):
    fact = replace(library().facts[0], denominator="alle klanten")
    assert whole(replace(fact, reading=Fact.Reading.SHARE)) == "Geheel: alle klanten."
    assert whole(replace(fact, reading=Fact.Reading.DIFFERENCE)) == "Vergeleken met: alle klanten."
    assert whole(replace(fact, denominator="niet van toepassing")) == whole(replace(fact, denominator="")) == ""


def test_every_link_within_the_library_leads_somewhere(client, content):
    """Addresses and anchors of every page, the words in running text included."""
    start = ["/bibliotheek/", "/bibliotheek/woorden/", "/bibliotheek/cijfers/", "/bibliotheek/mijn-lijst/"]
    start += [f"/bibliotheek/bron/{source.code}/" for source in library().sources]
    start += [f"/bibliotheek/thema/{theme.code}/" for theme in library().themes]
    start += [f"/bibliotheek/{code}/" for code in library().by_code]
    wanted, places = set(), {}
    for path in start:
        page = get(client, path)
        places[path] = set(html.document_fromstring(page).xpath("//@id"))
        wanted |= {path + link if link.startswith("#") else link for link in links_of(page)}
    for link in wanted:
        path, _, anchor = link.partition("#")
        if path in places:
            assert not anchor or anchor in places[path], link
        elif path.startswith("/bibliotheek/") and not path.endswith("/pdf/"):
            assert client.get(path).status_code == 200, link
    assert len(wanted) > 500
