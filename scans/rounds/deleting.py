"""Deleting a municipality whole: the one exception to "a closed round never changes".

Scans stay: a sent scan is tied to nothing here, and a draft loses its tie and goes on as a scan of one's own
(docs/decisions/0010).
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from scans.models import Invitation, MeasurementRound, OutgoingMail
from teams import sessions
from teams.models import AccountInvitation, Municipality, PasswordLink, PasswordRequest, User
from teams.services.scope import lock_municipality
from teams.staff_log import staff_act

from .selectors import last_day_of


@dataclass(frozen=True)
class WhatGoes:
    """What the coordinator reads before deleting. Nothing here depends on who answered."""

    name: str
    teams: int
    people: int
    rounds: int
    accounts: int
    open_until: date | None  # the last day of the round that is open


def what_goes(municipality: Municipality) -> WhatGoes:
    """Five queries, whatever the size."""
    is_open = municipality.rounds.open().first()
    return WhatGoes(
        name=municipality.name,
        teams=municipality.teams.count(),
        people=municipality.people.count(),
        rounds=municipality.rounds.count(),
        accounts=municipality.users.count(),
        open_until=last_day_of(is_open) if is_open else None,
    )


@transaction.atomic
def delete_municipality(actor: User) -> None:
    """Delete the municipality of this coordinator with everything in it. Raises NotAllowed; the second of two
    coordinators finds nothing left.
    """
    _delete(lock_municipality(actor), by=actor)


@transaction.atomic
def delete_from_command_line(public_id: str) -> bool:
    """The same for whoever runs the site. False when it is not there (any more)."""
    municipality = Municipality.objects.select_for_update(no_key=True).filter(public_id=public_id).first()
    if municipality is None:
        return False
    _delete(municipality, by="command-line")
    return True


def _delete(municipality: Municipality, *, by) -> None:
    _lock_everything(municipality)
    sessions.erase_sessions_of(list(municipality.users.values_list("pk", flat=True)))
    staff_act(by, "delete_municipality", municipality)
    municipality.delete()  # the rest hangs on it: see on_delete in the models


def _lock_everything(municipality: Municipality) -> None:
    """Wait for everybody who is writing something that hangs on this municipality; its own row is locked already.

    Who comes later finds nothing. The order is that of the other verbs: an account that is being made, the round (of
    who sends, begins and closes), its invitations, a mail that is being handed over, then requests, links, accounts.
    Only the last lock is also against new keys: such a key is looked at when its writer commits, and that writer may
    hold what we wait for.
    """
    _lock(AccountInvitation, municipality=municipality)
    rounds = _lock(MeasurementRound, municipality=municipality)
    invitations = _lock(Invitation, measurement_round__in=rounds)
    _lock(OutgoingMail, invitation__in=invitations)
    users = User.objects.filter(municipality=municipality)
    requests = _lock(PasswordRequest, email__in=list(users.values_list("email", flat=True)))
    PasswordRequest.objects.filter(pk__in=requests).delete()
    _lock(PasswordLink, user__in=list(users.values_list("pk", flat=True)))
    _lock(User, no_key=False, municipality=municipality)


def _lock(model, *, no_key: bool = True, **which) -> list:
    rows = model.objects.filter(**which).order_by("pk").select_for_update(no_key=no_key)
    return list(rows.values_list("pk", flat=True))
