"""Verbs that write, each in one transaction. They raise small named errors that views turn into Dutch.

`today` is passed by tests and demo data only; otherwise the database's clock decides.
"""

import hashlib
import secrets
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from .clock import database_today
from .models import Answer, NonAnswer, ResumeLink, Scan
from .rounds import counting
from .rounds.errors import RoundClosed
from .selectors.content import QuestionnaireContent, questionnaire_content
from .selectors.scan import GivenAnswer, scan_state


class ScanClosed(Exception):
    """The scan was sent, has expired or was erased: nothing can be saved in it."""


class ScanIncomplete(Exception):
    """A question has no answer yet; `step` says on which step (1–12) the first one stands."""

    def __init__(self, step: int):
        super().__init__(f"step {step} has an unanswered question")
        self.step = step


class AnswerChanged(Exception):
    """The answer is no longer the one that the sender had seen; `stored` is what stands there now."""

    def __init__(self, stored: GivenAnswer):
        super().__init__(f"revision {stored.revision} was saved meanwhile")
        self.stored = stored


class UnknownLink(Exception):
    """No living scan belongs to this secret."""


def start_scan(content: QuestionnaireContent, *, today: date | None = None) -> Scan:
    """A new draft of this questionnaire, to be erased after settings.DRAFT_DAYS days."""
    today = today or database_today()
    return Scan.objects.create(questionnaire_id=content.id, erase_on=today + timedelta(days=settings.DRAFT_DAYS))


# One statement that saves and checks at once: the scan is there, is a draft, has not expired and asks this
# question. The key share lock waits for a submission that is under way and then finds that the scan is closed.
# With a revision `seen` the answer is replaced only while it still has that revision: a request that its sender has
# given up can arrive late without undoing what was chosen after it.
_SAVE = """
    INSERT INTO scans_answer (scan_id, question_id, level, non_answer, revision)
    SELECT scan.id, question.id, %(level)s, %(non_answer)s, 1
    FROM scans_scan scan JOIN scans_question question ON question.questionnaire_id = scan.questionnaire_id
    WHERE scan.id = %(scan)s AND question.id = %(question)s
      AND scan.submitted_on IS NULL AND scan.erase_on > CURRENT_DATE
    {lock}
    ON CONFLICT (scan_id, question_id) DO UPDATE
    SET level = excluded.level, non_answer = excluded.non_answer, revision = scans_answer.revision + 1
    WHERE CAST(%(seen)s AS integer) IS NULL OR scans_answer.revision = %(seen)s
    RETURNING revision
"""
_NON_ANSWERS = frozenset(NonAnswer.values)
_SAVE_POSTGRESQL = _SAVE.format(lock="FOR KEY SHARE OF scan")
_SAVE_SQLITE = _SAVE.format(lock="")  # SQLite has one writer at a time


def save_answer(scan_id: UUID, question_id: int, choice: str, *, seen: int | None = None) -> int:
    """Save one choice ("0"–"4" or a non-answer) and return its revision (1, 2, …).

    One statement, durable when it returns. Without `seen` the last commit wins. With `seen`, the revision that the
    sender knows (0: none), a later one is left alone and AnswerChanged says what stands there. Raises ScanClosed
    when nothing can be saved.
    """
    is_level = choice not in _NON_ANSWERS
    sql = _SAVE_POSTGRESQL if connection.vendor == "postgresql" else _SAVE_SQLITE
    with connection.cursor() as cursor:
        cursor.execute(
            sql,
            {
                "scan": Scan._meta.pk.get_db_prep_value(scan_id, connection),
                "question": question_id,
                "level": int(choice) if is_level else None,
                "non_answer": "" if is_level else choice,
                "seen": seen,
            },
        )
        row = cursor.fetchone()
    if row is None:
        raise _refusal(scan_id, question_id, seen)
    return row[0]


