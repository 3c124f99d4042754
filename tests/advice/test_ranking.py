"""In which order entries fit an answer, and which of them a report shows. Pure: no database."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advice.rules import MAX_ALSO, MAX_CARDS, Entry, Wanted, choose_entries, phase_of, rank_entries
from tests.scans.scales import thoroughly

PLAIN = Entry("plain", ("manager",), ("q",), 0, 4, (), "leren-kennen", "geen-uitspraak")


def entry(code, **other):
    return replace(PLAIN, code=code, **other)


def ranked(*entries, level=1, named=(), phase="leren-kennen"):
    groups = rank_entries(
        entries, role="manager", theme="t", question="q", level=level, named=set(named), phase=phase
    )
    return [list(group) for group in groups]


# --- what never fits --------------------------------------------------------------------------------------

NEVER = [
    {"roles": ("client_manager",)},
    {"not_for": ("q",)},
    {"not_for": ("t",)},
    {"evidence": "niet-effectief-of-betwist"},
]


@pytest.mark.parametrize("other", NEVER)
def test_what_may_not_is_left_out_even_when_a_rule_names_it(other):
    assert ranked(PLAIN, named={"plain"}) == [["plain"]]
    assert ranked(replace(PLAIN, **other), named={"plain"}) == []


@pytest.mark.parametrize("other", [{"helps": ("other",)}, {"lowest": 2}, {"highest": 0}])
def test_what_does_not_help_at_this_level_needs_to_be_named(other):
    assert ranked(replace(PLAIN, **other)) == []
    assert ranked(replace(PLAIN, **other), named={"plain"}) == [["plain"]]


def test_level_0_and_4_are_within_their_range():
    assert ranked(entry("low", highest=0), level=0) and ranked(entry("high", lowest=4), level=4)
    assert not ranked(entry("low", highest=0), level=1) and not ranked(entry("high", lowest=4), level=3)


# --- the order --------------------------------------------------------------------------------------------

BETTER = {  # each row: what goes before what, all else equal
    "addressee": ({"phase": "werkvloer"}, {"to_municipality": False}),
    "phase": ({}, {"phase": "werkvloer"}),
    "proven": ({"evidence": "bewezen-effectief"}, {"evidence": "goede-ervaringen"}),
    "experience": ({"evidence": "goede-ervaringen"}, {}),
    "specific": ({}, {"helps": ("q", "r")}),
    "own role": ({}, {"roles": ("manager", "client_manager")}),
}


@pytest.mark.parametrize("reason", BETTER)
def test_the_better_goes_first(reason):
    better, worse = BETTER[reason]
    # The codes are the other way round, so that the alphabet cannot help.
    assert ranked(entry("a", **worse), entry("b", **better)) == [["b"], ["a"]]


def test_named_goes_before_found_and_after_evidence_and_phase():
    assert ranked(entry("a"), entry("b"), named={"b"}) == [["b"], ["a"]]
    assert ranked(entry("a", evidence="goede-ervaringen"), entry("b"), named={"b"}) == [["a"], ["b"]]
    assert ranked(entry("a"), entry("b", phase="werkvloer"), named={"b"}) == [["a"], ["b"]]


def test_who_is_far_gets_what_was_made_for_who_is_far():
    start, far = entry("a", evidence="goede-ervaringen"), entry("b", lowest=2)
    assert ranked(start, far, level=2) == [["a"], ["b"]]
    assert ranked(start, far, level=3) == ranked(start, far, level=4) == [["b"], ["a"]]


def test_what_ranks_equal_stays_together():
    assert ranked(entry("b"), entry("a"), entry("c", phase="werkvloer")) == [["a", "b"], ["c"]]


def test_the_order_of_the_entries_changes_nothing():
    entries = [entry(code, helps=("q",) * (1 + place % 3)) for place, code in enumerate("fedcba")]
    assert ranked(*entries) == ranked(*reversed(entries))


def test_a_question_has_the_phase_that_its_rules_name_most():
    work, know = entry("w", phase="werkvloer"), entry("k")
    assert phase_of([work, work, know], [know] * 5) == "werkvloer"
    assert phase_of([work, know], [work]) == "werkvloer"  # of equal ones what helps most
    assert phase_of([], [work, know, know]) == "leren-kennen"
    assert phase_of([], []) == ""


# --- what one report shows --------------------------------------------------------------------------------

codes = st.sampled_from([f"e{number:02}" for number in range(30)])


@st.composite
def some_wanted(draw):
    wanted = []
    for number in range(draw(st.integers(1, 24))):
        order = draw(st.lists(codes, unique=True, max_size=15))
        cut = draw(st.integers(0, len(order)))
        groups = tuple(tuple(group) for group in (order[:cut], order[cut:]) if group)
        named = frozenset(order[: draw(st.integers(0, 3))])
        wanted.append(Wanted(f"r{number}", groups, named, draw(st.integers(0, 4)), is_first_step=number < 3))
    return wanted


def sound(wanted, choices):
    shown = [code for choice in choices.values() for code in choice.cards]
    assert len(set(shown)) == len(shown), "none twice in full"
    assert len(shown) <= max(MAX_CARDS, len(wanted) + 6)
    for one in wanted:
        choice, fits = choices[one.code], {code for group in one.groups for code in group}
        names = [*choice.cards, *choice.again, *choice.also]
        assert len(set(names)) == len(names) and set(names) <= fits
        assert len(choice.cards) <= (3 if one.is_first_step else 2) and len(choice.also) <= MAX_ALSO
        assert set(choice.again) <= set(shown), "what is pointed at stands somewhere"
        assert bool(choice.cards or choice.again) == bool(fits)


@thoroughly
@given(some_wanted(), st.integers(0, 2000))
def test_every_report_shows_each_once_and_points_at_what_stands(wanted, turned):
    sound(wanted, choose_entries(wanted, turned))


def test_a_choice_that_is_not_sound_is_found_out():
    one = Wanted("a", (("x", "y"),), frozenset(), 1)
    two = replace(one, code="b")
    good = choose_entries([one, two], 0)
    sound([one, two], good)
    for bad in (
        good | {"b": replace(good["b"], cards=good["a"].cards, again=())},  # twice
        good | {"a": replace(good["a"], also=("z",))},  # fits nothing
        good | {"b": replace(good["b"], cards=(), again=(), also=())},  # silence
    ):
        with pytest.raises(AssertionError):
            sound([one, two], bad)


def test_the_same_answers_give_the_same_and_others_turn():
    one = Wanted("a", (tuple("abcdefghij"),), frozenset(), 1, is_first_step=True)
    assert choose_entries([one], 7) == choose_entries([one], 7)
    assert len({choose_entries([one], turned)["a"].cards for turned in range(10)}) > 5


def test_a_better_group_never_turns_behind_a_worse_one():
    one = Wanted("a", (("best",), ("x", "y"), ("z",)), frozenset(), 1)
    assert all(choose_entries([one], turned)["a"].cards[:1] == ("best",) for turned in range(10))


def test_what_the_rule_names_stands_on_a_card_or_among_the_names():
    groups = (tuple("abcdefgh"), ("named",))
    for turned in range(10):
        choice = choose_entries([Wanted("a", groups, frozenset({"named"}), 0)], turned)["a"]
        assert "named" in (*choice.cards, *choice.also)
    # Two places: the last is for what the rule names.
    wanted = [Wanted("a", groups, frozenset({"named"}), 0)]
    assert choose_entries(wanted, 0)["a"].cards[-1] == "named"


def test_a_first_step_chooses_before_the_others():
    groups = (("v",), ("x",), ("y",), ("z",))
    wanted = [Wanted("a", groups, frozenset(), 0), Wanted("b", groups, frozenset(), 0, is_first_step=True)]
    choices = choose_entries(wanted, 0)
    assert len(choices["b"].cards) == 2 and not set(choices["a"].cards) & set(choices["b"].cards)
