"""Read a file with answers for `manage.py report`. Every mistake is named by question code."""

import json
from pathlib import Path

from scans.models import NonAnswer
from scans.selectors.content import QuestionContent, QuestionnaireContent


class AnswerFileError(Exception):
    """The file cannot be used; the message lists every mistake."""


def read_answers(path: Path, content: QuestionnaireContent) -> dict[str, str]:
    """The choices in the file, {question code: "0"–"4" or a non-answer}. Raises AnswerFileError."""
    try:
        answers = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=_no_doubles)
    except OSError as error:
        raise AnswerFileError(f"Cannot read {path}: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise AnswerFileError(f"{path} is not readable JSON: {error}") from error
    if not isinstance(answers, dict):
        raise AnswerFileError(f"{path} must hold one object: {{question code: answer}}")
    faults = [*_unknown(answers, content), *_missing(answers, content)]
    for question in content.questions:
        if question.code in answers:
            faults += _wrong(question, answers[question.code])
    if faults:
        raise AnswerFileError(f"{path}:\n- " + "\n- ".join(faults))
    return {code: str(answer) for code, answer in answers.items()}


def _no_doubles(pairs):
    codes = [code for code, _ in pairs]
    if len(set(codes)) != len(codes):
        raise ValueError(f"a question code stands in it twice: {next(c for c in codes if codes.count(c) > 1)}")
    return dict(pairs)


def _unknown(answers: dict, content: QuestionnaireContent) -> list[str]:
    known = {question.code for question in content.questions}
    return [f"{code}: {content.role} {content.version} has no such question" for code in answers if code not in known]


def _missing(answers: dict, content: QuestionnaireContent) -> list[str]:
    return [f"{question.code}: no answer" for question in content.questions if question.code not in answers]


def _wrong(question: QuestionContent, answer) -> list[str]:
    if isinstance(answer, int) and not isinstance(answer, bool) and 0 <= answer <= 4:
        return []
    if answer in NonAnswer.values:
        if answer in question.non_answers:
            return []
        allowed = ", ".join(question.non_answers)
        return [f"{question.code}: {answer} cannot be chosen here (allowed: {allowed})"]
    return [
        f"{question.code}: {json.dumps(answer)} is no level 0–4 and no non-answer ({', '.join(NonAnswer.values)})"
    ]
