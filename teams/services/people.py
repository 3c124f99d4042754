"""Teams and people, one at a time."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError, RestrictedError

from teams.models import Person, Team, User
from teams.staff_log import staff_act

from .errors import InUse, NotAllowed
from .scope import lock_municipality


@transaction.atomic
def add_team(actor: User, *, name: str) -> Team:
    """Raises NotAllowed, and ValidationError when a team has this name."""
    team = Team(municipality=lock_municipality(actor), name=name)
    team.full_clean()
    team.save()
    staff_act(actor, "add_team", team)
    return team


@transaction.atomic
def rename_team(actor: User, team: Team, *, name: str) -> None:
    """Raises NotAllowed, and ValidationError when another team has this name."""
    team = _own(actor, Team, team)
    team.name = name
    team.full_clean()
    team.save(update_fields=["name"])
    staff_act(actor, "rename_team", team)


@transaction.atomic
def remove_team(actor: User, team: Team) -> None:
    """Raises NotAllowed, and InUse while it has people or anything else that needs it."""
    _remove(actor, Team, team, "remove_team")


@transaction.atomic
def add_person(actor: User, *, name: str, email: str, team: Team, role: str) -> Person:
    """Raises NotAllowed, and ValidationError when the address is in the list already."""
    municipality = lock_municipality(actor)
    person = Person(municipality=municipality, name=name, email=email.lower(), team=team, role=role)
    _save(actor, person, "add_person")
    return person


@transaction.atomic
def change_person(actor: User, person: Person, *, name: str, email: str, team: Team, role: str) -> None:
    """Raises NotAllowed, and ValidationError when the address belongs to somebody else in the list."""
    person = _own(actor, Person, person)
    person.name, person.email, person.team, person.role = name, email.lower(), team, role
    _save(actor, person, "change_person")


@transaction.atomic
def remove_person(actor: User, person: Person) -> None:
    """Raises NotAllowed, and InUse while a round needs this person."""
    _remove(actor, Person, person, "remove_person")


def _save(actor: User, person: Person, act: str) -> None:
    if person.team.municipality_id != person.municipality_id:
        raise NotAllowed
    person.full_clean()
    person.save()
    staff_act(actor, act, person)


def _own(actor: User, model, thing):
    municipality = lock_municipality(actor)
    found = model.objects.select_for_update().filter(pk=thing.pk, municipality=municipality).first()
    if found is None:
        raise NotAllowed
    return found


def _remove(actor: User, model, thing, act: str) -> None:
    thing = _own(actor, model, thing)
    try:
        thing.delete()
    except (ProtectedError, RestrictedError) as error:
        raise InUse from error
    staff_act(actor, act, thing)


def refusal_text(error: ValidationError) -> str:
    """The Dutch sentences of a refusal, for beside the form."""
    return " ".join(error.messages)
