"""The result in words: the same report object for page, PDF and export."""

import random
from datetime import date, timedelta

import pytest
from django.utils.html import escape

from advice.documents import Variant, render_html
from advice.example import example_report
from advice.report import build_report
from scans.models import NonAnswer
from scans.scoring import as_points
from scans.selectors.content import current_questionnaire
from tests.conftest import answer_all

pytestmark = [pytest.mark.both, pytest.mark.django_db]
DAY = date(2026, 11, 20)


@pytest.fixture
def asked(role, db):
    return current_questionnaire(role)


def non_answers(content, preferred=NonAnswer.DONT_KNOW):
    return {q.code: preferred if preferred in q.non_answers else q.non_answers[0] for q in content.questions}


def some_scans(content, number=60):
    """The extremes, and scans drawn at random from everything that can be chosen."""
    yield from (answer_all(content, str(level)) for level in range(5))
    yield non_answers(content)
    yield answer_all(content, "4") | {content.questions[0].code: "0"}
    yield answer_all(content, "0") | {content.questions[-1].code: "4"}
    yield non_answers(content) | {content.questions[5].code: "2"}
    chance = random.Random(2026)
    for _ in range(number):
        yield {q.code: chance.choice(q.choices)[0] for q in content.questions}


def reads_well(headline):
    assert headline[0].isupper() and headline.endswith(".")
    assert "None" not in headline and "  " not in headline and ".." not in headline
    assert 5 <= len(headline.split()) <= 25


def test_every_kind_of_scan_gives_a_report_that_reads_well(asked):
    for choices in some_scans(asked):
        report = build_report(asked, choices, DAY)
        reads_well(report.headline)
        assert len(report.themes) == 12 and report.questions == 24
        assert report.discussion.endswith("?") and report.stop


@pytest.mark.parametrize("bad", ["", "None staat stevig.", "visie staat stevig.", "De visie staat stevig"])
def test_a_headline_that_reads_badly_is_found_out(bad):
    with pytest.raises((AssertionError, IndexError)):
        reads_well(bad)


def test_advice_of_a_theme_belongs_to_its_own_answers(asked):
    for choices in some_scans(asked, 20):
        report = build_report(asked, choices, DAY)
        for theme in report.themes:
            given = {answer.code: answer for answer in theme.answers}
            assert {item.question for item in theme.recommendations} <= set(given)
            for item in theme.recommendations:
                answer = given[item.question]
                assert item.answer_label == answer.label
                assert item.keeps == (answer.level == 4)
                assert item.citations and (item.shown or item.keeps)
            # Every level and every "weet ik niet" has advice; the other non-answers have none.
            advised = {code for code, a in given.items() if a.level is not None or a.choice == NonAnswer.DONT_KNOW}
            assert {item.question for item in theme.recommendations} == advised


def test_every_recommendation_says_why_and_what_the_guide_says(asked):
    for choices in some_scans(asked, 20):
        report = build_report(asked, choices, DAY)
        for item in (item for theme in report.themes for item in theme.recommendations):
            assert item.reason.rule.endswith(" van deze vraag.") or "weet ik niet" in item.reason.rule
            assert item.reason.why_now and all(sentence[0].isupper() or "“" for sentence in item.reason.why_now)
            assert all(entry.evidence_note for entry in item.shown)
            assert item.step == (report.steps.index(item) + 1 if item in report.steps else 0)


def test_high_levels_get_depth_and_something_to_share(asked):
    for level in (3, 4):
        report = build_report(asked, answer_all(asked, str(level)), DAY)
        items = [item for theme in report.themes for item in theme.recommendations]
        assert all(item.share for item in items)
        names = [{entry.code for entry in (*item.shown, *item.also)} for item in items]
        assert sum(map(bool, names)) >= 20, "nearly every question has something for who is far"
        deep = [e for item in items for e in (*item.shown, *item.also) if e.highest >= 3]
        assert len(deep) >= 0.9 * sum(len(item.shown) + len(item.also) for item in items)
    low = build_report(asked, answer_all(asked, "1"), DAY)
    assert not any(item.share for theme in low.themes for item in theme.recommendations)


def test_steps_are_taken_from_the_advice_and_have_a_day(asked):
    for choices in some_scans(asked, 20):
        report = build_report(asked, choices, DAY)
        all_advice = [item for theme in report.themes for item in theme.recommendations]
        assert len(report.steps) <= 3
        for step in report.steps:
            assert step in all_advice and not step.keeps
            assert step.by - DAY == timedelta(weeks=step.weeks) <= timedelta(weeks=4)


def test_all_at_the_top_needs_no_step_and_gets_advice_to_keep_it(asked):
    report = build_report(asked, answer_all(asked, "4"), DAY)
    assert (report.points, report.level_name, report.steps) == (100, "Lerend", ())
    assert len(report.strengths) == 3 and report.furthest is None
    assert all(item.keeps for theme in report.themes for item in theme.recommendations)
    assert all(theme.next_level is None for theme in report.themes)


def test_all_at_the_bottom_gets_three_steps_and_no_blame(asked):
    report = build_report(asked, answer_all(asked, "0"), DAY)
    assert (report.points, report.level_name, len(report.steps)) == (0, "Nog niet zichtbaar", 3)
    assert report.strengths == () and report.furthest is None


def test_nothing_with_a_level_gives_no_score_and_no_number(asked):
    report = build_report(asked, non_answers(asked), DAY)
    assert report.points is None and report.overall.score is None and report.counted == 0
    assert all(theme.points is None and theme.level_name == "Geen score" for theme in report.themes)
    assert len(report.dont_know) == sum(NonAnswer.DONT_KNOW in q.non_answers for q in asked.questions)


def test_half_of_the_themes_is_just_enough_for_a_total(asked):
    for scored in (5, 6):
        choices = non_answers(asked)
        for theme in asked.themes[:scored]:
            choices[theme.questions[0].code] = "3"
        assert (build_report(asked, choices, DAY).points is None) == (scored == 5)


def test_points_are_those_of_the_score(asked):
    for choices in some_scans(asked, 20):
        report = build_report(asked, choices, DAY)
        for theme in report.themes:
            assert theme.points == (None if theme.score.score is None else as_points(theme.score.score))
            assert sum(line.points for line in theme.counted) == sum(part.points for part in theme.score.parts)
            assert len(theme.counted) + len(theme.left_out) == len(theme.answers) == 2


def test_the_next_level_names_answers_that_exist(asked):
    for choices in some_scans(asked, 20):
        for theme in build_report(asked, choices, DAY).themes:
            for question, label in theme.next_level.steps if theme.next_level else ():
                (line,) = [answer for answer in theme.answers if answer.question == question]
                assert label != line.label
                assert label in dict(asked.question(line.code).options).values()


def test_strengths_and_the_first_step_are_never_the_same_theme_in_the_headline(asked):
    for choices in some_scans(asked):
        report = build_report(asked, choices, DAY)
        phrases = [theme.phrase for theme in report.themes if theme.phrase.lower() in report.headline.lower()]
        assert len(phrases) == len(set(phrases)) <= 2


def test_every_theme_of_page_and_papers_opens_with_its_figure(client, content):
    page = client.get("/voorbeeld/").content.decode()
    report = example_report()
    for variant in Variant:
        page += render_html(report, variant)
    for theme in report.themes:
        assert page.count(escape(theme.fact.statement)) == 3, theme.code
        assert set(theme.fact.citations) <= set(report.citations)
