"""What several answers say together: when a rule fires, what it moves, and where it is told."""

from collections import namedtuple
from datetime import date

import pytest

from advice.documents import Variant, as_json, render_html
from advice.models import CombinedRule
from advice.remembered import forget_content
from advice.report import build_report
from advice.rules import DONT_KNOW, Chosen, Combined, Rule, fired, first_steps, moves
from advice.selectors import advice_content
from scans.content_files import fixture_files, read_records
from scans.models import Citation, Theme
from scans.selectors.content import current_questionnaire
from tests.conftest import answer_all

DAY = date(2026, 11, 20)
RULE = Combined("r", (("a", (0, 1, DONT_KNOW)), ("b", (3, 4))), first="a", waits="b")


# --- pure -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "fires"),
    [
        ({"a": 0, "b": 3}, True), ({"a": DONT_KNOW, "b": 4}, True), ({"a": 2, "b": 3}, False),
        ({"a": 0, "b": DONT_KNOW}, False), ({"a": 0}, False), ({}, False), ({"a": "not_applicable", "b": 3}, False),
    ],
)  # fmt: skip
def test_a_rule_fires_when_every_condition_holds(answers, fires):
    assert bool(fired([RULE], answers)) == fires


def test_a_rule_without_conditions_never_fires():
    assert fired([Combined("r", ())], {"a": 0}) == ()


def test_the_lowest_answers_are_told_first():
    high, low, unsure = (Combined(code, ((code, (0, 1, 2, 3, 4, DONT_KNOW)), ("z", (4,)))) for code in "hlu")
    answers = {"h": 3, "l": 0, "u": DONT_KNOW, "z": 4}
    assert [rule.code for rule in fired([high, low, unsure], answers)] == ["l", "u", "h"]


def test_of_equal_rules_their_own_order_decides():
    one, two = (Combined(code, (("a", (0,)),)) for code in "xy")
    assert [rule.code for rule in fired([two, one], {"a": 0})] == ["y", "x"]
    assert [rule.code for rule in fired([two, one], {"a": 0}, 1)] == ["x", "y"], "beginning further on"


def chosen(**levels):
    return [Chosen(Rule(f"{q}-{level}", q, q, (level,)), level, None) for q, level in levels.items()]


def steps(moved, **levels):
    return [step.rule.question for step in first_steps(chosen(**levels), moved)]


def test_first_goes_before_lower_answers_and_waits_after_higher_ones():
    moved = moves([Combined("r", (), first="c", waits="a")])
    assert steps({}, a=0, b=1, c=2, d=3) == ["a", "b", "c"]
    assert steps(moved, a=0, b=1, c=2, d=3) == ["c", "b", "d"]
    assert steps(moved, a=0, b=1, c=2) == ["c", "b", "a"], "it takes a place that nobody else needs"


def test_a_step_that_goes_first_is_no_step_at_level_4():
    assert steps(moves([Combined("r", (), first="c")]), a=0, c=4) == ["a"]


def test_only_the_rule_about_the_lowest_answers_puts_a_step_first_and_all_let_wait():
    rules = [Combined("r", (), first="a", waits="b"), Combined("s", (), first="c", waits="d")]
    assert moves(rules) == {"a": -1, "b": 1, "d": 1}


def test_what_waits_for_another_rule_does_not_go_first():
    assert moves([Combined("r", (), first="a", waits="b"), Combined("s", (), first="c", waits="a")]) == {
        "a": 1, "b": 1, "c": -1
    }  # fmt: skip


# --- the real content -------------------------------------------------------------------------------------


def neighbouring(question, allowed):
    """An answer to this question that its rule does not look at, as near as there is; None when it takes all."""
    levels = [level for level in allowed if isinstance(level, int)]
    for level in sorted(
        set(range(5)) - set(allowed), key=lambda level: min(abs(level - one) for one in levels or [1])
    ):
        return str(level)
    return "dont_know" if DONT_KNOW not in allowed and "dont_know" in question.non_answers else None


def elsewhere(content, rule) -> dict[str, str]:
    return answer_all(content, "2") | {question: str(answers[0]) for question, answers in rule.conditions}


def codes_of_content() -> list[str]:
    """The codes in the fixtures: what is asked for before there is a database."""
    files = [path for path in fixture_files() if "advice.combinedrule" in path.read_text()]
    return [one.fields["code"] for one in read_records(files) if one.model == "advice.combinedrule"]


