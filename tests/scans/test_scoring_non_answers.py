"""What is left out stays out, and the explanation alone is enough to do the sum again."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scans.scoring import Part, ScoredQuestion, level_name, score_scan, score_theme, weighted_mean
from tests.scans.scales import NON_ANSWERS, answers, non_answers, questions, scan_of, scans, thoroughly
from tests.scans.scales import themes as some_themes


def by_hand(theme):
    """The mean of what has a level, and None when that is less than half of the weight. Written out once more."""
    counted = [(weight, answer) for weight, answer in theme if isinstance(answer, int)]
    weight = sum(weight for weight, _ in counted)
    if not counted or 2 * weight < sum(weight for weight, _ in theme):
        return None
    return Fraction(25 * sum(weight * level for weight, level in counted), weight)


def non_answers_count_for_nothing(theme, score=score_theme):
    assert score("t", questions(theme), answers(theme)).score == by_hand(theme)


def their_kind_makes_no_difference(theme, kinds, score=score_theme):
    """`kinds`: what every non-answer becomes, in order."""
    kinds = iter(kinds)
    other = [(weight, answer if isinstance(answer, int) else next(kinds)) for weight, answer in theme]
    one, two = (score("t", questions(rows), answers(rows)) for rows in (theme, other))
    assert (one.score, one.parts, one.what_if) == (two.score, two.parts, two.what_if)


def one_more_leaves_the_rest(theme, weight, kind, score=score_theme):
    """A non-answer beside it either leaves a theme as it was or takes its score away, never moves it."""
    before = score("t", questions(theme), answers(theme))
    more = [*theme, (weight, kind)]
    after = score("t", questions(more), answers(more))
    assert after.parts == before.parts
    assert after.score in (before.score, None)
    assert (after.score is None) == (by_hand(more) is None)


def explains_itself(themes, score=score_scan):
    """The parts and what was left out hold all that is needed to get to the same numbers."""
    result = score(*scan_of(themes))
    again = []
    for theme in result.themes:
        counted = sum(part.weight for part in theme.parts)
        whole = counted + sum(left.weight for left in theme.left_out)
        enough = counted and 2 * counted >= whole
        points = sum(Fraction(part.level * 25 * part.weight) for part in theme.parts)
        assert all(part.points == part.level * 25 for part in theme.parts)
        assert theme.score == (points / counted if enough else None)
        again += [theme.score] if enough else []
    enough = again and 2 * len(again) >= len(result.themes)
    assert result.score == (sum(again) / len(again) if enough else None)
    assert result.level == (level_name(result.score) if enough else None)


@thoroughly
@given(some_themes)
def test_only_levels_count(theme):
    non_answers_count_for_nothing(theme)


@thoroughly
@given(some_themes, st.lists(non_answers, min_size=5, max_size=5))
def test_the_kind_of_non_answer_makes_no_difference(theme, kinds):
    their_kind_makes_no_difference(theme, kinds)


@thoroughly
@given(some_themes, st.integers(1, 4), non_answers)
def test_one_more_non_answer_never_moves_a_mean(theme, weight, kind):
    one_more_leaves_the_rest(theme, weight, kind)


@thoroughly
@given(scans)
def test_the_explanation_alone_gives_the_score(themes):
    explains_itself(themes)


@pytest.mark.parametrize("kind", [*NON_ANSWERS, None])
def test_the_reason_is_kept(kind):
    theme = [(1, 3), (1, kind)]
    (left,) = score_theme("t", questions(theme), answers(theme)).left_out
    assert (left.question, left.reason, left.weight) == ("q1", kind or "unanswered", 1)


def counts_them_as_zero(theme, asked, given_answers):
    result = score_theme(theme, asked, given_answers)
    zeros = [Part(question.code, 0, Fraction(0), question.weight) for question in asked]
    all_parts = [next((p for p in result.parts if p.question == zero.question), zero) for zero in zeros]
    return replace(result, score=weighted_mean(all_parts))


def counts_dont_know_as_one(theme, asked, given_answers):
    guessed = {code: 1 if answer == "dont_know" else answer for code, answer in given_answers.items()}
    return score_theme(theme, asked, guessed)


def forgets_what_was_left_out(asked, given_answers):
    result = score_scan(asked, given_answers)
    return replace(result, themes=tuple(replace(theme, left_out=()) for theme in result.themes))


def rounds_inside(asked, given_answers):
    result = score_scan(asked, given_answers)
    themes = tuple(t if t.score is None else replace(t, score=Fraction(round(t.score))) for t in result.themes)
    return replace(result, themes=themes)


def test_the_properties_see_a_wrong_score():
    half = [(1, 3), (1, "dont_know")]
    for broken in (counts_them_as_zero, counts_dont_know_as_one):
        with pytest.raises(AssertionError):
            non_answers_count_for_nothing(half, broken)
    with pytest.raises(AssertionError):
        their_kind_makes_no_difference(half, ["not_applicable"], counts_dont_know_as_one)
    with pytest.raises(AssertionError):
        one_more_leaves_the_rest([(1, 3)], 1, "dont_know", counts_them_as_zero)
    with pytest.raises(AssertionError):
        explains_itself([[(1, 3), (2, None)]], forgets_what_was_left_out)
    with pytest.raises(AssertionError):
        explains_itself([[(1, 3), (1, 4)]], rounds_inside)


def test_a_heavier_question_moves_the_mean_further():
    asked = [ScoredQuestion("light", 1), ScoredQuestion("heavy", 3)]
    assert score_theme("t", asked, {"light": 4, "heavy": 0}).score == 25
    assert score_theme("t", asked, {"light": 0, "heavy": 4}).score == 75
