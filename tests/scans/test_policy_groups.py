"""Who is counted with whom."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scans.scoring import Invited, form_groups, groups
from tests.scans.scales import thoroughly

ROLES = ("client_manager", "policy_officer", "manager")
rosters = st.lists(st.tuples(st.sampled_from("abcdefg"), st.sampled_from(ROLES)), max_size=60).map(
    lambda rows: [Invited(f"p{number}", team, role) for number, (team, role) in enumerate(rows)]
)
some_k = st.integers(5, 9)


def team(name, size, role="client_manager"):
    return [Invited(f"{role}-{name}-{number}", name, role) for number in range(size)]


def is_a_fair_division(invited, k, divide=form_groups):
    grouping = divide(invited, k)
    placed = [person for group in grouping.groups for person in group.members]
    placed += [one.person for one in grouping.outside]
    assert sorted(placed) == sorted(one.person for one in invited), "everybody in exactly one place"
    assert all(len(group.members) >= k for group in grouping.groups), "a group smaller than k"
    assert len({group.definition for group in grouping.groups}) == len({group.id for group in grouping.groups})
    roles = {one.person: one.role for one in invited}
    assert all({roles[person] for person in group.members} == {group.role} for group in grouping.groups)
    assert not {group.role for group in grouping.groups} & set(grouping.by_consent), "a group and attributed too"


@thoroughly
@given(rosters, some_k)
def test_everybody_is_in_one_group_of_k_or_outside(invited, k):
    is_a_fair_division(invited, k)


@thoroughly
@given(rosters, some_k, st.sets(st.sampled_from(("policy_officer", "manager"))), st.booleans())
def test_why_somebody_is_outside_is_known_again_later(invited, k, before, figure):
    grouping = form_groups(invited, k, **{"figure_before" if figure else "levels_before": before})
    roles = {one.person: one.role for one in invited}
    for one in grouping.outside:
        assert groups.why_outside(roles[one.person], grouping.by_consent) == one.reason


@thoroughly
@given(rosters, some_k, st.randoms(use_true_random=False))
def test_the_order_of_inviting_changes_nothing(invited, k, random):
    shuffled = random.sample(invited, len(invited))
    assert form_groups(shuffled, k) == form_groups(invited, k)


def test_small_teams_are_counted_together():
    (large, small) = form_groups([*team("a", 5), *team("b", 2), *team("c", 3)], 5).groups
    assert (large.id, large.teams, len(large.members)) == ("team:a", ("a",), 5)
    assert (small.id, small.teams, len(small.members)) == ("small_teams", ("b", "c"), 5)


def test_small_teams_that_stay_too_few_fall_outside_and_hear_why():
    grouping = form_groups([*team("a", 5), *team("b", 2), *team("c", 2)], 5)
    assert [group.id for group in grouping.groups] == ["team:a"]
    assert {one.reason for one in grouping.outside} == {groups.SMALL_TEAM_OUTSIDE}
    every = {groups.SMALL_TEAM_OUTSIDE, groups.SMALL_ROLE_OUTSIDE, groups.OTHERWISE_BEFORE}
    assert set(groups.OUTSIDE_WORDS) == every


def test_a_role_shows_figures_or_levels_in_all_rounds_together():
    """Four known levels beside a figure of five would leave the fifth."""
    large, small = team("x", 5, "manager"), team("x", 4, "manager")
    assert form_groups(large, 5).groups and form_groups(small, 5).by_consent == ("policy_officer", "manager")
    for people, before in ((large, {"levels_before": {"manager"}}), (small, {"figure_before": {"manager"}})):
        grouping = form_groups(people, 5, **before)
        assert grouping.groups == () and grouping.by_consent == ("policy_officer",)
        assert {one.reason for one in grouping.outside} == {groups.OTHERWISE_BEFORE}
    assert form_groups(large, 5, figure_before={"manager"}) == form_groups(large, 5)
    assert form_groups(small, 5, levels_before={"manager"}) == form_groups(small, 5)


def test_a_small_role_is_by_consent_and_an_empty_one_looks_the_same():
    four = form_groups(team("x", 4, "manager"), 5)
    assert four.groups == () and four.by_consent == ("policy_officer", "manager")
    five = form_groups(team("x", 5, "manager"), 5)
    assert [group.id for group in five.groups] == ["role:manager"] and five.by_consent == ("policy_officer",)
    assert five.group_of("manager-x-0") == five.groups[0] and five.group_of("stranger") is None


def test_a_group_keeps_its_definition_when_its_people_change():
    (before,), (after,) = (form_groups(team("a", size), 5).groups for size in (5, 9))
    assert before.definition == after.definition
    (b, c), (b_only,) = (form_groups(rows, 5).groups for rows in ([*team("a", 5), *team("b", 6)], team("b", 6)))
    assert c.definition == b_only.definition != b.definition


@pytest.mark.parametrize(
    "invited, k, words",
    [
        (team("a", 5), 4, "at least 5"),
        (team("a", 5) + team("a", 1), 5, "one team and one role"),
        ([Invited("p", "a", "mayor")], 5, "unknown role"),
    ],
)
def test_what_cannot_be_is_refused(invited, k, words):
    with pytest.raises(ValueError, match=words):
        form_groups(invited, k)


def test_a_wrong_division_is_found_out():
    def forgets_the_outside(invited, k):
        return groups.Grouping(form_groups(invited, k).groups, (), ("policy_officer", "manager"))

    with pytest.raises(AssertionError, match="exactly one place"):
        is_a_fair_division(team("a", 3), 5, forgets_the_outside)
