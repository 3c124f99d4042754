"""The content is complete: every role, theme, question, level and advice, each with a receipt."""

from collections import Counter

import pytest

from advice.content_check import content_faults
from advice.models import AdviceRule, CombinedRule, Fact, Intervention, Term
from scans.models import AnswerOption, NonAnswer, Question, Role, Source, Theme
from scans.selectors.content import current_questionnaire

pytestmark = pytest.mark.django_db
SOURCES = {"bo", "eaa", "kis", "via", "vng"}
ADVISED = ["bewezen-effectief", "goede-ervaringen", "geen-uitspraak"]  # what is disputed is told, never advised
PROVEN = {"skills-training", "motiverende-gespreksvoering"}


@pytest.fixture
def questionnaire(role, db):
    return current_questionnaire(role)


def test_the_loader_finds_no_fault(content):
    assert content_faults() == []


def test_every_role_has_twelve_themes_with_two_questions_each(questionnaire):
    assert [theme.position for theme in questionnaire.themes] == list(range(1, 13))
    assert {len(theme.questions) for theme in questionnaire.themes} == {2}
    assert len(questionnaire.questions) == 24


def test_the_three_roles_share_their_themes(content):
    themes = {tuple(theme.code for theme in current_questionnaire(role).themes) for role in Role.values}
    assert len(themes) == 1


def test_every_question_has_five_levels_in_order(questionnaire):
    for question in questionnaire.questions:
        assert [level for level, _ in question.options] == [0, 1, 2, 3, 4], question.code


def test_a_question_has_fifteen_words_at_most_and_ends_as_a_question(questionnaire):
    for question in questionnaire.questions:
        assert len(question.text.split()) <= 15, question.code
        assert question.text.endswith("?"), question.code


def test_a_level_has_three_to_fourteen_words(content):
    wrong = [str(o) for o in AnswerOption.objects.all() if not 3 <= len(o.label.split()) <= 14]
    assert wrong == []


def test_most_levels_have_ten_words_at_most(content):
    labels = AnswerOption.objects.values_list("label", flat=True)
    assert sum(len(label.split()) <= 10 for label in labels) >= 0.95 * len(labels)


def test_every_question_leaves_a_way_not_to_answer(questionnaire):
    for question in questionnaire.questions:
        assert question.non_answers, question.code
        assert set(question.non_answers) <= set(NonAnswer.values)


def test_every_level_and_every_dont_know_leads_to_advice(questionnaire):
    rules = AdviceRule.objects.prefetch_related("interventions", "citations")
    for question in questionnaire.questions:
        own = [rule for rule in rules if rule.question_id == question.id]
        for level in range(5):
            (rule,) = [r for r in own if r.lowest is not None and r.lowest <= level <= r.highest]
            assert rule.citations.all(), rule.code
            assert level == 4 or 1 <= len(rule.interventions.all()) <= 4, rule.code
        assert len([r for r in own if r.lowest is None]) == ("dont_know" in question.non_answers), question.code


def test_advice_names_only_what_is_for_that_role(content):
    rules = AdviceRule.objects.select_related("question__questionnaire").prefetch_related("interventions")
    wrong = [
        f"{rule.code} names {item.code}"
        for rule in rules
        for item in rule.interventions.all()
        if rule.question.questionnaire.role not in item.roles
    ]
    assert wrong == []


def test_there_is_enough_to_choose_from(content):
    assert Intervention.objects.count() >= 72
    for theme in Theme.objects.all():
        assert theme.interventions.count() >= 6, theme.code


def test_every_entry_that_a_role_can_act_on_is_reached_by_some_answer(content):
    own = Intervention.objects.filter(addressee=Intervention.Addressee.MUNICIPALITY, evidence__in=ADVISED)
    named = set(own.exclude(rules=None).values_list("code", flat=True))
    unreached = [entry.code for entry in own if entry.code not in named and not entry.helps]
    assert unreached == []


def test_the_library_is_complete(content):
    assert Intervention.objects.count() >= 220
    assert Fact.objects.filter(table="").count() >= 60
    assert Fact.objects.filter(table="bo-tabel-2-1").count() == 16 * 8


def test_every_theme_opens_with_a_figure_of_its_own(content):
    opening = list(Fact.objects.exclude(opens=None).prefetch_related("themes"))
    assert {fact.opens_id for fact in opening} == set(Theme.objects.values_list("pk", flat=True))
    assert all(fact.opens in fact.themes.all() for fact in opening)


def test_proven_is_only_what_the_guides_call_proven(content):
    assert set(Intervention.objects.filter(evidence="bewezen-effectief").values_list("code", flat=True)) == PROVEN


def test_every_item_has_a_receipt(content):
    for model in (Question, AdviceRule, CombinedRule, Intervention, Fact, Term):
        assert not model.objects.filter(citations=None).exists(), model


def cited():
    """{source: how many questions, rules and interventions cite it} and {theme: the sources that it uses}."""
    items, by_theme = Counter(), {}
    for model, path in (
        (Question, "theme__code"),
        (AdviceRule, "question__theme__code"),
        (Intervention, "themes__code"),
    ):
        pairs = model.objects.values_list("pk", "citations__source__code").distinct()
        items.update(source for _, source in pairs)
        for theme, source in model.objects.values_list(path, "citations__source__code"):
            by_theme.setdefault(theme, set()).add(source)
    return items, by_theme


def test_all_five_sources_carry_weight(content):
    items, by_theme = cited()
    print("items per source:", dict(items))
    assert set(items) == SOURCES == set(Source.objects.values_list("code", flat=True))
    assert min(items.values()) >= 10
    assert all(len(sources) >= 2 for sources in by_theme.values()), by_theme


def test_what_has_dated_carries_a_date(content):
    for item in Intervention.objects.all():
        assert item.as_of[:4].isdigit() and 2015 <= int(item.as_of[:4]) <= 2026, item.code


def test_a_gap_in_the_content_would_be_found(content):
    """The control: take one thing away at a time."""
    question = Question.objects.get(code="km-omschrijving-discriminatie")
    rule = AdviceRule.objects.filter(question=question, lowest=0).get()
    rule.interventions.clear()
    assert any("leads to 0 interventions" in reason for _, reason in content_faults())
    rule.citations.clear()
    assert any(f"rule {rule.code} has no citation" in reason for _, reason in content_faults())
    rule.delete()
    assert any("its rules cover the levels [2, 3, 4]" in reason for _, reason in content_faults())
    question.citations.clear()
    assert any("has no citation" in reason and question.code in reason for _, reason in content_faults())
