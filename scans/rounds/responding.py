"""What an invited person does: open the link, read what others will see, begin, and change the own choice."""

import hashlib
from datetime import datetime

from django.db import transaction

from scans.clock import database_instant, database_today
from scans.models import Attribution, Invitation, MeasurementRound, RoundDraft, Scan
from scans.selectors.content import questionnaire_content

from .counting import own_hash, share_round
from .errors import UnknownInvitation


def hash_secret(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def find_invitation(secret: str, *, at: datetime | None = None) -> Invitation:
    """The living invitation of a mailed secret. Raises UnknownInvitation."""
    return _living(Invitation.objects.filter(secrets__secret_hash=hash_secret(secret)), at)


def living_invitation(public_id: str, *, at: datetime | None = None) -> Invitation:
    """The same, for a session in which it was opened. Raises UnknownInvitation."""
    return _living(Invitation.objects.filter(public_id=public_id), at)


def _living(invitations, at: datetime | None) -> Invitation:
    found = invitations.filter(used=False, withdrawn=False).select_related(
        "measurement_round__municipality", "group", "person", "team"
    ).first()  # fmt: skip
    if found is None or not is_open(found.measurement_round, at):
        raise UnknownInvitation
    return found


def is_open(measurement_round: MeasurementRound, at: datetime | None = None) -> bool:
    """Open, and before the instant: a round that waits to be closed is as good as closed."""
    now = at or database_instant()
    return measurement_round.state == MeasurementRound.State.OPEN and measurement_round.closes_at > now


@transaction.atomic
def begin(public_id: str, *, attribute: bool = False, at: datetime | None = None) -> Scan:
    """The draft of this invitation: a new one, or the one that was begun. Fixes what was shown and chosen.

    Raises UnknownInvitation.
    """
    from scans.services import start_scan  # services counts with us: at the top this would be a circle

    invitation = living_invitation(public_id, at=at)
    share_round(invitation.measurement_round_id)
    Invitation.objects.select_for_update(no_key=True).filter(pk=invitation.pk).first()  # it may have gone meanwhile
    invitation = living_invitation(public_id, at=at)
    may_choose = invitation.group_id is None and invitation.counts_as in invitation.measurement_round.by_consent
    chosen = {"group": invitation.group, "attribute": attribute and may_choose}
    tie = RoundDraft.objects.filter(invitation=invitation).select_related("scan").first()
    if tie is not None and tie.scan.erase_on > database_today():
        RoundDraft.objects.filter(pk=tie.pk).update(**chosen)
        return tie.scan
    if tie is not None:
        tie.delete()  # that draft waits to be erased
    questionnaire = invitation.measurement_round.questionnaires.get(role=invitation.counts_as)
    scan = start_scan(questionnaire_content(questionnaire.pk))  # `at` moves the round, never the life of a scan
    RoundDraft.objects.create(scan=scan, invitation=invitation, **chosen)
    return scan


def in_round(scan_id) -> bool:
    return RoundDraft.objects.filter(scan_id=scan_id).exists()


@transaction.atomic
def leave_round(scan_id) -> None:
    """Go on with a scan of one's own, which is not counted. Leaving twice is the same as once."""
    RoundDraft.objects.filter(scan_id=scan_id).delete()


def report_wrong_role(public_id: str) -> None:
    """Tell the coordinator that role or team is wrong. Raises UnknownInvitation."""
    Invitation.objects.filter(pk=living_invitation(public_id).pk).update(asks_correction=True)


def stop_reminders(public_id: str) -> None:
    """Raises UnknownInvitation."""
    Invitation.objects.filter(pk=living_invitation(public_id).pk).update(no_reminder=True)


def shows_levels(secret: str) -> bool:
    """Whether levels are kept under this own secret. After close there are none any more."""
    return Attribution.objects.filter(own_hash=own_hash(secret)).exists()


@transaction.atomic
def withdraw_levels(secret: str, *, at: datetime | None = None) -> bool:
    """Take back the choice to show the own levels. False when it is too late or was never made."""
    found = Attribution.objects.filter(own_hash=own_hash(secret)).first()
    if found is None:
        return False
    share_round(found.measurement_round_id)
    measurement_round = MeasurementRound.objects.filter(pk=found.measurement_round_id).first()
    if measurement_round is None or not is_open(measurement_round, at):
        return False
    return bool(Attribution.objects.filter(own_hash=own_hash(secret)).delete()[0])
