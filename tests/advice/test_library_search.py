"""Searching: what a reader types and what comes first. The forty queries stand in search_queries.py."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advice.library import question, search, words
from advice.library.content import library
from advice.library.index import index
from advice.library.synonyms import CIRCLES, synonyms
from advice.models import Intervention
from advice.remembered import forget_content

from .search_queries import MERGED, QUERIES

FIRST = 5
WANTED = 36


def misses() -> list[str]:
    """The queries of which no expected entry is among the first, with what came instead."""
    found = []
    for query in QUERIES:
        expected = {MERGED.get(code, code) for code in query.expected}
        first = search.search(query.text)[:FIRST]
        if not expected & set(first):
            found.append(f"{query.text!r} expects {sorted(expected)} and finds {first}")
    return found


@pytest.fixture
def shelf(db):
    """Put an entry in the library: `shelf("code", name=…, summary=…)`. Everything is forgotten afterwards."""

    def put(code: str, **texts) -> str:
        fields = {"evidence_note": "-", "roles": [], "target_groups": [], "phase": "organisatie", "as_of": "2021"}
        Intervention.objects.create(code=code, **fields | {"kind": "tool", "name": "-"} | texts)
        forget_content()
        return code

    Intervention.objects.all().delete()
    forget_content()
    yield put
    forget_content()


def test_the_expected_entries_exist_and_the_queries_are_forty(db):
    expected = {MERGED.get(code, code) for query in QUERIES for code in query.expected}
    assert len(QUERIES) == len({query.text for query in QUERIES}) == 40
    assert all(1 <= len(query.expected) <= 3 for query in QUERIES)
    assert expected <= set(library().by_code)


def test_at_least_36_of_the_40_queries_have_their_entry_among_the_first_five(db):
    missed = misses()
    print(f"{len(QUERIES) - len(missed)} of {len(QUERIES)}", *missed, sep="\n")
    assert len(QUERIES) - len(missed) >= WANTED, "\n".join(missed)


def test_without_synonyms_and_word_beginnings_fewer_than_36_are_found(db, monkeypatch):
    monkeypatch.setattr(index(), "synonyms", {})
    for name in ("SHORTEST_START", "FAMILY_FROM", "TAIL_FROM"):
        monkeypatch.setattr(question, name, 99)
    search.forget()
    found = len(QUERIES) - len(misses())
    search.forget()
    assert found < WANTED


@pytest.mark.both
@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("brief", "Brieven die uitnodigen"),
        ("plaatsing", "Duurzame plaatsingen"),
        ("werkgever", "Werkgeversvoorkeuren"),
        ("training", "Weerbaarheidstraining"),
        ("discrimnatie", "Discriminatie melden"),
        ("uitstroomcijfers", "Cijfers over uitstroom"),
        ("gemotiveerd", "Motiverende gespreksvoering"),
        ("taal maatje", "Taalmaatjes"),
        ("SROI", "Social return bij opdrachten"),
        ("mystery shoppers", "Mystery guests"),
        ("diploma's", "Een diploma halen"),
        ("Wat is een ADV?", "Antidiscriminatievoorziening"),
    ],
)
def test_other_forms_of_a_word_are_found(shelf, asked, written):
    shelf("other", name="Iets heel anders")
    wanted = shelf("wanted", name=written)
    assert search.search(asked) == (wanted,)


@pytest.mark.parametrize(
    ("asked", "written"), [("brief", "Brieven die uitnodigen"), ("scholen", "Een school kiezen")]
)
def test_it_is_the_dutch_configuration_that_knows_plurals(shelf, monkeypatch, asked, written):
    wanted = shelf("wanted", name=written)
    assert search.search(asked) == (wanted,)
    monkeypatch.setattr(search, "CONFIGURATION", "simple")
    monkeypatch.setattr(question, "SHORTEST_START", 99)
    search.forget()
    assert search.search(asked) == ()


@pytest.mark.both
def test_it_is_the_beginning_of_words_that_finds_compounds(shelf, monkeypatch):
    wanted = shelf("wanted", name="Werkgeversvoorkeuren")
    assert search.search("werkgever") == (wanted,)
    for name in ("SHORTEST_START", "FAMILY_FROM"):
        monkeypatch.setattr(question, name, 99)
    search.forget()
    assert search.search("werkgever") == ()


@pytest.mark.both
def test_an_abbreviation_is_no_beginning_of_a_longer_word(shelf):
    shelf("other", name="Advies en advocaten")
    assert search.search("adv") == ()


@pytest.mark.both
def test_a_glossary_word_is_found_by_its_other_forms(shelf):
    assert any("kruispuntdenken" in term.forms for term in library().terms)
    wanted = shelf("wanted", name="Intersectionaliteit")
    assert search.search("kruispuntdenken") == (wanted,)


@pytest.mark.both
def test_the_name_counts_for_more_than_the_summary_and_that_for_more_than_the_rest(shelf):
    shelf("c", caution="vervoer")
    shelf("b", summary="vervoer")
    shelf("d", start="vervoer")
    shelf("a", name="vervoer")
    assert search.search("vervoer") == ("a", "b", "d", "c")


@pytest.mark.both
def test_entries_with_all_the_words_come_before_entries_with_some(shelf):
    shelf("some", name="Vervoer vervoer")
    shelf("all", caution="Kosten van vervoer en schulden")
    shelf("none", name="Iets anders")
    assert search.search("vervoer bij schulden") == ("all", "some")


@pytest.mark.both
@pytest.mark.parametrize(
    "text",
    ["", "   ", "de het een en", "'", '"', "'; DROP TABLE advice_intervention; --", "a & | ! ( ) :* <->", "\\",
     "%s %(x)s",
     "🙂👩‍👩‍👧", "x" * 2000, "werkgever " * 200, "-", "--", "ﷺ" * 200, "\ud800", "a\x00b", "مرحبا", "٣ ² ½", "ge",
     "gegeet", "'werkgever':*", "’s", "e-", "\u0301\u0301", "ǅ ß İ"],
)  # fmt: skip
def test_odd_input_finds_something_or_nothing_and_raises_nothing(db, text):
    assert set(search.search(text)) <= set(library().by_code)


@pytest.mark.both
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.one_of(st.text(max_size=40), st.lists(st.sampled_from(["'", "werk", ":*", "&", "é", "-"])).map("".join))
)
def test_any_text_is_taken(db, text):
    assert set(search.search(text)) <= set(library().by_code)


@pytest.mark.both
def test_stop_words_alone_find_nothing(db):
    assert search.search("hoe en wat met de") == ()


def test_a_long_text_is_cut_and_asks_at_most_ten_things():
    assert len(words.normalised("ﷺ" * 2000)) == words.MAX_LENGTH
    known = words.Vocabulary(["werkgever"])
    many = " ".join(f"woord{number}" for number in range(30))
    assert len(question.things(many, known, {})) == question.MAX_WORDS


@pytest.mark.both
def test_the_same_question_is_asked_once(db, django_assert_num_queries):
    index()
    search.forget()
    with django_assert_num_queries(1 if connection.vendor == "postgresql" else 0):
        assert search.search("Werkgever") == search.search("  werkgever ") != ()


@pytest.mark.both
def test_what_changed_is_found_after_forgetting(shelf):
    shelf("first", name="Vervoer")
    assert search.search("kompas") == ()
    Intervention.objects.filter(code="first").update(name="Kompas")
    forget_content()
    assert search.search("kompas") == ("first",)


def test_postgresql_keeps_the_words_itself_and_has_an_index_on_them(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT is_generated FROM information_schema.columns"
            " WHERE table_name = 'advice_intervention' AND column_name = 'search'"
        )
        assert cursor.fetchall() == [("ALWAYS",)]
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'advice_intervention_search'")
        assert "USING gin (search)" in cursor.fetchone()[0]


def test_no_synonym_stands_in_two_places_of_one_circle_and_both_ways_work():
    for line in CIRCLES.strip().splitlines():
        circle = line.split(", ")
        assert len(circle) == len(set(circle)) > 1, line
    both = synonyms([["fiets", "elektrisch rijwiel"]])
    assert both[("fiet",)] == (("elektrisch", "rijwiel"),)
    assert both[("elektrisch", "rijwiel")] == (("fiets",),)
