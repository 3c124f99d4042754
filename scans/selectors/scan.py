"""Read one scan for its own pages."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from scans.clock import CurrentDate
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


def scan_state(scan_id: str | UUID) -> ScanState | None:
    """The scan with its answers in one query (the content is remembered), or None when it is not there."""
    rows = list(
        Scan.objects.alive(CurrentDate())
        .filter(pk=scan_id)
        .values_list(
            "pk",
            "questionnaire_id",
            "submitted_on",
            "erase_on",
            "answers__question_id",
            "answers__level",
            "answers__non_answer",
            "answers__revision",
        )
    )
    if not rows:
        return None
    pk, questionnaire_id, submitted_on, erase_on = rows[0][:4]
    content = questionnaire_content(questionnaire_id)
    codes = {question.id: question.code for question in content.questions}
    answers = {
        codes[question_id]: GivenAnswer(choice_value(level, non_answer), revision)
        for *_, question_id, level, non_answer, revision in rows
        if question_id is not None  # a scan without answers is one row with nothing beside it
    }
    return ScanState(pk, submitted_on, erase_on, content, answers)


def choice_value(level: int | None, non_answer: str) -> str:
    """The value of a stored answer as forms and files write it."""
    return non_answer if level is None else str(level)
