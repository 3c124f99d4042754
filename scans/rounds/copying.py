"""Taking over the set-up of the last round: teams, k and how long it ran. People are erased some time after a round
closes, so they come from the list as it is now.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count

from scans.clock import database_instant, local_day
from scans.models import FEWEST, Group, MeasurementRound
from teams.models import Municipality, User
from teams.services.scope import lock_municipality

from .errors import NothingToCopy
from .selectors import last_day_of
from .setup import LONGEST, MONTHS_BETWEEN, months_later, save_draft


@dataclass(frozen=True)
class LastSetup:
    """What would be copied, and what has to be given again. Names in their order, not in that of anything else."""

    last_day: date  # of that round
    days: int
    new_last_day: date
    minimum: int
    teams: tuple[str, ...]  # still there
    gone: tuple[str, ...]  # counted then, and removed since
    others: tuple[str, ...]  # there now, and not in that round
    empty: tuple[str, ...]  # teams that nobody is in now
    people: int  # in these teams now
    erased: bool  # the people of that round were erased
    first_day: date | None  # when a next round may open, while that is still to come


def last_setup_of(municipality: Municipality, *, at: datetime | None = None) -> LastSetup | None:
    """None when there is nothing to copy: no round has closed, another is open, or a draft is there already."""
    rounds = municipality.rounds
    last = rounds.closed().order_by("-opened_on", "-pk").first()
    if last is None or rounds.exclude(state=MeasurementRound.State.CLOSED).exists():
        return None
    chosen = list(last.teams.annotate(size=Count("people")).order_by("name"))
    days = (local_day(last.closes_at) - last.opened_on).days
    first_day = months_later(last.opened_on, MONTHS_BETWEEN)
    today = local_day(at or database_instant())
    return LastSetup(
        last_day=last_day_of(last),
        days=days,
        new_last_day=_closes_on(today, first_day, days) - timedelta(days=1),
        minimum=max(last.minimum, FEWEST),
        teams=tuple(team.name for team in chosen),
        gone=_gone(last),
        others=tuple(sorted(team.name for team in municipality.teams.all() if team not in chosen)),
        empty=tuple(team.name for team in chosen if not team.size),
        people=sum(team.size for team in chosen),
        erased=not last.invitations.exists(),
        first_day=first_day if first_day > today else None,
    )


def _closes_on(today: date, first_day: date, days: int) -> date:
    """As long as the last time, counted from when it may open; never further away than a draft may close."""
    return min(max(today, first_day) + timedelta(days=days), today + LONGEST)


def _gone(last: MeasurementRound) -> tuple[str, ...]:
    """Teams that were counted in that round and are no longer there, by the name that they then had."""
    counted = {tuple(team) for teams in Group.objects.filter(measurement_round=last).values_list("teams", flat=True)
               for team in teams}  # fmt: skip
    there = set(last.municipality.teams.values_list("public_id", flat=True))
    return tuple(sorted(name for public_id, name in counted if public_id not in there))


@transaction.atomic
def copy_last_setup(actor: User, *, at: datetime | None = None) -> MeasurementRound:
    """A draft with the teams, the k and the length of the last round. Raises NotAllowed, and NothingToCopy also when
    none of those teams is left or a colleague was quicker.
    """
    municipality = lock_municipality(actor)
    found = last_setup_of(municipality, at=at)
    if found is None or not found.teams:
        raise NothingToCopy
    closes_on = found.new_last_day + timedelta(days=1)
    teams = municipality.teams.filter(name__in=found.teams)
    return save_draft(actor, closes_on=closes_on, minimum=found.minimum, teams=teams, at=at)
