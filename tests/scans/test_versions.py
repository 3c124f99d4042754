"""A scan ends on the version that it began with, whatever the next version looks like."""

import pytest
from django.db.models import F

from advice.remembered import forget_content
from scans import services
from scans.clock import database_today
from scans.models import AnswerOption, Publication, Question
from scans.selectors.content import current_questionnaire
from scans.selectors.scan import scan_state
from tests.conftest import fill
from tests.scans.versions import VERSION, second_version

pytestmark = [pytest.mark.both, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def remember_nothing():
    """SQLite hands out a rolled-back id again, so what this process remembers of it must go too."""
    yield
    forget_content()


def added(draft):
    first = draft.questions.first()
    extra = Question.objects.create(
        questionnaire=draft, theme=first.theme, code="km-extra", position=9, text="Extra?", why="x", prompt="x"
    )
    AnswerOption.objects.bulk_create(AnswerOption(question=extra, level=n, label=f"{n}") for n in range(5))


def removed(draft):
    question = draft.questions.last()
    question.options.all().delete()
    question.delete()


def reworded(draft):
    draft.questions.update(text="Anders?", relation="reworded")
    AnswerOption.objects.filter(question__questionnaire=draft).update(label="Anders")


def reordered(draft):
    draft.questions.update(position=F("position") + 10)
    for question in draft.questions.all():
        Question.objects.filter(pk=question.pk).update(position=20 - question.position)


def publish(draft, settings):
    Publication.objects.create(questionnaire=draft, published_on=database_today(), sha256="x")
    settings.QUESTIONNAIRE_VERSION = VERSION
    forget_content()


def pinned(scan):
    state = scan_state(scan.pk)
    return [(q.code, q.text, q.options) for q in state.content.questions], state.choices


@pytest.mark.parametrize("change", [added, removed, reworded, reordered])
def test_a_scan_stays_on_its_version(scan, content, settings, change):
    services.save_answer(scan.pk, content.questions[0].id, "3")
    before = pinned(scan)
    draft = second_version()
    change(draft)
    publish(draft, settings)

    fresh = services.start_scan(current_questionnaire("client_manager"))
    assert pinned(fresh)[0] != before[0], "the new version must really be another one"
    assert pinned(scan) == before

    fill(scan, content)
    assert services.submit_scan(scan.pk).questionnaire.version == "2026-1"


def test_a_question_of_the_other_version_is_refused(scan, content, settings):
    draft = second_version()
    publish(draft, settings)
    fresh = services.start_scan(current_questionnaire("client_manager"))
    with pytest.raises(services.ScanClosed):
        services.save_answer(scan.pk, draft.questions.first().pk, "1")
    with pytest.raises(services.ScanClosed):
        services.save_answer(fresh.pk, content.questions[0].id, "1")


def test_a_draft_that_is_not_published_is_never_asked(content, settings):
    second_version()
    assert current_questionnaire("client_manager").version == "2026-1"
    settings.QUESTIONNAIRE_VERSION = VERSION
    with pytest.raises(Exception, match="does not exist"):
        current_questionnaire("client_manager")


def test_an_answer_keeps_its_question_and_a_scan_its_questionnaire(scan, content):
    """Even in a version that was never published: what people answered cannot be pulled from under them."""
    draft = second_version()
    Publication.objects.create(questionnaire=draft, published_on=database_today(), sha256="x")
    forget_content()
    old = services.start_scan(content)
    services.save_answer(old.pk, content.questions[0].id, "2")
    for row in (Question.objects.get(pk=content.questions[0].id), old.questionnaire):
        with pytest.raises(Exception, match="protected|Cannot delete"):
            row.delete()
