"""Retention: people, addresses and invitations of a round go a set number of days after it closed."""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction

from scans.clock import database_instant, local_day, local_midnight
from scans.models import Group, Invitation, MeasurementRound
from teams.models import Municipality, Person


@transaction.atomic
def erase_people(*, municipality: Municipality | None = None, today: date | None = None) -> int:
    """Erase the invitations of rounds that closed settings.ROUND_PEOPLE_DAYS days ago or longer, and the people in
    them whom no other round needs. Returns how many people. The frozen results stay: they name nobody.

    `municipality` is for who passes another `today`, the simulator and the demo: the time of nobody else has come.
    """
    today = today or local_day(database_instant())
    latest = local_midnight(today - timedelta(days=settings.ROUND_PEOPLE_DAYS))
    over = MeasurementRound.objects.closed().filter(closes_at__lte=latest, invitations__isnull=False).distinct()
    if municipality is not None:
        over = over.filter(municipality=municipality)
    rounds = list(over.values_list("pk", flat=True))
    if not rounds:
        return 0
    # One at a time: another process that erases, or a municipality that is being deleted.
    list(MeasurementRound.objects.filter(pk__in=rounds).order_by("pk").select_for_update())
    invitations = Invitation.objects.filter(measurement_round__in=rounds)
    people = list(invitations.values_list("person_id", flat=True).distinct())
    invitations.delete()
    erased, _ = Person.objects.filter(pk__in=people, invitations__isnull=True).delete()
    # The exact number of people invited was only for the pages beforehand; the result holds a band.
    Group.objects.filter(measurement_round__in=rounds).update(invited=0)
    return erased
