"""Which advice belongs to an answer, and which three come first. Pure: no database."""

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advice.rules import DONT_KNOW, Chosen, Rule, choose_rules, first_steps
from scans.scoring import ScoredQuestion, score_scan
from tests.scans.scales import thoroughly

THEMES = [f"t{number}" for number in range(12)]
QUESTIONS = {theme: [f"{theme}a", f"{theme}b"] for theme in THEMES}
RULES = [
    rule
    for theme, questions in QUESTIONS.items()
    for question in questions
    for rule in (
        Rule(f"{question}-low", theme, question, (0, 1)),
        *(Rule(f"{question}-{level}", theme, question, (level,)) for level in (2, 3, 4)),
        Rule(f"{question}-dont-know", theme, question, (), dont_know=True),
    )
]
some_answers = st.fixed_dictionaries(
    {
        question: st.integers(0, 4) | st.sampled_from([DONT_KNOW, "not_applicable", "prefer_not_to_say"])
        for theme in THEMES[:5]  # what is not answered at all is left out
        for question in QUESTIONS[theme]
    }
)


def choose(answers, rules=RULES):
    score = score_scan(
        {theme: [ScoredQuestion(q) for q in questions] for theme, questions in QUESTIONS.items()}, answers
    )
    return choose_rules(rules, answers, score), score


def every(answer, **other):
    return {question: answer for questions in QUESTIONS.values() for question in questions} | other


FIRES = [(0, ["low"]), (1, ["low"]), (2, ["2"]), (4, ["4"]), (DONT_KNOW, ["dont-know"]), ("not_applicable", []),
         ("prefer_not_to_say", []), (None, [])]  # fmt: skip


@pytest.mark.parametrize(("answer", "codes"), FIRES)
def test_a_rule_fires_for_its_own_answers_and_no_other(answer, codes):
    answers = {} if answer is None else {"t0a": answer}
    chosen, _ = choose(answers)
    assert [c.rule.code for c in chosen] == [f"t0a-{code}" for code in codes]


def test_level_0_is_not_mistaken_for_no_answer():
    assert Rule("r", "t", "q", (0,)).applies(0)
    assert not Rule("r", "t", "q", (0,)).applies(None)
    assert not Rule("r", "t", "q", (0, 1), dont_know=True).applies(0)


def sensible(chosen, steps):
    """What a reader may count on: at most three, one per theme, none for level 4, and nothing lower left behind."""
    assert len(steps) <= 3
    themes = [step.rule.theme for step in steps]
    assert len(set(themes)) == len(themes)
    assert all(step.answer != 4 for step in steps)
    ranks = [step.rank for step in steps]
    assert ranks == sorted(ranks)
    rest = [c for c in chosen if c.answer != 4 and c.rule.theme not in themes]
    assert not rest or (len(steps) == 3 and min(c.rank for c in rest) >= ranks[-1])
    for step in steps:
        same_theme = [c.rank for c in chosen if c.rule.theme == step.rule.theme and c.answer != 4]
        assert step.rank == min(same_theme)


@thoroughly
@given(some_answers)
def test_first_steps_are_the_lowest_of_different_themes(answers):
    chosen, _ = choose(answers)
    sensible(chosen, first_steps(chosen))


def test_steps_that_make_no_sense_are_found_out():
    chosen, _ = choose(every(4, t0a=0, t0b=0, t1a=1, t2a=2, t3a=3))
    good = first_steps(chosen)
    sensible(chosen, good)
    by_code = {c.rule.code: c for c in chosen}
    for bad in (
        [*good, by_code["t3a-3"]],  # four
        [by_code["t0a-low"], by_code["t0b-low"]],  # a theme twice
        [by_code["t0a-low"], by_code["t5a-4"]],  # level 4
        good[::-1],  # highest first
        good[:2],  # one left behind
        good[1:],  # the lowest left behind
    ):
        with pytest.raises(AssertionError):
            sensible(chosen, bad)


def test_dont_know_ranks_with_level_1():
    answers = every(4, t5a=DONT_KNOW, t5b=1, t6a=2, t6b=1, t7a=0, t8a=1, t8b=1)
    assert [step.rule.question for step in first_steps(choose(answers)[0])] == ["t7a", "t5a", "t8a"]


def test_of_equal_answers_the_theme_with_the_lower_score_comes_first():
    answers = every(4, t1a=1, t1b=4, t2a=1, t2b=2, t3a=1, t3b=3)
    assert [step.rule.theme for step in first_steps(choose(answers)[0])] == ["t2", "t3", "t1"]


def test_of_equal_rank_the_order_of_the_questionnaire_decides():
    chosen, _ = choose(every(1))
    assert [step.rule.code for step in first_steps(chosen)] == ["t0a-low", "t1a-low", "t2a-low"]


def test_the_order_of_rules_of_different_rank_changes_nothing():
    chosen, _ = choose(every(4, t1a=0, t2a=1, t3a=2, t4a=3))
    lowest = [c for c in chosen if c.answer != 4]
    expected = first_steps(chosen)
    assert all(first_steps(order) == expected for order in permutations(lowest))


def test_nothing_to_do_gives_no_steps():
    for answer in (4, "not_applicable"):
        assert first_steps(choose(every(answer))[0]) == ()


def test_an_unscored_theme_comes_before_a_scored_one_of_equal_answer():
    rule = Rule("r", "t", "q", (), dont_know=True)
    unscored, scored = Chosen(rule, DONT_KNOW, None), Chosen(rule, 1, Fraction(0))
    assert unscored.rank < scored.rank
