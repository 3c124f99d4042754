"""The score by properties, on thousands of made-up scans, each with a broken score that must be found out.

Every property is a plain function that takes the scoring function, so that a wrong one can be put in its place.
"""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scans.scoring import ScoredQuestion, score_scan, score_theme
from tests.scans.scales import answered_themes, answers, questions, scan_of, scans, thoroughly
from tests.scans.scales import themes as some_themes


def changed(theme, index, answer):
    return [*theme[:index], (theme[index][0], answer), *theme[index + 1 :]]


def better_never_lowers_the_theme(theme, index, score=score_theme):
    weight, level = theme[index]
    before = score("t", questions(theme), answers(theme)).score
    better = changed(theme, index, min(level + 1, 4))
    after = score("t", questions(better), answers(better)).score
    assert before <= after
    assert level == 4 or before < after


def better_never_lowers_the_whole(themes, number, index, score=score_scan):
    before = score(*scan_of(themes)).score
    answer = themes[number][index][1]
    if before is None or not isinstance(answer, int):
        return
    better = [*themes[:number], changed(themes[number], index, min(answer + 1, 4)), *themes[number + 1 :]]
    assert before <= score(*scan_of(better)).score


def order_changes_nothing(theme, order, score=score_theme):
    asked, given_answers = questions(theme), answers(theme)
    one = score("t", asked, given_answers)
    other = score("t", [asked[i] for i in order], dict(reversed(given_answers.items())))
    assert (one.score, one.level) == (other.score, other.level)
    assert set(one.parts) == set(other.parts) and set(one.left_out) == set(other.left_out)
    assert (one.what_if is None) == (other.what_if is None)
    if one.what_if:
        assert one.what_if.score == other.what_if.score
        assert len(one.what_if.steps) == len(other.what_if.steps)


def themes_in_any_order_give_the_same_whole(themes, order, score=score_scan):
    asked, given_answers = scan_of(themes)
    shuffled = {list(asked)[i]: asked[list(asked)[i]] for i in order}
    assert score(asked, given_answers).score == score(shuffled, given_answers).score


@thoroughly
@given(st.data())
def test_a_better_answer_raises_its_theme(data):
    theme = data.draw(answered_themes)
    better_never_lowers_the_theme(theme, data.draw(st.integers(0, len(theme) - 1)))


@thoroughly
@given(st.data())
def test_a_better_answer_never_lowers_the_whole(data):
    themes = data.draw(scans)
    number = data.draw(st.integers(0, len(themes) - 1))
    better_never_lowers_the_whole(themes, number, data.draw(st.integers(0, len(themes[number]) - 1)))


@thoroughly
@given(st.data())
def test_the_order_of_questions_and_answers_changes_nothing(data):
    theme = data.draw(some_themes)
    order_changes_nothing(theme, data.draw(st.permutations(range(len(theme)))))


@thoroughly
@given(st.data())
def test_the_order_of_themes_changes_nothing(data):
    themes = data.draw(scans)
    themes_in_any_order_give_the_same_whole(themes, data.draw(st.permutations(range(len(themes)))))


def upside_down(theme, asked, given_answers):
    turned = {code: 4 - answer if isinstance(answer, int) else answer for code, answer in given_answers.items()}
    return score_theme(theme, asked, turned)


def punishes_difference(asked, given_answers):
    """A "fairer" total that subtracts the spread between themes: better in one theme can then cost points."""
    result = score_scan(asked, given_answers)
    scores = [theme.score for theme in result.scored]
    return result if result.score is None else replace(result, score=result.score - (max(scores) - min(scores)))


def first_counts_double(theme, asked, given_answers):
    return score_theme(theme, [replace(asked[0], weight=asked[0].weight * 2), *asked[1:]], given_answers)


def running_mean(asked, given_answers):
    """The mean of the mean so far and the next: the last theme weighs most."""
    result = score_scan(asked, given_answers)
    mean = result.scored[0].score
    for theme in result.scored[1:]:
        mean = (mean + theme.score) / 2
    return replace(result, score=mean)


def test_the_properties_see_a_wrong_score():
    with pytest.raises(AssertionError):
        better_never_lowers_the_theme([(1, 2), (1, 2)], 0, upside_down)
    with pytest.raises(AssertionError):
        better_never_lowers_the_whole([[(1, 2)], [(1, 2)]], 0, 0, punishes_difference)
    with pytest.raises(AssertionError):
        order_changes_nothing([(1, 0), (1, 4)], [1, 0], first_counts_double)
    with pytest.raises(AssertionError):
        themes_in_any_order_give_the_same_whole([[(1, 0)], [(1, 2)], [(1, 4)]], [2, 1, 0], running_mean)


@pytest.mark.parametrize("level", [-1, 5, 100])
def test_a_level_outside_the_scale_is_refused(level):
    with pytest.raises(ValueError, match="between 0 and 4"):
        score_theme("t", [ScoredQuestion("q")], {"q": level})