CODES = codes_of_content()


@pytest.fixture
def ruled(code, db):
    """The questionnaire and the rule with this code."""
    content = current_questionnaire(CombinedRule.objects.get(code=code).role)
    (rule,) = [rule for rule in advice_content(content.id).combined if rule.code == code]
    return content, rule


Told = namedtuple("Told", "codes report")


def values(choices) -> dict[str, int | str]:
    return {code: int(choice) if choice.isdigit() else choice for code, choice in choices.items()}


def told(content, choices) -> Told:
    codes = {rule.code for rule in fired(advice_content(content.id).combined, values(choices))}
    return Told(codes, build_report(content, choices, DAY))


def test_every_rule_of_the_content_is_looked_at(db):
    assert sorted(CODES) == sorted(CombinedRule.objects.values_list("code", flat=True))
    assert len(CODES) >= 12


@pytest.mark.parametrize("code", CODES)
def test_a_rule_fires_on_its_answers_and_not_on_neighbouring_ones(ruled):
    content, rule = ruled
    choices = elsewhere(content, rule)
    assert rule.code in told(content, choices).codes
    others = {code: neighbouring(content.question(code), allowed) for code, allowed in rule.conditions}
    assert any(others.values()), "it would fire on anything"
    for code, other in others.items():
        if other is not None:
            assert rule.code not in told(content, choices | {code: other}).codes, code


@pytest.mark.parametrize("code", CODES)
def test_what_waits_leaves_its_place_to_others_and_says_so(ruled):
    content, rule = ruled
    report = told(content, elsewhere(content, rule)).report
    if rule.waits:
        assert rule.waits not in {step.question for step in report.steps}
        (item,) = [i for theme in report.themes for i in theme.recommendations if i.question == rule.waits]
        assert item.keeps or "kan deze stap even wachten" in " ".join(item.reason.why_now)


@pytest.mark.parametrize("code", CODES)
def test_a_step_that_goes_first_says_so(ruled, code):
    content, rule = ruled
    choices = elsewhere(content, rule)
    report = told(content, choices).report
    if rule.first and [item.code for item in report.combined] == [code] and choices[rule.first] != "4":
        assert report.steps[0].question == rule.first
        assert any("gaat deze stap voor" in sentence for sentence in report.steps[0].reason.why_now)


# --- where it is told -------------------------------------------------------------------------------------


@pytest.fixture
def with_rules(db):
    """A questionnaire with four rules of our own that fire when everything is at level 0."""
    content = current_questionnaire("client_manager")
    theme, citation = Theme.objects.get(code=content.themes[0].code), Citation.objects.first()
    CombinedRule.objects.all().delete()
    for number in range(4):
        questions = [content.themes[number].questions[0].code, content.themes[number + 4].questions[0].code]
        rule = CombinedRule.objects.create(
            code=f"proef-{number}", role=content.role, theme=theme, title=f"Proefkop {number}",
            text=f"Proeftekst {number}.", conditions=[[code, [0]] for code in questions],
            first=questions[0], waits=questions[1],
        )  # fmt: skip
        rule.citations.add(citation)
    forget_content()
    yield content
    forget_content()


def test_at_most_three_are_told_each_with_its_answers_and_receipt(with_rules):
    content = with_rules
    report = build_report(content, answer_all(content, "0"), DAY)
    assert len({item.code for item in report.combined}) == len(report.combined) == 3
    assert all(item.citations and len(item.answers) == 2 for item in report.combined)
    assert as_json(report, Variant.MINE)["combined"][0]["title"].startswith("Proefkop")


def test_my_report_tells_them_and_the_shared_one_never(with_rules):
    content = with_rules
    report = build_report(content, answer_all(content, "0"), DAY)
    mine, share = (render_html(report, variant) for variant in Variant)
    assert "Wat je antwoorden samen zeggen" in mine and "Proeftekst" in mine
    for word in ("Proefkop", "Proeftekst", "samen zeggen"):
        assert word not in share
        assert word not in str(as_json(report, Variant.SHARE))


def test_without_a_rule_that_fires_there_is_no_section(with_rules):
    content = with_rules
    report = build_report(content, answer_all(content, "3"), DAY)
    assert report.combined == ()
    assert "Wat je antwoorden samen zeggen" not in render_html(report, Variant.MINE)
