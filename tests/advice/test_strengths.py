"""What goes well: at most three strengths, and the furthest theme for who has none yet. Pure: no database."""

from dataclasses import replace

import pytest
from hypothesis import given

from advice.rules import furthest, strengths
from scans.scoring import score_scan
from tests.scans.scales import scan_of, scans, thoroughly


def strong_enough(score, strong):
    by_theme = {theme.theme: theme for theme in score.scored}
    assert len(strong) <= 3
    assert all(by_theme[theme].level.level >= 3 for theme in strong)
    scores = [by_theme[theme].score for theme in strong]
    assert scores == sorted(scores, reverse=True)
    others = [theme.score for theme in score.scored if theme.level.level >= 3 and theme.theme not in strong]
    assert not others or (len(strong) == 3 and max(others) <= scores[-1])


@thoroughly
@given(scans)
def test_strengths_stand_at_level_3_or_higher_and_come_highest_first(themes):
    score = score_scan(*scan_of(themes))
    strong_enough(score, strengths(score))


@thoroughly
@given(scans)
def test_furthest_is_the_highest_unless_all_are_equal(themes):
    score = score_scan(*scan_of(themes))
    scores = {theme.theme: theme.score for theme in score.scored}
    best = furthest(score)
    assert (best is None) == (len(set(scores.values())) < 2)
    assert best is None or scores[best] == max(scores.values())


def test_strengths_that_are_none_are_found_out():
    score = score_scan(*scan_of([[(1, 3)], [(1, 4)], [(1, 2)], [(1, 3)], [(1, 4)]]))
    assert strengths(score) == ("t1", "t4", "t0")
    for wrong in (("t1", "t4"), ("t0", "t1", "t4"), ("t1", "t4", "t2"), ("t1", "t4", "t0", "t3"), ("t0", "t3", "t1")):
        with pytest.raises(AssertionError):
            strong_enough(score, wrong)


def test_the_level_of_a_theme_decides_and_not_its_place():
    score = score_scan(*scan_of([[(1, 2)], [(1, 2), (1, 3)]]))
    assert strengths(score) == ("t1",)  # 62.5 is just "Vaste werkwijze"
    assert strengths(replace(score, themes=score.themes[:1])) == ()
