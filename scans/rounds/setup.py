"""Setting up: the draft of a round, and what it would become. A coordinator may change everything until it opens."""

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction

from scans.clock import database_instant, local_day, local_midnight
from scans.models import FEWEST, MeasurementRound, Role, RoundResult
from scans.scoring import Group, Invited, form_groups
from scans.scoring.groups import OUTSIDE_WORDS, SMALL_TEAMS, TEAM
from teams.models import Municipality, Person, User
from teams.services.scope import lock_municipality
from teams.staff_log import staff_act

from .errors import NotInThisState, WrongClosingDate

LONGEST = timedelta(days=120)  # from opening to closing, extensions included
MONTHS_BETWEEN = 6


@dataclass(frozen=True)
class PlannedGroup:
    """A group that will exist. `name` in words; `teams` [(public id, name)]; `invited` a number, for the preview."""

    key: str
    name: str
    kind: str
    role: str
    teams: tuple[tuple[str, str], ...]
    invited: int


@dataclass(frozen=True)
class Plan:
    """What a draft would become if it opened now. `problems`: why it cannot, as Dutch sentences."""

    groups: tuple[PlannedGroup, ...]
    outside: tuple[tuple[str, str], ...]  # (name of the person, why)
    by_consent: tuple[str, ...]
    people: int
    problems: tuple[str, ...]
    group_of: dict[int, str]  # person → key of the group


@transaction.atomic
def save_draft(actor: User, *, closes_on: date, minimum: int, teams, at: datetime | None = None) -> MeasurementRound:
    """Make or change the draft. Its people are the client managers, policy officers and managers of these teams.

    `closes_on`: the round closes at 00:00 of this day. Raises NotAllowed, WrongClosingDate, and ValidationError for k
    below 5 or a team of another municipality.
    """
    municipality = lock_municipality(actor)
    check_closing(closes_on, at or database_instant())
    draft = municipality.rounds.draft().first() or MeasurementRound(municipality=municipality)
    draft.closes_at, draft.minimum = local_midnight(closes_on), minimum
    draft.validate_constraints()
    draft.save()
    draft.teams.set(municipality.teams.filter(pk__in=[team.pk for team in teams]))
    staff_act(actor, "save_round", draft)
    return draft


@transaction.atomic
def delete_draft(actor: User, draft: MeasurementRound) -> None:
    """Raises NotAllowed, and NotInThisState when it is no draft any more."""
    lock_municipality(actor)
    found = MeasurementRound.objects.managed_by(actor).draft().filter(pk=draft.pk).first()
    if found is None:
        raise NotInThisState
    staff_act(actor, "delete_round", found)
    found.delete()


def last_setup(municipality: Municipality) -> dict:
    """What a new draft begins with: the draft that is there, or the last round. k and teams; dates are new."""
    rounds = municipality.rounds.order_by("-opened_on", "-pk")
    last = rounds.draft().first() or rounds.exclude(state=MeasurementRound.State.DRAFT).first()
    if last is None:
        return {"minimum": FEWEST, "teams": list(municipality.teams.all())}
    teams = list(last.teams.all()) or list(municipality.teams.all())
    found = {"minimum": last.minimum, "teams": teams}
    if last.state == MeasurementRound.State.DRAFT:
        found["closes_on"] = local_day(last.closes_at)
    return found


def check_closing(closes_on: date, now: datetime, opened_on: date | None = None) -> None:
    """Raises WrongClosingDate. A round closes at a midnight that is still to come, within LONGEST of its opening."""
    if local_midnight(closes_on) <= now or closes_on > (opened_on or local_day(now)) + LONGEST:
        raise WrongClosingDate


def latest_day(opened_on: date | None = None) -> date:
    """The last day on which answers could count in a round that opened on this day, or opens today."""
    return (opened_on or local_day(database_instant())) + LONGEST - timedelta(days=1)


