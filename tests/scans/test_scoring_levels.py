"""Names of levels, whole points, and the what-if against brute force."""

from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scans.scoring import LEVEL_NAMES, Step, as_points, level_name, next_level, score_theme, weighted_mean
from scans.scoring.score import what_if
from tests.scans.scales import answered_themes, answers, questions, thoroughly

scores = st.fractions(0, 100, max_denominator=48)

EDGES = {
    "0": 0, "12.4999": 0, "12.5": 1, "37.4999": 1, "37.5": 2, "62.4999": 2, "62.5": 3, "87.4999": 3, "87.5": 4,
    "100": 4,
}  # fmt: skip


def levels_begin_on_their_edges(level_of=level_name):
    for score, level in EDGES.items():
        assert level_of(Fraction(score)).level == level, score


def test_a_level_begins_exactly_on_its_edge():
    levels_begin_on_their_edges()


def test_a_level_that_begins_just_after_its_edge_is_found_out():
    def too_late(score):
        return max((n for n in LEVEL_NAMES if n.begins < score or not n.level), key=lambda name: name.level)

    with pytest.raises(AssertionError, match="12.5"):
        levels_begin_on_their_edges(too_late)


@pytest.mark.parametrize("score", ["-0.0001", "100.0001"])
def test_a_score_outside_the_scale_has_no_level(score):
    with pytest.raises(ValueError, match="between 0 and 100"):
        level_name(Fraction(score))


def test_next_level_is_one_up_and_ends_at_the_top():
    assert [next_level(name.begins).level for name in LEVEL_NAMES[:-1]] == [1, 2, 3, 4]
    assert next_level(Fraction(175, 2)) is None


def points_are_fair(score, points=as_points):
    assert abs(points(score) - score) <= Fraction(1, 2)
    assert 0 <= points(score) <= 100
    # What people read never contradicts the level beside it.
    assert level_name(Fraction(points(score))) == level_name(score)


@thoroughly
@given(scores)
def test_whole_points_are_near_and_agree_with_the_level(score):
    points_are_fair(score)


@thoroughly
@given(scores, scores)
def test_whole_points_keep_the_order(one, other):
    assert as_points(min(one, other)) <= as_points(max(one, other))


@pytest.mark.parametrize("half", range(100))
def test_a_half_goes_up(half):
    assert as_points(Fraction(2 * half + 1, 2)) == half + 1


@pytest.mark.parametrize("rounding", [int, round], ids=["cut off", "to even"])
def test_other_ways_of_rounding_are_found_out(rounding):
    with pytest.raises(AssertionError):
        points_are_fair(Fraction(25, 2), rounding)


def fewest_steps(theme, target):
    """By trying everything: the smallest number of single-level steps after which the mean reaches the target."""
    weight = sum(weight for weight, _ in theme)
    return min(
        sum(raised) - sum(level for _, level in theme)
        for raised in product(*(range(level, 5) for _, level in theme))
        if 25 * sum(w * level for (w, _), level in zip(theme, raised, strict=True)) >= target * weight
    )


def keeps_its_promise(theme, suggest=what_if):
    result = score_theme("t", questions(theme), answers(theme))
    promise = suggest(result.parts)
    if result.level.level == 4:
        assert promise is None
        return
    replayed = answers(theme)
    for step in promise.steps:
        assert replayed[step.question] == step.from_level
        assert step.to_level == step.from_level + 1
        replayed[step.question] = step.to_level
    after = score_theme("t", questions(theme), replayed)
    assert after.score == promise.score, "another score than promised"
    assert after.level == promise.level == next_level(result.score)
    assert len(promise.steps) == fewest_steps(theme, promise.level.begins), "it can be done in fewer"


@thoroughly
@given(answered_themes)
def test_the_what_if_reaches_its_level_in_the_fewest_steps(theme):
    keeps_its_promise(theme)


@pytest.mark.parametrize("pair", list(product(range(5), repeat=2)))
def test_the_what_if_holds_for_every_pair_of_answers(pair):
    keeps_its_promise([(1, pair[0]), (1, pair[1])])


def stops_one_step_early(parts):
    promise = what_if(parts)
    return promise and replace(promise, steps=promise.steps[:-1])


def takes_the_lightest_first(parts):
    """Reaches the level too, but with more steps than needed."""
    promise, current, steps = what_if(parts), list(parts), []
    while weighted_mean(current) < promise.level.begins:
        index = min((i for i, p in enumerate(current) if p.level < 4), key=lambda i: current[i].weight)
        old = current[index]
        current[index] = replace(old, level=old.level + 1, points=old.points + 25)
        steps.append(Step(old.question, old.level, old.level + 1))
    return replace(promise, steps=tuple(steps), score=weighted_mean(current))


def test_a_what_if_that_breaks_its_promise_is_found_out():
    with pytest.raises(AssertionError, match="another score"):
        keeps_its_promise([(1, 0), (4, 0)], stops_one_step_early)
    with pytest.raises(AssertionError, match="fewer"):
        keeps_its_promise([(1, 0), (4, 0)], takes_the_lightest_first)
