"""What an import would do, and doing exactly that: all or nothing."""

import hashlib
from dataclasses import astuple, dataclass

from django.db import transaction

from teams.import_file import Row
from teams.models import Municipality, Person, PersonRole, Team, User
from teams.staff_log import staff_act

from .errors import PlanChanged
from .scope import lock_municipality

NEW, CHANGED, SAME = "new", "changed", "same"


@dataclass(frozen=True)
class PlannedRow:
    """One row and what it would do: NEW, CHANGED or SAME; `team_is_new` when its team does not exist yet."""

    row: Row
    what: str
    team_is_new: bool

    @property
    def role_label(self) -> str:
        return PersonRole(self.row.role).label


@dataclass(frozen=True)
class Plan:
    rows: tuple[PlannedRow, ...]
    new_teams: tuple[str, ...]

    @property
    def digest(self) -> str:
        """Says whether two plans do the same."""
        return hashlib.sha256(repr([astuple(row) for row in self.rows]).encode()).hexdigest()

    def count(self, what: str) -> int:
        return sum(planned.what == what for planned in self.rows)


def plan_import(municipality: Municipality, rows: list[Row]) -> Plan:
    """Compare the rows with what is there. People are known by address, teams by name, whatever their capitals."""
    teams = {team.name.lower(): team for team in municipality.teams.all()}
    people = {person.email: person for person in municipality.people.select_related("team")}
    planned, new_teams = [], {}
    for row in rows:
        team = teams.get(row.team.lower())
        if team is None:
            new_teams.setdefault(row.team.lower(), row.team)
        known = people.get(row.email)
        same = known and team and (known.name, known.team_id, known.role) == (row.name, team.pk, row.role)
        planned.append(PlannedRow(row, NEW if known is None else SAME if same else CHANGED, team is None))
    return Plan(tuple(planned), tuple(new_teams.values()))


@transaction.atomic
def apply_import(actor: User, rows: list[Row], digest: str) -> Plan:
    """Do what was shown. People who are not in the file stay as they are.

    Raises NotAllowed, and PlanChanged when the lists changed since the preview, so that it would do something else.
    """
    municipality = lock_municipality(actor)
    plan = plan_import(municipality, rows)
    if plan.digest != digest:
        raise PlanChanged
    Team.objects.bulk_create(Team(municipality=municipality, name=name) for name in plan.new_teams)
    teams = {team.name.lower(): team for team in municipality.teams.all()}
    people = {person.email: person for person in municipality.people.all()}
    new, changed = [], []
    for planned in plan.rows:
        if planned.what == SAME:
            continue
        row = planned.row
        person = people.get(row.email) or Person(municipality=municipality, email=row.email)
        person.name, person.role, person.team = row.name, row.role, teams[row.team.lower()]
        (new if planned.what == NEW else changed).append(person)
    Person.objects.bulk_create(new, batch_size=500)
    Person.objects.bulk_update(changed, ["name", "role", "team"], batch_size=500)
    staff_act(actor, f"import:new={len(new)},changed={len(changed)},teams={len(plan.new_teams)}", municipality)
    return plan
