"""The digest and the comparing with it, on a guide that is made up."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from tests.reader.digest import copied_runs, guides, read_digest, strange_numbers
from tests.reader.make_digest import DATA, DigestError, Outline, outlines, sections, write_all, write_digest
from tests.reader.rows import Row, page_rows

pytestmark = pytest.mark.both

# Made up for these tests; it reads like a guide and stands in none.
SAMPLE = """
1. Over appels\t3

1. Over appels

In 2019 telde de boomgaard 1.250 bomen, van wie zeventien oude. Wie in het voorjaar snoeit, plukt in de
herfst een rijke oogst die de hele win-
ter bewaard kan worden.

Over
peren

Een derde van de peren woog 1,5 kilo.

Literatuur

Appel, A. (1999). Alles over appels.
"""
OUTLINE = Outline(("1. Over appels", "Over peren"), end="Literatuur")


@pytest.fixture
def sample(tmp_path):
    """A digest with one guide, `bo`, whose text is ours."""
    write_digest("bo", SAMPLE, OUTLINE, tmp_path)
    return {"bo": read_digest("bo", tmp_path)}


def a_row(text: str, *headings: str, field: str = "summary", **more) -> Row:
    return Row("intervention x", {field: text}, tuple(("bo", heading) for heading in headings), **more)


# --- comparing -------------------------------------------------------------------------------------------


def test_a_digest_knows_sections_and_their_numbers(sample):
    assert {heading: set(found) for heading, found in sample["bo"].sections.items()} == {
        "1. Over appels": {"2019", "1250", "17"},
        "Over peren": {"1/3", "1.5"},
    }


@pytest.mark.parametrize("text", ["1250 bomen", "1.250 bomen", "Zeventien is 17.", "in 2019", "Zie hoofdstuk 4."])
def test_a_number_may_be_written_in_any_way(sample, text):
    assert strange_numbers([a_row(text, "1. Over appels")], sample) == []


@pytest.mark.parametrize(
    ("text", "strange"), [("1251 bomen", "1251"), ("12,50 euro", "12.5"), ("1,5 kilo", "1.5"), ("1999", "1999")]
)
def test_a_number_that_stands_elsewhere_or_nowhere_is_strange(sample, text, strange):
    (fault,) = strange_numbers([a_row(text, "1. Over appels")], sample)
    assert fault == f"intervention x, summary: {strange} stands in no section that it cites"


def test_a_number_in_words_counts_when_it_is_a_figure(sample):
    assert strange_numbers([a_row("Er zijn vier peren.", "Over peren")], sample) == []
    assert strange_numbers([a_row("Er zijn vier peren.", "Over peren", figure=True)], sample)
    assert strange_numbers([a_row("De helft is peer.", "Over peren")], sample)
    assert strange_numbers([a_row("Een derde is peer.", "Over peren")], sample) == []


def test_only_the_period_of_a_fact_may_stand_elsewhere_in_the_guide(sample):
    assert strange_numbers([a_row("voorjaar 2019", "Over peren", field="period")], sample) == []
    assert strange_numbers([a_row("voorjaar 2019", "Over peren", field="statement")], sample)
    assert strange_numbers([a_row("voorjaar 2018", "Over peren", field="period")], sample)


COPY = "Wie in het voorjaar snoeit, plukt in de herfst een rijke"  # eleven words


def test_twelve_equal_words_are_a_copy_and_eleven_are_not(sample):
    assert copied_runs([a_row(COPY)], sample) == []
    (fault,) = copied_runs([a_row("Zo is het: " + COPY.upper() + " – oogst!")], sample)
    assert fault == (
        "intervention x, summary: 'wie in het voorjaar snoeit plukt in de herfst een rijke oogst' stands in a guide"
    )


def test_a_copy_is_told_whole_and_through_a_word_that_was_broken(sample):
    (fault,) = copied_runs([a_row(COPY + " oogst die de hele winter bewaard kan blijven.")], sample)
    assert "herfst een rijke oogst die de hele winter bewaard kan' stands" in fault


def test_a_copy_on_a_page_is_found(sample, tmp_path):
    page = tmp_path / "page.html"
    page.write_text(f"<p>{COPY}</p>", encoding="utf-8")
    assert copied_runs(page_rows(tmp_path), sample) == []
    page.write_text(f"{{% load x %}}<p>{COPY.replace('in de', 'in <a href=y>de')} oogst</a></p>", encoding="utf-8")
    (fault,) = copied_runs(page_rows(tmp_path), sample)
    assert fault.startswith("template page.html, text: 'wie in het voorjaar")


def test_a_name_of_twelve_words_may_be_that_of_the_guide(sample):
    assert copied_runs([a_row(COPY + " oogst", field="name")], sample) == []
    assert copied_runs([a_row(COPY + " oogst die", field="name")], sample)


# --- making the digest ------------------------------------------------------------------------------------


def test_the_headings_are_those_of_the_digest():
    assert {code: list(outline.headings) for code, outline in outlines().items()} == {
        code: list(digest.sections) for code, digest in guides().items()
    }


def test_the_digest_is_small():
    assert sum(path.stat().st_size for path in DATA.iterdir()) < 500_000


def test_another_text_is_refused(tmp_path):
    with pytest.raises(DigestError, match="'Over pruimen' does not stand after line"):
        sections(SAMPLE, replace(OUTLINE, headings=("1. Over appels", "Over pruimen")))
    with pytest.raises(DigestError, match="bo: 0 texts in"):
        write_all(tmp_path, tmp_path)


if os.environ.get("QUICKSCAN_GUIDES"):  # a folder with the texts, which are not ours to hand out

    def test_the_digest_made_again_is_the_same(tmp_path):
        write_all(Path(os.environ["QUICKSCAN_GUIDES"]), tmp_path)
        for path in sorted(DATA.iterdir()):
            assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name
