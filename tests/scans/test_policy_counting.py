"""What a scan leaves behind: sums that can be added in any order, and nothing else."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scans.scoring import ScoredQuestion, ThemeTally, count_scan, merge, score_scan
from scans.scoring.counting import UNITS_PER_POINT, count_theme, is_pair
from tests.scans.scales import levels, non_answers, scan_of, thoroughly

often = settings(thoroughly, max_examples=300)  # every example is a whole round

PAIR = [ScoredQuestion("q1"), ScoredQuestion("q2")]
small_themes = st.lists(st.tuples(st.integers(1, 2), levels | non_answers), min_size=1, max_size=5)
people = st.lists(st.lists(small_themes, min_size=1, max_size=3), max_size=8)


def adds_up(scans, count=count_scan):
    """The sum of units is the sum of the personal scores, exactly."""
    total = merge(count(*scan_of(themes)) for themes in scans)
    exact = {}
    for themes in scans:
        for theme in score_scan(*scan_of(themes)).themes:
            if theme.score is not None:
                exact.setdefault(theme.theme, []).append(theme.score)
    for theme, counters in total.items():
        assert counters.scored == len(exact.get(theme, []))
        assert Fraction(counters.units, UNITS_PER_POINT) == sum(exact.get(theme, []))


@often
@given(people)
def test_counters_add_up_to_the_personal_scores(scans):
    adds_up(scans)


def test_counting_in_whole_points_is_found_out():
    def whole(themes, answers):
        return {
            theme: ThemeTally(one.scored, one.units // UNITS_PER_POINT * UNITS_PER_POINT)
            for theme, one in count_scan(themes, answers).items()
        }

    with pytest.raises(AssertionError):
        adds_up([[[(1, 0), (1, 1)]]], whole)


@often
@given(people, st.randoms(use_true_random=False))
def test_the_order_of_submitting_leaves_no_trace(scans, random):
    tallies = [count_scan(*scan_of(themes)) for themes in scans]
    assert merge(random.sample(tallies, len(tallies))) == merge(tallies)


@pytest.mark.parametrize(
    "answers, expected",
    [
        ({"q1": 4, "q2": 1}, ThemeTally(1, 125 * UNITS_PER_POINT // 2, 1, 0, 1, 3)),
        ({"q1": 4, "q2": "dont_know"}, ThemeTally(1, 100 * UNITS_PER_POINT, 1, 1, 0, 0)),
        ({"q1": "dont_know", "q2": "dont_know"}, ThemeTally(0, 0, 1, 1, 0, 0)),
        ({"q1": "prefer_not_to_say", "q2": "not_applicable"}, ThemeTally()),
        ({}, ThemeTally()),
    ],
)
def test_what_one_person_adds(answers, expected):
    assert count_theme("t", PAIR, answers) == expected


def test_only_two_questions_of_one_weight_are_a_pair():
    assert is_pair(PAIR) and not is_pair(PAIR[:1]) and not is_pair([PAIR[0], ScoredQuestion("q2", 2)])
    assert count_theme("t", [PAIR[0], ScoredQuestion("q2", 2)], {"q1": 1, "q2": 4}).paired == 0


def test_a_score_that_is_no_whole_number_of_units_is_refused():
    with pytest.raises(ValueError, match="no whole number"):
        count_theme("t", [ScoredQuestion("q1", 10), ScoredQuestion("q2", 1)], {"q1": 1, "q2": 0})
