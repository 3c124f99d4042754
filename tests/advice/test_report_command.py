"""`manage.py report`: a file with answers in, the same result as on the page out."""

import json

import pytest
from django.core.management import CommandError, call_command

from scans.models import NonAnswer
from scans.selectors.content import current_questionnaire
from tests.advice.conftest import DAY
from tests.conftest import answer_all

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def test_every_role_gets_its_report(make, role):
    content = current_questionnaire(role)
    report = json.loads(make(dict.fromkeys(answer_all(content), 2), role=role))
    assert (report["schema"], report["role"], report["date"]) == (1, role, DAY)
    assert (report["score"], report["level"], report["level_name"]) == (50, 2, "Afgesproken")
    assert [theme["score"] for theme in report["themes"]] == [50] * 12


def test_the_same_answers_and_day_give_the_same_bytes(make, answers):
    assert make(answers) == make(answers) == make(dict(reversed(answers.items())))
    assert make(answers, date="2026-11-21") != make(answers)


def test_the_score_can_be_done_again_from_the_document(make, answers):
    for theme in json.loads(make(answers))["themes"]:
        points = [part["points"] * part["weight"] for part in theme["counted"]]
        weights = [part["weight"] for part in theme["counted"]]
        assert all(part["points"] == part["level"] * 25 for part in theme["counted"])
        assert theme["score"] == int(sum(points) / sum(weights) + 0.5)
        assert len(theme["counted"]) + len(theme["left_out"]) == 2


def test_what_was_left_out_is_named_with_its_reason(make, answers):
    left_out = [left for theme in json.loads(make(answers))["themes"] for left in theme["left_out"]]
    unsure = next(code for code, answer in answers.items() if answer == "dont_know")
    assert left_out == [{"question": unsure, "reason": "dont_know", "weight": 1}]


@pytest.mark.parametrize("choice", [*NonAnswer])
def test_without_any_level_there_is_no_score(make, content, choice):
    given = {q.code: choice if choice in q.non_answers else q.non_answers[0] for q in content.questions}
    report = json.loads(make(given))
    assert report["score"] is None and report["level"] is None and report["level_name"] == ""


def test_html_says_the_same_as_json(make, answers):
    report = json.loads(make(answers))
    html = make(answers, format="html").decode()
    assert html.lstrip().lower().startswith("<!doctype html>") and 'lang="nl"' in html
    for step in report["first_steps"]:
        assert step["first_step"].split("'")[0] in html


@pytest.mark.parametrize(
    "day", ["", "today", "31-02-2027", "2027-02-29", "2027-02-31", "20-11-2026", "2026-13-01", "9999-12-31", "0"]
)
def test_a_day_that_does_not_exist_is_refused(make, answers, day):
    with pytest.raises(CommandError, match="is not a day"):
        make(answers, date=day)


@pytest.mark.parametrize("options", [["--role", "boss"], ["--format", "docx"]])
def test_a_choice_that_does_not_exist_is_refused(tmp_path, options, content):
    rest = ["--role", "manager", "--answers", "x", "--format", "json", "--output", "y", *options]
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("report", *rest)


def test_files_that_cannot_be_read_or_written_are_named(make, answers, tmp_path):
    rest = ["--role", "client_manager", "--format", "json", "--output"]
    with pytest.raises(CommandError, match="Cannot read .*nowhere.json"):
        call_command("report", *rest, str(tmp_path / "x"), "--answers", str(tmp_path / "nowhere.json"))
    with pytest.raises(CommandError, match="Cannot read"):
        call_command("report", *rest, str(tmp_path / "x"), "--answers", str(tmp_path))
    make(answers)
    with pytest.raises(CommandError, match="Cannot write .*nowhere"):
        call_command("report", *rest, str(tmp_path / "nowhere/x"), "--answers", str(tmp_path / "answers.json"))


def test_without_published_content_it_says_what_to_do(make, answers, settings):
    settings.QUESTIONNAIRE_VERSION = "1999-1"
    with pytest.raises(CommandError, match="manage.py load_content"):
        make(answers)
