"""Saving answers: one statement that saves and checks at once."""

from datetime import timedelta
from uuid import uuid4

import pytest

from scans import services
from scans.clock import database_today
from scans.models import Answer, NonAnswer, Scan
from scans.selectors.content import current_questionnaire
from tests.conftest import fill
from tests.database import refusal

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def stored(scan) -> dict[int, tuple]:
    rows = Answer.objects.filter(scan=scan).values_list("question_id", "level", "non_answer", "revision")
    return {question: rest for question, *rest in rows}


@pytest.fixture
def question(content):
    return content.questions[0]


def test_a_level_is_saved_as_a_number(scan, question):
    assert services.save_answer(scan.pk, question.id, "3") == 1
    assert stored(scan) == {question.id: [3, "", 1]}


@pytest.mark.parametrize("choice", NonAnswer.values)
def test_a_non_answer_is_never_a_number(scan, question, choice):
    services.save_answer(scan.pk, question.id, choice)
    assert stored(scan) == {question.id: [None, choice, 1]}


def test_the_last_choice_counts_and_the_revision_says_how_often(scan, question):
    revisions = [services.save_answer(scan.pk, question.id, choice) for choice in ("0", "dont_know", "4", "4")]
    assert revisions == [1, 2, 3, 4]
    assert stored(scan) == {question.id: [4, "", 4]}


def test_every_question_and_every_scan_counts_its_own_revisions(scan, content):
    one, other = content.questions[:2]
    neighbour = services.start_scan(content)
    assert services.save_answer(scan.pk, one.id, "1") == 1
    assert services.save_answer(scan.pk, one.id, "2") == 2
    assert services.save_answer(scan.pk, other.id, "1") == 1
    assert services.save_answer(neighbour.pk, one.id, "1") == 1


def test_saving_is_one_statement(scan, question, django_assert_num_queries):
    for choice in ("1", "2"):  # a first and a later save
        with django_assert_num_queries(1):
            services.save_answer(scan.pk, question.id, choice)


@pytest.mark.parametrize("choice", ["5", "-1", "99"])
def test_the_database_refuses_a_level_outside_the_scale(scan, question, choice):
    assert refusal(lambda: services.save_answer(scan.pk, question.id, choice))
    assert stored(scan) == {}


def test_the_database_refuses_a_level_and_a_non_answer_at_once(scan, question):
    services.save_answer(scan.pk, question.id, "2")
    answer = Answer.objects.filter(scan=scan)
    for both_or_neither in ({"non_answer": "dont_know"}, {"level": None}, {"level": None, "non_answer": "maybe"}):
        assert refusal(lambda values=both_or_neither: answer.update(**values)), both_or_neither
    assert not refusal(lambda: answer.update(level=None, non_answer="dont_know"))


def submitted(scan, content):
    fill(scan, content)
    services.submit_scan(scan.pk)
    return scan.pk, content.questions[0].id


def expired(scan, content):
    Scan.objects.filter(pk=scan.pk).update(erase_on=database_today())
    return scan.pk, content.questions[0].id


def foreign(scan, content):
    return scan.pk, current_questionnaire("manager").questions[0].id


def erased(scan, content):
    services.erase_scan(scan.pk)
    return scan.pk, content.questions[0].id


def unknown(scan, content):
    return uuid4(), content.questions[0].id


@pytest.mark.parametrize("closed", [submitted, expired, erased, unknown, foreign])
def test_nothing_is_saved_where_it_does_not_belong(scan, content, closed):
    scan_id, question_id = closed(scan, content)
    before = set(Answer.objects.values_list("scan_id", "question_id", "level"))
    with pytest.raises(services.ScanClosed):
        services.save_answer(scan_id, question_id, "4")
    assert set(Answer.objects.values_list("scan_id", "question_id", "level")) == before


@pytest.mark.parametrize(
    ("closed", "guard"),
    [
        (submitted, "scan.submitted_on IS NULL"),
        (expired, "scan.erase_on > CURRENT_DATE"),
        (foreign, "question.questionnaire_id = scan.questionnaire_id"),
    ],
)
def test_without_its_guard_that_answer_would_be_saved(scan, content, closed, guard, monkeypatch):
    for name in ("_SAVE_POSTGRESQL", "_SAVE_SQLITE"):
        sql = getattr(services, name)
        assert guard in sql
        monkeypatch.setattr(services, name, sql.replace(guard, "1 = 1"))
    scan_id, question_id = closed(scan, content)
    services.save_answer(scan_id, question_id, "4")
    assert Answer.objects.filter(scan=scan_id, question=question_id, level=4).exists()


@pytest.mark.parametrize("save", [services.save_answers, services.save_answers.__wrapped__], ids=["atomic", "not"])
def test_several_answers_are_saved_all_or_none(scan, content, save):
    """The second case is the control: without the transaction half a page stays behind."""
    choices = {content.questions[0].id: "1", current_questionnaire("manager").questions[-1].id: "1"}
    assert max(choices) != content.questions[0].id, "the good answer must be saved first"
    with pytest.raises(services.ScanClosed):
        save(scan.pk, choices)
    assert len(stored(scan)) == (0 if save is services.save_answers else 1)


def test_a_page_is_saved_with_one_revision_per_question(scan, content):
    choices = {question.id: "2" for question in content.themes[0].questions}
    assert services.save_answers(scan.pk, choices) == dict.fromkeys(choices, 1)


def test_a_draft_of_yesterday_is_still_open(content):
    old = services.start_scan(content, today=database_today() - timedelta(days=1))
    assert services.save_answer(old.pk, content.questions[0].id, "1") == 1
