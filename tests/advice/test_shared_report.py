"""What may be shared holds no answer, no score and no level, and page and document agree on the rest."""

import json
import re
from datetime import date

import pytest
from django.urls import reverse

from advice.documents import Variant, as_json
from advice.report import build_report
from scans import services
from scans.models import Scan
from scans.selectors.content import current_questionnaire
from tests.pages import main_of

pytestmark = [pytest.mark.both, pytest.mark.django_db]
DAY = date(2026, 11, 20)
SAME_FOR_ALL = {"code", "title", "discussion", "stop", "interventions"}
PERSONAL = {"score", "level", "level_name", "headline", "counted", "left_out", "what_if", "recommendations", "points",
            "answer", "reason", "question", "code", "weight", "combined", "entries", "why", "share"}  # fmt: skip


def choices_of(content):
    """Levels that differ per question, and one "weet ik niet" among the first steps."""
    chosen = {question.code: str((3, 4, 2)[number % 3]) for number, question in enumerate(content.questions)}
    unsure = next(question.code for question in content.questions if "dont_know" in question.non_answers)
    return chosen | {unsure: "dont_know", content.questions[10].code: "0"}


@pytest.fixture
def report(content):
    return build_report(content, choices_of(content), DAY)


def keys_and_values(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key, inner
            yield from keys_and_values(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys_and_values(inner)


def holds_nothing_personal(document, report):
    for theme in document["themes"]:
        assert set(theme) == SAME_FOR_ALL, "the same for everybody of a role"
    for step in document["first_steps"]:
        assert not PERSONAL & set(step)
    assert not (PERSONAL - {"code"}) & {key for key, _ in keys_and_values(document)}
    text = json.dumps(document, ensure_ascii=False)
    for theme in report.themes:
        for answer in theme.answers:
            assert answer.label not in text, answer.label
            assert answer.code not in text, answer.code
    rules = {item.code for theme in report.themes for item in theme.recommendations}
    assert not any(f'"{code}"' in text for code in rules), "a rule's code tells the level"
    numbers = [value for key, value in keys_and_values(document) if isinstance(value, int | float)]
    assert numbers == [1], "the schema is the only number"


def test_the_shared_document_holds_no_answer_no_score_and_no_level(report):
    mine = as_json(report, Variant.MINE)
    with pytest.raises(AssertionError):  # there is something to leak
        holds_nothing_personal(mine, report)
    assert {"score", "level", "counted", "code"} <= {key for key, _ in keys_and_values(mine)}
    holds_nothing_personal(as_json(report, Variant.SHARE), report)


@pytest.mark.parametrize("leak", ["score", "level", "level_name", "headline"])
def test_one_field_too_many_is_found_out(report, leak):
    document = as_json(report, Variant.SHARE) | {leak: as_json(report, Variant.MINE)[leak]}
    with pytest.raises(AssertionError):
        holds_nothing_personal(document, report)


def test_the_code_of_a_rule_is_found_out(report):
    document = as_json(report, Variant.SHARE)
    document["first_steps"][0]["rule"] = report.steps[0].code
    with pytest.raises(AssertionError):
        holds_nothing_personal(document, report)


def test_themes_are_the_same_whatever_was_answered(content, report):
    other = build_report(content, {question.code: "1" for question in content.questions}, DAY)
    assert as_json(report, Variant.SHARE)["themes"] == as_json(other, Variant.SHARE)["themes"]
    assert as_json(report, Variant.MINE)["themes"] != as_json(other, Variant.MINE)["themes"]


def test_strengths_stand_in_the_order_of_the_questionnaire(content):
    highest_last = {question.code: "3" for question in content.questions}
    highest_last |= {question.code: "4" for question in content.themes[5].questions}
    report = build_report(content, highest_last, DAY)
    order = [theme.code for theme in content.themes]
    assert as_json(report, Variant.MINE)["strengths"] == [order[5], order[0], order[1]]
    assert as_json(report, Variant.SHARE)["strengths"] == [order[0], order[1], order[5]]


def test_page_and_document_agree(client, role):
    content = current_questionnaire(role)
    client.post(reverse("start"), {"role": role})
    scan = Scan.objects.get(pk=client.session["scan"])
    choices = choices_of(content)
    services.save_answers(scan.pk, {question.id: choices[question.code] for question in content.questions})
    client.post(reverse("submit"))
    page = client.get(reverse("result")).content.decode()
    document = as_json(build_report(content, choices, DAY), Variant.MINE)

    table = main_of(page).xpath("//section[@aria-labelledby='beeld']//tbody/tr")
    shown = [[cell.text_content() for cell in row] for row in table]
    assert shown == [
        [theme["title"], theme["level_name"], "–" if theme["score"] is None else str(theme["score"])]
        for theme in document["themes"]
    ]
    assert f"({document['score']} van 100)" in page
    assert document["headline"] == main_of(page).xpath("string(.//h1)")
    steps = [step.text_content() for step in main_of(page).xpath("//ol[@class='steps']//h3")]
    assert steps == [step["first_step"] for step in document["first_steps"]]
    bars = re.findall(r'class="bar-fill" x="0" y="0" width="(\d+)"', page)
    assert bars == [str(theme["score"]) for theme in document["themes"] if theme["score"] is not None]
