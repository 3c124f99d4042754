"""Read one scan for its own pages."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from scans.clock import as_date
from scans.models import Scan

from .content import QuestionnaireContent, questionnaire_content


@dataclass(frozen=True)
class GivenAnswer:
    """What is stored for one question: a choice ("0"–"4" or a non-answer) and how often it was saved."""

    choice: str
    revision: int


@dataclass(frozen=True)
class ScanState:
    id: UUID
    submitted_on: date | None
    erase_on: date
    content: QuestionnaireContent
    answers: dict[str, GivenAnswer]

    @property
    def choices(self) -> dict[str, str]:
        return {code: answer.choice for code, answer in self.answers.items()}

    @property
    def first_gap(self) -> int | None:
        """The first step with an unanswered question, or None when all are answered."""
        for step, theme in enumerate(self.content.themes, 1):
            if any(question.code not in self.answers for question in theme.questions):
                return step
        return None


# Read on every page of the road: said once here, instead of built anew by the ORM each time.
_STATE = """
    SELECT scan.questionnaire_id, scan.submitted_on, scan.erase_on,
           answer.question_id, answer.level, answer.non_answer, answer.revision
    FROM scans_scan scan LEFT JOIN scans_answer answer ON answer.scan_id = scan.id
    WHERE scan.id = %s AND scan.erase_on > CURRENT_DATE
"""


def scan_state(scan_id: str | UUID) -> ScanState | None:
    """The scan with its answers in one query (the content is remembered), or None when it is not there."""
    with connection.cursor() as cursor:
        cursor.execute(_STATE, [Scan._meta.pk.get_db_prep_value(scan_id, connection)])
        rows = cursor.fetchall()
    if not rows:
        return None
    questionnaire_id, submitted_on, erase_on = rows[0][:3]
    content = questionnaire_content(questionnaire_id)
    codes = {question.id: question.code for question in content.questions}
    answers = {
        codes[question_id]: GivenAnswer(choice_value(level, non_answer), revision)
        for *_, question_id, level, non_answer, revision in rows
        if question_id is not None  # a scan without answers is one row with nothing beside it
    }
    return ScanState(UUID(str(scan_id)), as_date(submitted_on), as_date(erase_on), content, answers)


def choice_value(level: int | None, non_answer: str) -> str:
    """The value of a stored answer as forms and files write it."""
    return non_answer if level is None else str(level)
