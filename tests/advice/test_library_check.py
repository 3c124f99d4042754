"""The library is refused when an entry, a figure, a word or a rule breaks its promise; each promise broken once."""

import pytest

from advice.library.check import library_faults
from advice.models import AdviceRule, CombinedRule, Fact, Intervention, Term

pytestmark = [pytest.mark.both, pytest.mark.django_db]
VERSION = "2026-1"


def change(model, pick=None, **fields):
    """One row of the content with other fields; `pick` narrows down which."""
    row = (model.objects.filter(**(pick or {})).order_by("code"))[0]
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    return row


def no_citation(model):
    row = model.objects.order_by("code")[0]
    row.citations.clear()
    return row


def a_helped_question_is_excluded():
    row = next(entry for entry in Intervention.objects.order_by("code") if entry.helps)
    row.not_for = row.helps[:1]
    row.save()
    return row


def one_form_for_two_words():
    first, second = Term.objects.order_by("code")[:2]
    second.forms = [*second.forms, first.forms[0]]
    second.save()
    return second


def a_rule_with_a_disputed_entry():
    rule = AdviceRule.objects.exclude(interventions=None).order_by("code")[0]
    rule.interventions.all().update(evidence="niet-effectief-of-betwist")
    return rule


def a_rule_with_an_entry_of_another_role():
    rule = AdviceRule.objects.exclude(interventions=None).order_by("code")[0]
    rule.interventions.all().update(roles=[], helps=[], addressee="rijk")
    return rule


def a_rule_with_an_entry_that_does_not_fit():
    rule = AdviceRule.objects.exclude(interventions=None).order_by("code")[0]
    rule.interventions.all().update(helps=[], addressee="rijk", not_for=[rule.question.code])
    return rule


OWN = {"addressee": "gemeente"}
BREAKS = [
    (lambda: no_citation(Intervention), "has no citation"),
    (lambda: no_citation(Fact), "has no citation"),
    (lambda: no_citation(Term), "has no citation"),
    (lambda: no_citation(CombinedRule), "has no citation"),
    (lambda: change(Intervention, roles=["director"]), "has the roles"),
    (lambda: change(Intervention, target_groups=[]), "has the target groups"),
    (lambda: change(Intervention, OWN, helps=[]), "names no role or no question"),
    (lambda: change(Intervention, OWN, helps=["km-bestaat-niet"]), "which is no question of its themes and roles"),
    (lambda: change(Intervention, not_for=["nergens"]), "which nothing is called"),
    (lambda: change(Intervention, related=["bestaat-niet"]), "is related to"),
    (a_helped_question_is_excluded, "and is not for it"),
    (lambda: change(Fact, {"reading": "aandeel"}, statement="De kans is 55 procent."), "as a chance"),
    (lambda: change(Term, forms=["Hoofdletter"]), "has the forms"),
    (lambda: change(Term, see_also=["bestaat-niet"]), "points to"),
    (one_form_for_two_words, "belongs to"),
    (lambda: change(CombinedRule, conditions=[]), "fewer than two answers"),
    (lambda: change(CombinedRule, first="km-elders"), "before"),
    (lambda: change(CombinedRule, conditions=[["km-elders", [0]], ["km-hier", [1]]]), "which is no question of"),
    (a_rule_with_a_disputed_entry, "not effective or disputed"),
    (a_rule_with_an_entry_of_another_role, "which is not for"),
    (a_rule_with_an_entry_that_does_not_fit, "does not fit there"),
]


def test_the_library_as_it_is_has_no_fault(content):
    assert library_faults(VERSION) == []


@pytest.mark.parametrize(("broken", "told"), BREAKS)
def test_a_broken_promise_is_told(content, broken, told):
    broken()
    assert any(told in sentence for _, sentence in library_faults(VERSION))
