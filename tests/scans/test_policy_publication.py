"""What is published, from whom, and what is not."""

from dataclasses import fields, replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scans.scoring import Group, Invited, Shown, Suppressed, ThemeTally, attributed, form_groups, publish
from scans.scoring.counting import UNITS_PER_POINT
from scans.scoring.publication import DIFFERENCE, DONT_KNOW, MUNICIPALITY, REASON_WORDS, municipal_range
from scans.scoring.rounding import BANDS, range_words, round_mean
from tests.attack.worlds import SHAPES
from tests.scans.scales import thoroughly

often = settings(thoroughly, max_examples=300)  # every example is a whole round


def group(name, size, role="client_manager"):
    kind, teams = ("role", ()) if role != "client_manager" else ("team", (name,))
    return Group(kind, role, teams, frozenset(f"{name}{i}" for i in range(size)))


def counters(people, mean, **more):
    units = int(Fraction(mean) * people * UNITS_PER_POINT)
    return {"a": ThemeTally(**({"scored": people, "units": units, "asked": people} | more))}


def published(*rows, k=5, earlier=()):
    """rows: (group name, people, mean, more counters)."""
    tallies = [(group(name, people), counters(people, mean, **more)) for name, people, mean, more in rows]
    return publish(tallies, SHAPES, k, earlier)


team_rows = st.lists(
    st.tuples(st.integers(0, 30), st.fractions(0, 100, max_denominator=8)), min_size=1, max_size=6
).map(lambda rows: [(f"t{n}", people, mean, {}) for n, (people, mean) in enumerate(rows)])


@often
@given(team_rows, st.integers(5, 8))
def test_a_figure_needs_k_people_scored_and_is_true(rows, k):
    result = published(*rows, k=k)
    for name, people, mean, _ in rows:
        shown = result.figure(f"team:{name}", "a").shown
        assert isinstance(shown, Shown) == (people >= k)
        assert isinstance(shown, Suppressed) or shown.low <= mean <= shown.high
    visible = [(people, mean) for _, people, mean, _ in rows if people >= k]
    whole = result.figure(MUNICIPALITY, "a").shown
    if isinstance(whole, Shown):
        mean = sum(people * mean for people, mean in visible) / sum(people for people, _ in visible)
        assert whole.low <= mean <= whole.high
    elif visible:
        assert whole == Suppressed("too_wide")


@often
@given(team_rows, st.data())
def test_the_decision_about_the_municipal_figure_reads_no_answers(rows, data):
    """Other answers behind the same shown figures: still from the counters, or still a range."""
    others = []
    for name, people, mean, more in rows:
        cell = round_mean(mean, people)
        top = cell.high if cell.high == 100 else cell.high - Fraction(1, 100)
        moved = data.draw(st.fractions(cell.low, top, max_denominator=100)) if people >= 5 else mean
        units = int(moved * people * UNITS_PER_POINT)
        others.append((name, people, Fraction(units, people * UNITS_PER_POINT) if people else mean, more))
    one, two = published(*rows), published(*others)
    first = {f.group: f.shown for f in one.figures if f.group != MUNICIPALITY}
    second = {f.group: f.shown for f in two.figures if f.group != MUNICIPALITY}
    if first != second or sum(isinstance(shown, Shown) for shown in first.values()) < 2:
        return
    is_range = [
        figure.shown == municipal_range([s for s in first.values() if isinstance(s, Shown)], figure.shown.people)
        if isinstance(figure.shown, Shown) else True
        for figure in (one.figure(MUNICIPALITY, "a"), two.figure(MUNICIPALITY, "a"))
    ]  # fmt: skip
    assert is_range[0] == is_range[1]


def test_a_suppressed_figure_has_no_number():
    assert [(field.name, field.type) for field in fields(Suppressed)] == [("reason", str)]
    assert published(("t0", 4, 50, {})).figure("team:t0", "a").shown == Suppressed("too_few")
    assert set(REASON_WORDS) == {"too_few", "one_person", "too_wide"}


def test_a_group_that_is_not_shown_is_not_in_the_municipal_figure():
    rows = [("t0", 6, 50, {}), ("t1", 7, 50, {})]
    with_small = published(*rows, ("t2", 4, 100, {}))
    assert with_small.figure(MUNICIPALITY, "a") == published(*rows).figure(MUNICIPALITY, "a")
    assert published(("t0", 4, 50, {})).figure(MUNICIPALITY, "a").shown == Suppressed("too_few")


def test_the_municipal_figure_beside_an_open_class_is_a_range():
    exact = published(("t0", 6, 50, {}), ("t1", 7, 50, {})).figure(MUNICIPALITY, "a").shown
    assert (exact.text, exact.people) == ("50", "10–19")
    low = published(("t0", 6, 10, {}), ("t1", 7, 50, {})).figure(MUNICIPALITY, "a").shown
    assert low.text == range_words(low.low, low.high) and low.high - low.low > 10


