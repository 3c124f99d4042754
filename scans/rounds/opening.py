"""Opening: from here on the groups, the questionnaires, k and the rules are fixed."""

from datetime import date, datetime

from django.conf import settings
from django.db import connection, transaction

from scans.clock import database_instant, local_day, local_midnight
from scans.models import Group, Invitation, MeasurementRound, OutgoingMail, Questionnaire, Tally
from scans.scoring import people_band
from scans.scoring.publication import POLICY_VERSION
from teams.models import User
from teams.services.scope import lock_municipality
from teams.staff_log import staff_act

from .errors import CannotOpen, NotInThisState, WrongClosingDate
from .setup import LONGEST, people_of, plan_of

BATCH = 500


@transaction.atomic
def open_round(
    actor: User, draft: MeasurementRound, *, mailed: bool = True, at: datetime | None = None
) -> MeasurementRound:
    """Fix the groups, pin the questionnaires, invite everybody. Raises NotAllowed, NotInThisState and CannotOpen.

    `mailed` False is for the simulator only: nothing goes into the outbox, so any mail domain will do.
    """
    municipality = lock_municipality(actor)  # two coordinators, or two clicks, come one after the other
    opening = municipality.rounds.draft().filter(pk=draft.pk).first()
    if opening is None:
        raise NotInThisState
    people = people_of(opening)
    plan = plan_of(opening, people, mailed=mailed, at=at)
    if plan.problems:
        raise CannotOpen(list(plan.problems))
    today = local_day(at or database_instant())
    opening.state, opening.opened_on, opening.policy_version = MeasurementRound.State.OPEN, today, POLICY_VERSION
    opening.by_consent, opening.band, opening.band_on = list(plan.by_consent), people_band(0), today
    opening.save()
    published = Questionnaire.objects.filter(version=settings.QUESTIONNAIRE_VERSION, publication__isnull=False)
    opening.questionnaires.set(published)
    groups = Group.objects.bulk_create(
        Group(
            measurement_round=opening,
            key=one.key,
            kind=one.kind,
            role=one.role,
            teams=[list(team) for team in one.teams],
            invited=one.invited,
        )
        for one in plan.groups
    )
    Tally.objects.bulk_create(Tally(group=group) for group in groups)
    by_key = {group.key: group for group in groups}
    invitations = Invitation.objects.bulk_create(
        (
            Invitation(measurement_round=opening, person=person, email=person.email, role=person.role,
                       counts_as=person.role, team=person.team, group=by_key.get(plan.group_of.get(person.pk)))
            for person in people
        ),
        batch_size=BATCH,
    )  # fmt: skip
    if mailed:
        mails = [OutgoingMail(invitation=one, kind=OutgoingMail.Kind.INVITATION) for one in invitations]
        OutgoingMail.objects.bulk_create(mails, batch_size=BATCH)
    staff_act(actor, "open_round", opening)
    return opening


@transaction.atomic
def extend_round(
    actor: User, measurement_round: MeasurementRound, *, closes_on: date, at: datetime | None = None
) -> MeasurementRound:
    """Close later, never earlier; only before the instant. Raises NotAllowed, NotInThisState and WrongClosingDate."""
    lock_municipality(actor)
    found = MeasurementRound.objects.managed_by(actor).open().select_for_update(**_own_row()).filter(
        pk=measurement_round.pk
    ).first()  # fmt: skip
    if found is None or found.closes_at <= (at or database_instant()):
        raise NotInThisState
    if local_midnight(closes_on) <= found.closes_at or closes_on > found.opened_on + LONGEST:
        raise WrongClosingDate
    found.closes_at = local_midnight(closes_on)
    found.save(update_fields=["closes_at"])
    staff_act(actor, "extend_round", found)
    return found


def _own_row() -> dict:
    return {"of": ("self",)} if connection.features.has_select_for_update_of else {}
