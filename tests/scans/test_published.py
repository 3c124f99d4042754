"""Published content is closed by the database itself: what people have answered cannot change under them."""

from dataclasses import dataclass

import pytest

from scans.clock import database_today
from scans.models import AnswerOption, Publication, Question, Questionnaire
from tests.database import refusal
from tests.scans.versions import open_the_content, second_version

pytestmark = [pytest.mark.both, pytest.mark.django_db]
CLOSED = "published content is closed"


@dataclass
class Content:
    """A published question and one of a draft, as querysets, so that a change is one bare statement."""

    published: Question
    draft: Question

    def __post_init__(self):
        self.question = Question.objects.filter(pk=self.published.pk)
        self.option = AnswerOption.objects.filter(question=self.published.pk, level=2)
        self.questionnaire = Questionnaire.objects.filter(pk=self.published.questionnaire_id)
        self.draft_question = Question.objects.filter(pk=self.draft.pk)
        self.draft_option = AnswerOption.objects.filter(question=self.draft.pk, level=2)


def make_content(role):
    published = Question.objects.filter(questionnaire__role=role, questionnaire__version="2026-1").first()
    return Content(published, second_version(role).questions.order_by("theme__position", "position").last())


def add_question(c):
    fields = {field.attname: getattr(c.published, field.attname) for field in Question._meta.concrete_fields}
    Question.objects.create(**fields | {"id": None, "code": "new", "position": 9})


def delete(rows):
    return rows._raw_delete(rows.db)  # the bare statement: Django itself would refuse, for other reasons


FIELDS = {
    "text": "x", "why": "x", "prompt": "x", "code": "x", "position": 9, "weight": 2, "allows_dont_know": None,
    "allows_not_applicable": None, "allows_prefer_not_to_say": None,
}  # fmt: skip


def change_field(name, value):
    def change(c):
        new = value if value is not None else not getattr(c.published, name)
        c.question.update(**{name: new})

    return change


CHANGES = {
    **{f"question: another {name}": change_field(name, value) for name, value in FIELDS.items()},
    "question: another theme": lambda c: c.question.update(theme=c.draft.theme_id, position=9),
    "question: another relation": lambda c: c.question.update(relation="same", predecessor=c.draft.pk),
    "question: moved to the draft": lambda c: c.question.update(questionnaire=c.draft.questionnaire_id, code="y"),
    "question: moved in": lambda c: c.draft_question.update(
        questionnaire=c.published.questionnaire_id, position=8, code="z"
    ),
    "question: added": add_question,
    "question: removed": lambda c: delete(c.question),
    "option: another label": lambda c: c.option.update(label="x"),
    "option: moved to the draft": lambda c: (delete(c.draft_option), c.option.update(question=c.draft.pk)),
    "option: moved in": lambda c: c.draft_option.update(question=c.published.pk),
    "option: added": lambda c: AnswerOption.objects.create(question=c.published, level=2, label="x"),
    "option: removed": lambda c: delete(c.option),
    "questionnaire: another title": lambda c: c.questionnaire.update(title="x"),
    "questionnaire: another role": lambda c: c.questionnaire.update(role="client_manager", version="x"),
    "questionnaire: another version": lambda c: c.questionnaire.update(version="x"),
    "questionnaire: removed": lambda c: delete(c.questionnaire),
}
# Without the triggers another rule of the database may still say no; what matters is that it is another one.
OTHER_RULES = ("unique", "foreign key")


@pytest.mark.parametrize("name", CHANGES)
def test_published_content_refuses_every_change(content, name):
    c = make_content("manager")
    assert CLOSED in refusal(lambda: CHANGES[name](c))


@pytest.mark.parametrize("name", CHANGES)
def test_without_the_triggers_it_would_not(content, name):
    open_the_content()
    c = make_content("manager")
    reason = refusal(lambda: CHANGES[name](c)).lower()
    assert reason == "" or any(rule in reason for rule in OTHER_RULES), reason


def test_an_equal_row_passes(content):
    question = Question.objects.get(pk=content.questions[0].id)
    question.save()
    question.questionnaire.save()
    for option in question.options.all():
        option.save()


def test_a_draft_can_be_changed_until_it_is_published(content):
    draft = second_version()
    question = draft.questions.first()

    def change(text):
        Question.objects.filter(pk=question.pk).update(text=text)
        question.options.update(label=text)
        Questionnaire.objects.filter(pk=draft.pk).update(title=text)

    assert refusal(lambda: change("x")) == ""
    Publication.objects.create(questionnaire=draft, published_on=database_today(), sha256="x")
    assert refusal(lambda: change("x")) == "", "the same once more is no change"
    assert CLOSED in refusal(lambda: change("y"))
