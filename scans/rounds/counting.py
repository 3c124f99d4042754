"""What sending a scan does to its round: count, note that the invitation is used, cut the tie. One transaction.

Order of locks, everywhere: the round, the invitation, the scan, the counters.
"""

import hashlib
from datetime import datetime

from django.db import connection

from scans.clock import database_instant
from scans.models import (
    Answer,
    Attribution,
    Invitation,
    MeasurementRound,
    RoundDraft,
    Scan,
    Tally,
    Theme,
)
from scans.scoring import ScoredQuestion, ThemeTally, count_scan, merge, score_scan
from scans.selectors.content import questionnaire_content

from .errors import GroupChanged, RoundClosed

_LOCK_ROUND = "SELECT id FROM scans_measurementround WHERE id = %s"
_SHARE = " FOR SHARE"  # many may send at once; closing waits for them, and they for closing


def lock_draft(scan_id, *, at: datetime | None = None) -> RoundDraft | None:
    """The tie of this scan under lock, or None when it has none (any more).

    Raises RoundClosed. The clock is read after the lock: a sender who waited for the closing finds it closed, and a
    sender who was in time is waited for.
    """
    tie = RoundDraft.objects.select_related("invitation").filter(scan_id=scan_id).first()
    if tie is None:
        return None
    round_id = tie.invitation.measurement_round_id
    share_round(round_id)
    Invitation.objects.select_for_update(no_key=True).filter(pk=tie.invitation_id).first()
    tie = RoundDraft.objects.select_related("invitation", "group").filter(scan_id=scan_id).first()
    if tie is None:
        return None  # sent, closed, withdrawn, or gone with its municipality, while we waited
    measurement_round = MeasurementRound.objects.get(pk=round_id)
    if measurement_round.state != MeasurementRound.State.OPEN or measurement_round.closes_at <= (
        at or database_instant()
    ):
        raise RoundClosed
    return tie


def share_round(round_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_LOCK_ROUND + (_SHARE if connection.vendor == "postgresql" else ""), [round_id])


def count(tie: RoundDraft, scan: Scan, own_secret: str) -> None:
    """Add the scan to the counters of its group, or keep its levels when that was chosen, and cut the tie.

    `tie` is locked by `lock_draft`, `scan` is locked and complete. Raises GroupChanged, and RoundClosed when the
    invitation no longer allows it.
    """
    invitation = tie.invitation
    if invitation.used or invitation.withdrawn:
        raise RoundClosed
    if tie.group_id != invitation.group_id:
        raise GroupChanged
    content = questionnaire_content(scan.questionnaire_id)
    codes = {question.id: question.code for question in content.questions}
    rows = Answer.objects.filter(scan=scan).values_list("question_id", "level", "non_answer")
    answers = {codes[question]: non_answer if level is None else level for question, level, non_answer in rows}
    themes = {
        theme.code: [ScoredQuestion(question.code, question.weight) for question in theme.questions]
        for theme in content.themes
    }
    if tie.group_id is not None:
        _add(tie.group_id, count_scan(themes, answers))
    elif tie.attribute and own_secret:
        _attribute(invitation, own_hash(own_secret), score_scan(themes, answers))
    invitation.used = True
    invitation.save(update_fields=["used"])
    tie.delete()


def _add(group_id: int, counted) -> None:
    tally = Tally.objects.select_for_update(no_key=True).get(pk=group_id)
    total = merge([as_tally(tally.counters), counted])
    tally.counters = as_json(total)
    tally.save(update_fields=["counters"])


FIELDS = ("scored", "units", "asked", "dont_know", "paired", "lead")


def as_json(tally) -> dict[str, list[int]]:
    return {theme: [getattr(counters, field) for field in FIELDS] for theme, counters in tally.items()}


def as_tally(stored: dict[str, list[int]]) -> dict[str, ThemeTally]:
    return {theme: ThemeTally(*numbers) for theme, numbers in stored.items()}


def _attribute(invitation: Invitation, own: str, result) -> None:
    if invitation.counts_as not in invitation.measurement_round.by_consent:
        return
    ids = dict(Theme.objects.values_list("code", "pk"))
    Attribution.objects.bulk_create(
        Attribution(measurement_round_id=invitation.measurement_round_id, role=invitation.counts_as,
                    theme_id=ids[theme.theme], level=theme.level.level, own_hash=own)
        for theme in result.scored
    )  # fmt: skip


def own_hash(secret: str) -> str:
    """Not the hash of the own link: without the secret nobody can lay the two side by side."""
    return hashlib.sha256(f"shown in words:{secret}".encode()).hexdigest()
