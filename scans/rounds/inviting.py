"""What a coordinator does during a round. Nothing here tells, by its answer or by what it shows, who has answered."""

from datetime import datetime

from django.db import transaction

from scans.clock import database_instant
from scans.models import Group, Invitation, MeasurementRound, OutgoingMail, RoundDraft
from teams.models import Team, User
from teams.services.errors import NotAllowed
from teams.services.scope import lock_municipality
from teams.staff_log import staff_act

from .errors import NotInThisState


@transaction.atomic
def withdraw(actor: User, invitation: Invitation, *, at: datetime | None = None) -> None:
    """Always accepted. Who has answered stays counted; who has not can no longer answer. Raises NotAllowed."""
    own = _lock(actor, invitation, at)
    own.withdrawn = True
    own.save(update_fields=["withdrawn"])
    RoundDraft.objects.filter(invitation=own).delete()
    own.mails.filter(status=OutgoingMail.Status.WAITING).delete()
    staff_act(actor, "withdraw_round_invitation", own)


@transaction.atomic
def correct(actor: User, invitation: Invitation, *, role: str, team: Team, at: datetime | None = None) -> None:
    """Set another role or team. Always accepted and shown; where answers are counted changes only while unused.

    The groups stay as they were at opening: the person moves to the one that fits, or to none. A draft of another
    role goes on as a scan of one's own, so nothing that was saved is lost. Raises NotAllowed and NotInThisState.
    """
    own = _lock(actor, invitation, at)
    if team.municipality_id != own.measurement_round.municipality_id:
        raise NotAllowed
    # The same statements whether or not the person has answered: how long this takes must not tell it.
    fits, changes_role = fitting_group(own.measurement_round, role, team), own.role != role
    own.role, own.team, own.asks_correction = role, team, False
    if not own.used:
        own.counts_as, own.group = role, fits
    if changes_role:  # who has sent has no draft any more
        RoundDraft.objects.filter(invitation=own).delete()
    own.save(update_fields=["role", "team", "asks_correction", "counts_as", "group"])
    staff_act(actor, "correct_round_invitation", own)


def fitting_group(measurement_round: MeasurementRound, role: str, team: Team) -> Group | None:
    """The group of the opening in which somebody with this role and team would be counted."""
    return next((group for group in measurement_round.groups.all() if group.takes(role, team.public_id)), None)


@transaction.atomic
def remind(actor: User, measurement_round: MeasurementRound, *, at: datetime | None = None) -> None:
    """A reminder to everybody who was invited, whether or not they answered. Who opted out gets a row like everybody
    else, for the status must not tell who did, and no mail. Raises NotAllowed and NotInThisState.
    """
    lock_municipality(actor)
    found = MeasurementRound.objects.managed_by(actor).open().filter(pk=measurement_round.pk).first()
    if found is None or found.closes_at <= (at or database_instant()):
        raise NotInThisState
    asked = found.invitations.filter(withdrawn=False)
    mails = [OutgoingMail(invitation=one, kind=OutgoingMail.Kind.REMINDER) for one in asked]
    OutgoingMail.objects.bulk_create(mails, batch_size=500, ignore_conflicts=True)  # one that waits is enough
    staff_act(actor, "remind_round", found)


@transaction.atomic
def send_again(actor: User, invitation: Invitation, *, at: datetime | None = None) -> None:
    """Somebody decided to mail this address once more, for instance after "onzeker". Raises as `withdraw`."""
    own = _lock(actor, invitation, at)
    if not own.withdrawn:
        mail = OutgoingMail(invitation=own, kind=OutgoingMail.Kind.INVITATION)
        OutgoingMail.objects.bulk_create([mail], ignore_conflicts=True)
    staff_act(actor, "mail_round_invitation_again", own)


def _lock(actor: User, invitation: Invitation, at: datetime | None) -> Invitation:
    """The invitation under lock, within an open round of the own municipality."""
    lock_municipality(actor)
    own_rounds = MeasurementRound.objects.managed_by(actor)
    found = Invitation.objects.select_for_update(no_key=True).filter(
        pk=invitation.pk, measurement_round__in=own_rounds
    ).first()  # fmt: skip
    if found is None:
        raise NotAllowed
    measurement_round = found.measurement_round
    if measurement_round.state != MeasurementRound.State.OPEN or measurement_round.closes_at <= (
        at or database_instant()
    ):
        raise NotInThisState
    return found
