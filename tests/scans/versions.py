"""A second version of a questionnaire, and the switch of the triggers that close a published one."""

from importlib import import_module
from types import SimpleNamespace

from django.db import connection

from scans.models import AnswerOption, Question, Questionnaire

VERSION = "2026-2"


def open_the_content() -> None:
    """Drop the triggers, as the migration would backwards. The end of the test's transaction brings them back."""
    with connection.cursor() as cursor:
        editor = SimpleNamespace(connection=connection, execute=cursor.execute)
        import_module("scans.migrations.0002_published_content_is_closed").reopen(None, editor)


def second_version(role: str = "client_manager") -> Questionnaire:
    """A draft that equals version 2026-1; each question names its predecessor."""
    old = Questionnaire.objects.get(role=role, version="2026-1")
    new = Questionnaire.objects.create(role=role, version=VERSION, title=old.title)
    for question in Question.objects.filter(questionnaire=old).prefetch_related("options", "citations"):
        options, citations, predecessor = question.options.all(), question.citations.all(), question.pk
        question.pk, question.questionnaire = None, new
        question.relation, question.predecessor_id = Question.Relation.SAME, predecessor
        question.save(force_insert=True)
        question.citations.set(citations)
        AnswerOption.objects.bulk_create(
            AnswerOption(question=question, level=option.level, label=option.label) for option in options
        )
    return new