def _refusal(scan_id: UUID, question_id: int, seen: int | None) -> Exception:
    """Why nothing was saved: the scan is closed, or the answer has another revision than was seen."""
    state = scan_state(scan_id) if seen is not None else None
    if state is None or state.submitted_on:
        return ScanClosed()
    codes = {question.id: question.code for question in state.content.questions}
    stored = state.answers.get(codes.get(question_id, ""))
    return AnswerChanged(stored) if stored else ScanClosed()


@transaction.atomic
def save_answers(scan_id: UUID, choices: dict[int, str]) -> dict[int, int]:
    """Save several choices, {question id: choice}, all or none. Returns the revisions. Raises ScanClosed."""
    # In the order of the ids: two pages that save the same questions never wait for each other in a circle.
    return {question: save_answer(scan_id, question, choices[question]) for question in sorted(choices)}


@transaction.atomic
def submit_scan(
    scan_id: UUID,
    *,
    today: date | None = None,
    at: datetime | None = None,
    in_round: bool = False,
    own_secret: str = "",
) -> Scan:
    """Close the scan, once. Sending it again changes nothing and returns the same scan.

    A scan of a round is counted and loses its tie in the same transaction. `in_round`: the sender believes that it
    counts, so without a tie it is refused instead of sent for oneself. `own_secret`: the secret of a new own link.

    Raises ScanClosed when it is gone, ScanIncomplete when a question has no answer, and RoundClosed and GroupChanged
    when its round does not take it; then nothing has changed.
    """
    tie = counting.lock_draft(scan_id, at=at)  # the round comes before the scan in the order of locks
    today = today or database_today()
    scan = Scan.objects.select_for_update().alive(today).filter(pk=scan_id).first()
    if scan is None:
        raise ScanClosed
    if scan.submitted_on is None:
        _check_complete(scan)
        if tie is not None:
            counting.count(tie, scan, own_secret)
        elif in_round:
            raise RoundClosed
        scan.submitted_on = today
        scan.erase_on = today + timedelta(days=settings.RESULT_DAYS)
        scan.save(update_fields=["submitted_on", "erase_on"])
        if own_secret:
            ResumeLink.objects.create(secret_hash=hash_secret(own_secret), scan=scan)
    return scan


def _check_complete(scan: Scan) -> None:
    answered = set(Answer.objects.filter(scan=scan).values_list("question_id", flat=True))
    for step, theme in enumerate(questionnaire_content(scan.questionnaire_id).themes, 1):
        if any(question.id not in answered for question in theme.questions):
            raise ScanIncomplete(step)


def make_resume_link(scan_id: UUID) -> str:
    """A new 256-bit secret that leads back to this scan. Only its hash is kept, so it can be shown only now."""
    secret = secrets.token_urlsafe(32)
    ResumeLink.objects.create(secret_hash=hash_secret(secret), scan_id=scan_id)
    return secret


def find_by_secret(secret: str, *, today: date | None = None) -> Scan:
    """The living scan that belongs to a secret. Raises UnknownLink for unknown, used up and expired alike."""
    scan = Scan.objects.alive(today or database_today()).filter(links__secret_hash=hash_secret(secret)).first()
    if scan is None:
        raise UnknownLink
    return scan


def hash_secret(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def erase_scan(scan_id: UUID) -> None:
    """Erase a scan with its answers and links, now. Erasing twice is the same as once."""
    _erase(Scan.objects.filter(pk=scan_id))


@transaction.atomic
def erase_expired(*, today: date | None = None) -> int:
    """Erase every scan whose day has come, at most 1,000 at a time. Returns how many were erased."""
    return _erase(Scan.objects.expired(today or database_today()).order_by("pk"), most=1000)


def _erase(scans, most: int = 1) -> int:
    # Locked in the query that chooses: an answer that is being saved is erased with the rest or refused, and a scan
    # that is being sent, which gets a later day, is looked at again once it is.
    ids = list(scans.select_for_update().values_list("pk", flat=True)[:most])
    Answer.objects.filter(scan__in=ids).delete()
    ResumeLink.objects.filter(scan__in=ids).delete()
    erased, _ = Scan.objects.filter(pk__in=ids).delete()
    return erased
