"""Comparing rounds, and the mirror: shown figures in, words out."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scans.scoring import (
    Attributed,
    Remembered,
    RememberedRound,
    Shown,
    Suppressed,
    compare,
    largest_first,
    mirror_of,
)
from scans.scoring.mirror import NO_GAP
from scans.scoring.rounding import round_mean, round_share
from scans.scoring.trend import overlap, regrouped_by_one, rivals, widened
from tests.scans.scales import thoroughly

TEAM = ("team", "client_manager", ("t1",))


def figure(mean, people=6):
    return round_mean(Fraction(mean), people)


def kept(people, low, high, definition=TEAM):
    return Remembered(definition, "a", people, Fraction(low), Fraction(high))


def team(name):
    return ("team", "client_manager", (name,))


def closed(*figures, teams=()):
    """An earlier round with these figures; `teams` had a group without a figure."""
    return RememberedRound(figures, frozenset(teams).union(*(one.definition[2] for one in figures)))


@pytest.mark.parametrize(
    "before, after, change",
    [(40, 50, "geen duidelijk verschil"), (40, 60, "hoger"), (60, 40, "lager"), (20, 40, "geen duidelijk verschil"),
     (20, 50, "hoger"), (90, 50, "lager"), (0, 34, "geen duidelijk verschil")],
)  # fmt: skip
def test_a_change_is_called_a_change_from_two_steps(before, after, change):
    assert compare("a", figure(before), figure(after)).change == change


def test_the_coarser_step_decides():
    assert compare("a", figure(40, 12), figure(50, 12)).change == "hoger"
    assert compare("a", figure(40, 6), figure(50, 12)).change == "geen duidelijk verschil"


def test_what_cannot_be_compared_says_why():
    one, two = figure(40), figure(60)
    assert compare("a", one, two, same_group=False).change == "andere groep"
    assert compare("a", one, two, comparable={"b"}).change == "andere vragen"
    assert compare("a", one, None).change == compare("a", None, two).change == "niet te vergelijken"


@thoroughly
@given(st.integers(5, 40), st.fractions(0, 100, max_denominator=8), st.booleans(), st.fractions(0, 100))
def test_one_person_more_or_fewer_always_ends_in_the_same_class(people, mean, comes, own):
    shown = figure(mean, people)
    now = people + 1 if comes else people - 1
    if now < 5:
        return
    cells = widened(now, rivals(now, TEAM, [closed(kept(people, shown.low, shown.high))], {"t1"}))
    inside = [
        mean_now
        for share in (shown.low, mean)
        for answer in (Fraction(0), own, Fraction(100))
        if 0 <= (mean_now := (people * share + (answer if comes else -answer)) / now) <= 100
    ]
    assert len({round_mean(one, now, cells) for one in inside}) == 1


def test_rivals_are_one_person_apart_in_any_round_also_together():
    teams = {"t1", "t2", "t3", "t9"}
    rounds = [closed(kept(5, 45, 55), kept(5, 45, 55, team("t2")), teams=teams), closed(kept(7, 45, 55), teams=teams)]
    assert [one.people for one in rivals(6, TEAM, rounds, teams)] == [5, 7]
    both = ("small_teams", "client_manager", ("t1", "t2", "t3"))
    assert [one.people for one in rivals(11, both, rounds, teams)] == [10]
    assert rivals(5, TEAM, rounds, teams) == rivals(8, team("t9"), rounds[1:], teams) == []
    assert overlap(TEAM, both) and not overlap(TEAM, ("role", "manager", ()))


def test_a_team_made_anew_stands_beside_every_earlier_team():
    rounds = [closed(kept(5, 45, 55), kept(9, 45, 55, team("t2")))]
    assert [one.people for one in rivals(6, team("new"), rounds, {"t2", "new"})] == [5]
    assert [one.people for one in rivals(8, team("new"), rounds, {"t1", "new"})] == [9]
    assert rivals(6, ("role", "manager", ()), rounds, {"t1", "new"}) == []
    pooled = ("small_teams", "client_manager", ("new", "t2"))
    assert [one.people for one in rivals(10, pooled, rounds, {"t1", "t2", "new"})] == [9]


@pytest.mark.parametrize("people, apart", [(13, 14), (14, 14), (15, 14), (6, 5)])
def test_a_team_that_is_gone_may_have_gone_anywhere(people, apart):
    rounds = [closed(kept(5, 45, 55), kept(9, 45, 55, team("t2")))]
    assert [one.people for one in rivals(people, team("t2"), rounds, {"t2"})] == [apart]
    assert rivals(people, team("t2"), rounds, {"t1", "t2"}) == []


def test_a_merged_team_is_no_finer_than_its_parts_were():
    before = closed(kept(5, 0, 35), kept(9, 0, 35, team("t2")))
    cells = widened(14, rivals(14, team("t2"), [before], {"t2"}))
    assert round_mean(Fraction(20), 14, cells).low == 0
    assert round_mean(Fraction(20), 14, cells).high >= 35


def test_several_groups_that_are_together_one_apart_are_withheld():
    pooled = ("small_teams", "client_manager", ("t1", "t2"))
    now, teams = {TEAM: 6, team("t2"): 6}, {"t1", "t2"}
    for people, withheld in ((10, False), (11, True), (12, True), (13, True), (14, False)):
        assert regrouped_by_one(now, TEAM, [closed(kept(people, 45, 55, pooled))], teams) == withheld
    assert not regrouped_by_one({TEAM: 6}, TEAM, [closed(kept(5, 45, 55))], teams)


@pytest.mark.parametrize("people, withheld", [(11, False), (12, True), (13, True), (14, True), (15, False)])
def test_a_divided_team_is_withheld_when_its_parts_add_up(people, withheld):
    now, teams = {TEAM: 6, team("new"): 7, team("t2"): 30}, {"t1", "t2", "new"}
    rounds = [closed(kept(people, 45, 55), kept(29, 45, 55, team("t2")))]
    assert regrouped_by_one(now, TEAM, rounds, teams) == withheld
    assert regrouped_by_one(now, team("new"), rounds, teams) == withheld
    assert not regrouped_by_one(now, team("t2"), rounds, teams)
    known = [closed(*rounds[0].figures, teams={"new"})]  # it had a group then: its people were in it
    assert not regrouped_by_one(now, TEAM, known, teams)


def words(role, *levels):
    return [Attributed(role, "a", level, "") for level in levels]


def test_the_mirror_finds_the_certain_gap():
    found = mirror_of("a", {"client_manager": figure(20), "manager": figure(90)}, [], None)
    assert (found.gap.low, found.gap.high, found.gap.text) == (30, 100, "minstens 30 punten verschil")
    assert (found.gap.lowest_role, found.gap.highest_role) == ("client_manager", "manager")
    near = mirror_of("a", {"client_manager": figure(40), "manager": figure(50)}, [], None)
    assert near.gap.text == "geen duidelijk verschil"
    small = Shown("tussen 38 en 42", Fraction(38), Fraction(42), "20 of meer")
    for low, text, named in ((Fraction(46), NO_GAP, 0), (Fraction(47), "minstens 5 punten verschil", 5)):
        other = Shown("", low, Fraction(50), "20 of meer")
        gap = mirror_of("a", {"client_manager": small, "manager": other}, [], None).gap
        assert (gap.text, gap.low) == (text, named)
    alone = mirror_of("a", {"client_manager": figure(40), "manager": Suppressed("too_few")}, [], None)
    assert alone.gap is None


def test_the_mirror_reads_attributed_words_without_a_mean():
    shown = {"client_manager": figure(20), "policy_officer": None}
    found = mirror_of("a", shown, words("policy_officer", 2, 4) + [Attributed("policy_officer", "b", 0, "")], None)
    assert (found.seen[1].low, found.seen[1].high) == (Fraction(75, 2), 100)


def test_what_exists_and_nobody_knows_comes_first():
    unsure = round_share(11, 12)
    roles = {"client_manager": figure(50), "policy_officer": figure(90), "manager": None}
    known = mirror_of("a", roles, [], round_share(1, 12))
    unknown = mirror_of("b", roles, [], unsure)
    assert unknown.awareness.arranged_by == ("policy_officer",) and unknown.awareness.share == "meer dan twee derde"
    assert largest_first([known, unknown]) == (unknown, known)
    by_words = mirror_of("a", {"client_manager": None, "manager": None}, words("manager", 1, 3), unsure)
    assert by_words.awareness.arranged_by == ("manager",)
    lower = mirror_of("a", {"client_manager": figure(50), "manager": figure(60)}, words("manager", 2), unsure)
    assert lower.awareness is None
    assert mirror_of("a", roles, [], Suppressed("too_few")).awareness is None
    assert isinstance(unsure, Shown)
