"""The advice on thousands of made-up answer sets over the real content. `-s` shows the shares of docs/advice.md.

A report is built without the database: content is read once and remembered.
"""

from dataclasses import replace

import pytest

from advice.report import build_report
from scans.selectors.content import current_questionnaire
from tests.advice import simulated
from tests.advice.simulated import DAY, RANDOM, TYPICAL, Shares, faults, one_weak_theme, own_entries
from tests.conftest import ROLES, answer_all

pytestmark = pytest.mark.django_db  # all of them, or the module would be taken apart and measured twice
REACHED = 0.8
WITH_STEPS = 0.25


@pytest.fixture(scope="module")
def shares(django_db_setup, django_db_blocker):
    """{role: (random, typical, both together)}"""
    made = {}
    with django_db_blocker.unblock():
        for role in ROLES:
            content = current_questionnaire(role)
            one = simulated.simulate(content, simulated.random_sets(content))
            two = simulated.simulate(content, simulated.typical_sets(content))
            made[role] = (one, two, one + two)
            for name, share in zip(("random", "typical", "together"), made[role], strict=True):
                print(f"\n{role}, {name}: {share.describe(own_entries(content))}", end="")
    return made


@pytest.mark.parametrize("role", ROLES)
def test_every_report_is_valid(shares, role):
    random, typical, both = shares[role]
    assert (random.reports, typical.reports) == (RANDOM, TYPICAL)
    assert both.faults == []


@pytest.mark.parametrize("role", ROLES)
def test_nearly_every_entry_of_the_role_is_reached(shares, role):
    own = own_entries(current_questionnaire(role))
    assert len(own) > 50
    assert len(shares[role][2].reached & own) / len(own) >= REACHED


@pytest.mark.parametrize("role", ROLES)
def test_no_entry_stands_with_the_first_steps_of_more_than_a_quarter(shares, role):
    code, share = shares[role][2].most
    assert share <= WITH_STEPS, code


def test_too_much_of_the_same_would_be_found_out():
    shares = Shares(reports=8)
    shares.with_steps.update({"one": 3, "two": 2})
    assert shares.most == ("one", 3 / 8) and shares.most[1] > WITH_STEPS


def test_first_steps_differ_between_different_weakest_themes(role):
    content = current_questionnaire(role)
    seen = {}
    for theme in content.themes:
        steps = build_report(content, one_weak_theme(content, theme.code), DAY).steps
        assert theme.code in {step.theme for step in steps}
        assert seen.setdefault(tuple(sorted(step.code for step in steps)), theme.code) == theme.code
    assert len(seen) == 12


def test_the_generator_makes_what_people_fill_in(role):
    content = current_questionnaire(role)
    sets = list(simulated.typical_sets(content))
    assert sets == list(simulated.typical_sets(content)), "the same every time"
    means = [sum(int(v) for v in one.values() if v.isdigit()) / len(one) for one in sets]
    assert min(means) < 1 < 2.5 < max(means)
    assert sum("dont_know" in one.values() for one in sets) > TYPICAL / 5
    for one in sets:
        assert all(one[question.code] in question.values for question in content.questions)


# --- each fault is found ----------------------------------------------------------------------------------


@pytest.fixture
def report(content):
    return build_report(content, answer_all(content, "1"), DAY)


def spoiled(report, **other):
    """The report with its first recommendation changed."""
    theme = report.themes[0]
    item = replace(theme.recommendations[0], **other)
    return replace(
        report, themes=(replace(theme, recommendations=(item, *theme.recommendations[1:])), *report.themes[1:])
    )


def test_a_good_report_has_no_faults(report):
    assert faults(report, "client_manager") == []


def test_each_fault_is_found_out(report):
    one, two = report.themes[0].recommendations[0], report.themes[1].recommendations[0]
    card = one.interventions[0]
    for other, words in (
        ({"citations": ()}, "has no receipt"),
        ({"interventions": two.interventions[:1]}, "stands 2 times in full"),
        ({"interventions": (), "again": ()}, "shows nothing"),
        ({"also": one.interventions[:1]}, "names an entry twice"),
        ({"again": (replace(card, code="nowhere"),)}, "stands nowhere in full"),
        ({"interventions": (replace(card, roles=("manager",)),)}, "not for"),
        ({"interventions": (replace(card, evidence="niet-effectief-of-betwist"),)}, "disputed"),
        ({"interventions": (replace(card, not_for=(one.theme,)),)}, "not for it"),
        ({"reason": replace(one.reason, why_now=())}, "does not say why"),
        ({"interventions": tuple(replace(card, code=f"x{n}") for n in range(4))}, "shows too much"),
    ):
        assert any(words in fault for fault in faults(spoiled(report, **other), "client_manager")), words