some_sizes = st.sampled_from([5, 9, 10, 15, 19, 20, 33, 90])
shown_figures = st.lists(st.tuples(some_sizes, st.fractions(0, 100, max_denominator=8)), min_size=2, max_size=5)


@often
@given(shown_figures)
def test_the_range_holds_whatever_the_numbers_behind_the_bands_are(rows):
    shown = [round_mean(mean, people) for people, mean in rows]
    found = municipal_range(shown, "20 of meer")
    if isinstance(found, Suppressed):
        return
    for ends in ((0, -1), (-1, 0)):
        weights = [(BANDS[one.people][0], BANDS[one.people][1] or 10_000)[ends[i % 2]] for i, one in enumerate(shown)]
        low = sum(n * one.low for n, one in zip(weights, shown, strict=True)) / sum(weights)
        high = sum(n * one.high for n, one in zip(weights, shown, strict=True)) / sum(weights)
        assert found.low <= low and high <= found.high


@pytest.mark.parametrize(
    "lead, first, second",
    [(48, "20 of meer hoger", "20 of meer lager"), (5, "10 hoger", "10 lager"),
     (0, "ongeveer gelijk", "ongeveer gelijk"), (-5, "10 lager", "10 hoger"),
     (-12, "20 of meer lager", "20 of meer hoger")],
)  # fmt: skip
def test_two_questions_are_compared_from_ten_people(lead, first, second):
    result = published(("t0", 12, 50, {"paired": 12, "lead": lead}))
    texts = [result.figure("team:t0", "a", DIFFERENCE, code).shown.text for code in ("a1", "a2")]
    assert texts == [first, second]


@pytest.mark.parametrize(
    "people, mean, paired", [(9, 50, 9), (12, 50, 9), (12, 20, 12), (12, 85, 12)], ids=["9", "9 pairs", "low", "high"]
)
def test_questions_are_not_compared_where_that_could_narrow_anybody(people, mean, paired):
    result = published(("t0", people, mean, {"paired": paired, "lead": 0}))
    assert not [figure for figure in result.figures if figure.kind == DIFFERENCE]


def test_questions_are_not_compared_beside_a_round_that_is_one_person_apart():
    first = published(("t0", 12, 50, {"paired": 12}))
    later = [published(("t0", n, 50, {"paired": n}), earlier=[first.remembered]) for n in (12, 13, 14)]
    assert [any(f.kind == DIFFERENCE for f in one.figures) for one in later] == [True, False, True]


def test_dont_know_is_shown_also_where_too_few_have_a_score():
    unsure = {"scored": 1, "units": 0, "asked": 12, "dont_know": 11}
    result = published(("t0", 12, 0, unsure))
    assert result.figure("team:t0", "a").shown == Suppressed("too_few")
    assert result.figure(MUNICIPALITY, "a", DONT_KNOW).shown.text == "meer dan twee derde"
    few = published(("t0", 9, 0, unsure | {"asked": 9, "dont_know": 9}))
    assert few.figure(MUNICIPALITY, "a", DONT_KNOW).shown == Suppressed("too_few")
    small = published(("t0", 9, 50, {}), ("t1", 4, 50, {"dont_know": 4}))
    assert small.figure(MUNICIPALITY, "a", DONT_KNOW).shown == Suppressed("too_few")


def test_roles_are_groups_without_a_municipal_figure():
    tallies = [(group("x", 6, "manager"), counters(6, 70))]
    result = publish(tallies, SHAPES, 5)
    assert result.figure("role:manager", "a").shown.text == "70 of hoger"
    assert result.figure(MUNICIPALITY, "a") is None


def test_consent_shows_words_per_person_and_only_for_a_small_role():
    grouping = form_groups([Invited(f"p{i}", "staf", "manager") for i in range(3)], 5)
    people = [{"b": 4, "a": 0}, {"a": 3}, {}]
    found = attributed(grouping, "manager", people)
    assert [(one.theme, one.text) for one in found] == [
        ("a", "Nog niet zichtbaar"), ("a", "Vaste werkwijze"), ("b", "Lerend"),
    ]  # fmt: skip
    assert attributed(grouping, "manager", people[::-1]) == found
    assert attributed(grouping, "manager", [{}, {}, {}]) == attributed(grouping, "policy_officer", []) == ()
    large = replace(grouping, by_consent=("policy_officer",))
    for role in ("manager", "client_manager"):
        with pytest.raises(ValueError, match="never attributed"):
            attributed(large, role, people)