def months_later(day: date, months: int) -> date:
    """The same day of the month so many months on; the last day where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    raise ValueError(day)


def people_of(draft: MeasurementRound) -> list[Person]:
    """Everybody who would be invited, in the order of their names: it tells nothing about anything else."""
    people = Person.objects.filter(municipality=draft.municipality_id, team__in=draft.teams.all())
    return list(people.select_related("team").order_by("name", "pk"))


def plan_of(
    draft: MeasurementRound, people: list[Person] | None = None, *, mailed: bool = True, at: datetime | None = None
) -> Plan:
    """The groups that will exist, who falls outside, and what stands in the way. Writes nothing. `mailed` as in
    `opening.open_round`.
    """
    people = people_of(draft) if people is None else people
    invited = [Invited(str(person.pk), person.team.public_id, person.role) for person in people]
    grouping = form_groups(invited, draft.minimum, **_shown_before(draft.municipality_id))
    team_names = {person.team.public_id: person.team.name for person in people}
    names = {str(person.pk): person.name for person in people}
    return Plan(
        groups=tuple(_planned(group, team_names) for group in grouping.groups),
        outside=tuple((names[one.person], OUTSIDE_WORDS[one.reason]) for one in grouping.outside),
        by_consent=grouping.by_consent,
        people=len(people),
        problems=(
            *_problems(draft, people, at or database_instant()),
            *(_domain_problems(people) if mailed else ()),
        ),
        group_of={int(person): group.id for group in grouping.groups for person in group.members},
    )


def _shown_before(municipality_id: int) -> dict[str, set[str]]:
    """The roles of which closed rounds showed a figure, and those of which they showed levels: frozen results."""
    found = {"figure_before": set(), "levels_before": set()}
    results = RoundResult.objects.filter(measurement_round__municipality=municipality_id)
    for text in results.values_list("content", flat=True):
        content = json.loads(text)
        shown = {one["group"] for one in content["figures"]}
        found["figure_before"] |= {one["role"] for one in content["groups"] if one["id"] in shown}
        found["levels_before"] |= {one["role"] for one in content["attributed"]}
    return found


def _planned(group: Group, team_names: dict[str, str]) -> PlannedGroup:
    teams = tuple((team, team_names[team]) for team in group.teams)
    return PlannedGroup(group.id, group_name(group.kind, group.role, teams), group.kind, group.role, teams,
                        len(group.members))  # fmt: skip


def group_name(kind: str, role: str, teams) -> str:
    """A group in words, from what was fixed at opening."""
    if kind == TEAM:
        return f"klantmanagers van {teams[0][1]}"
    if kind == SMALL_TEAMS:
        return "klantmanagers van de kleine teams samen: " + ", ".join(sorted(name for _, name in teams))
    return {Role.POLICY_OFFICER: "beleidsmedewerkers van de gemeente", Role.MANAGER: "managers van de gemeente"}[role]


def _problems(draft: MeasurementRound, people: list[Person], now: datetime) -> list[str]:
    found = []
    if not people:
        found.append("In deze teams staat nog niemand. Voeg eerst mensen toe.")
    try:
        check_closing(local_day(draft.closes_at), now)
    except WrongClosingDate:
        found.append("De laatste dag is voorbij of ligt te ver weg. Kies een andere.")
    rounds = MeasurementRound.objects.filter(municipality=draft.municipality_id)
    if rounds.open().exists():
        found.append("Er loopt al een ronde. Pas als die gesloten is, kan de volgende open.")
    last = rounds.exclude(opened_on=None).order_by("-opened_on").first()
    if last and local_day(now) < (first := months_later(last.opened_on, MONTHS_BETWEEN)):
        found.append(f"Tussen twee rondes zit minstens een half jaar. De volgende kan open vanaf {first:%d-%m-%Y}.")
    return found


def _domain_problems(people: list[Person]) -> list[str]:
    domains = defaultdict(int)
    for person in people:
        if not may_mail(person.email):
            domains[person.email.rpartition("@")[2]] += 1
    return [
        f"Naar @{domain} mag deze site niet mailen ({number} adressen). Vraag de beheerder dit aan te zetten."
        for domain, number in domains.items()
    ]


def may_mail(email: str) -> bool:
    """Whether the operator lets invitations go to this domain. Development sends nothing and lets every domain."""
    allowed = settings.ROUND_MAIL_DOMAINS
    return not allowed and not settings.PRODUCTION or email.rpartition("@")[2].lower() in allowed
