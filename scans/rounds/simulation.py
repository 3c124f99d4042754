"""A made-up municipality through the real services, and every figure that any member of staff would be shown.

Nothing is kept: it all happens in one transaction that is taken back.
"""

import json
from datetime import datetime, timedelta
from itertools import combinations

from django.conf import settings
from django.db import transaction

from scans import services
from scans.clock import database_instant, local_day
from scans.models import FEWEST, Invitation, NonAnswer, Role, RoundResult
from scans.scoring import Attributed, compare, largest_first, mirror_of
from scans.scoring.groups import SMALL_TEAMS, TEAM
from scans.scoring.publication import DONT_KNOW, MUNICIPALITY, SCORE
from scans.selectors.content import questionnaire_content
from teams.models import Municipality, Person, Team, User
from teams.staff_log import without_staff_log

from . import closing, opening, responding, retention, setup
from .errors import CannotOpen
from .simulated_world import BadWorld, check_world, given

DAYS_BETWEEN = 200  # more than half a year


def simulate(world: dict) -> dict:
    """`world` and the answer as docs/privacy/simulate.md describes them. Raises BadWorld. Writes nothing."""
    check_world(world)
    with without_staff_log(), transaction.atomic():
        rounds = _play(world["rounds"])
        transaction.set_rollback(True)
    return {
        "rounds": [_round(one) for one in rounds],
        "trends": _trends(rounds),
        "mirror": [line for number, one in enumerate(rounds) for line in _mirror(number, one)],
    }


# --- playing ---------------------------------------------------------------------------------------------


def _play(rounds: list[dict]) -> list[dict]:
    """The frozen contents, one per round."""
    municipality = Municipality.objects.create(name="(simulatie)", contact_email="simulatie@example.org")
    actor = User.objects.create_user("simulatie@example.org", municipality=municipality, is_coordinator=True)
    begin = database_instant()
    found = []
    for number, one in enumerate(rounds):
        try:
            found.append(_play_one(actor, number, one, begin + timedelta(days=DAYS_BETWEEN * number)))
        except CannotOpen as refused:
            raise BadWorld(f"round {number}: it cannot open: {refused}") from refused
    return found


def _play_one(actor: User, number: int, one: dict, at: datetime) -> dict:
    people = {str(person["id"]): person for person in one["people"]}
    _invite(actor.municipality, people)
    closes_on = local_day(at) + timedelta(days=14)
    teams = Team.objects.filter(municipality=actor.municipality)
    draft = setup.save_draft(actor, closes_on=closes_on, minimum=one.get("k", FEWEST), teams=teams, at=at)
    measurement_round = opening.open_round(actor, draft, mailed=False, at=at)
    for invitation in Invitation.objects.filter(measurement_round=measurement_round).select_related("person"):
        person = people[invitation.person.name]
        if person.get("answers") is not None:
            _answer(f"round {number}, person {given(person['id'])}", invitation, person, at)
    closing.close_round(measurement_round.pk, at=measurement_round.closes_at)
    erased_on = closes_on + timedelta(days=settings.ROUND_PEOPLE_DAYS)
    retention.erase_people(municipality=actor.municipality, today=erased_on)
    return json.loads(RoundResult.objects.get(measurement_round=measurement_round).content)


def _invite(municipality: Municipality, people: dict[str, dict]) -> None:
    names = {str(person["team"]) for person in people.values()}
    known = {team.name: team for team in municipality.teams.all()}
    known |= {name: Team.objects.create(municipality=municipality, name=name) for name in sorted(names - set(known))}
    Person.objects.bulk_create(
        Person(
            municipality=municipality,
            team=known[str(person["team"])],
            role=person["role"],
            name=name,
            email=f"persoon-{number}@example.org",
        )
        for number, (name, person) in enumerate(people.items())
    )


def _answer(who: str, invitation: Invitation, person: dict, at: datetime) -> None:
    scan = responding.begin(invitation.public_id, attribute=person.get("consent", False), at=at)
    content = questionnaire_content(scan.questionnaire_id)
    answers = {code: str(answer) for code, answer in person["answers"].items()}
    asked = {question.code: question for question in content.questions}
    if unknown := sorted(set(answers) - set(asked)):
        raise BadWorld(f"{who}: not asked of a {person['role']}: {given(unknown)}")
    chosen = dict.fromkeys(asked, NonAnswer.NOT_APPLICABLE.value) | answers  # a scan is sent whole
    services.save_answers(scan.pk, {asked[code].id: answer for code, answer in chosen.items()})
    secret = f"{invitation.public_id:_>43}"  # any 43 characters: nobody ever uses it
    services.submit_scan(scan.pk, in_round=True, own_secret=secret, at=at)


# --- telling ---------------------------------------------------------------------------------------------


def _figure(figure: dict) -> dict:
    shown = closing.as_shown(figure)
    return figure | {"low": float(shown.low), "high": float(shown.high)}


def _round(content: dict) -> dict:
    groups = [group | {"teams": [name for _, name in group["teams"]]} for group in content["groups"]]
    if any(one["group"] == MUNICIPALITY for one in content["figures"] + content["suppressed"]):
        managers = [group for group in groups if group["role"] == Role.CLIENT_MANAGER]
        teams = sorted({name for group in managers for name in group["teams"]})
        groups.append({"id": MUNICIPALITY, "kind": MUNICIPALITY, "role": Role.CLIENT_MANAGER, "teams": teams,
                       "invited": content["client_managers_invited"]})  # fmt: skip
    return {
        "groups": groups,
        "figures": [_figure(one) for one in content["figures"]],
        "attributed": [{key: one[key] for key in ("role", "theme", "level")} for one in content["attributed"]],
        "suppressed": content["suppressed"],
    }


def definitions(content: dict) -> dict[str, tuple]:
    """Group id → what must be equal for two rounds to be compared (rule 8)."""
    found = {
        group["id"]: (group["kind"], group["role"], tuple(public_id for public_id, _ in group["teams"]))
        for group in content["groups"]
    }
    found[MUNICIPALITY] = tuple(sorted(one for one in found.values() if one[1] == Role.CLIENT_MANAGER))
    return found


def scores(content: dict, kind: str = SCORE) -> dict[tuple[str, str], object]:
    """(group, theme) → Shown, for the theme figures that are shown."""
    return {
        (one["group"], one["theme"]): closing.as_shown(one)
        for one in content["figures"]
        if one["kind"] == kind and one["question"] is None
    }


def _trends(rounds: list[dict]) -> list[dict]:
    found = []
    for (first, earlier), (second, later) in combinations(enumerate(rounds), 2):
        before, now, same = scores(earlier), scores(later), definitions(earlier)
        for (group, theme), shown in now.items():
            if (group, theme) in before:
                same_group = same.get(group) == definitions(later)[group]
                if group == MUNICIPALITY:  # and the same teams behind the figure
                    same_group = same_group and _teams_shown(before, theme) == _teams_shown(now, theme)
                trend = compare(theme, before[group, theme], shown, same_group=same_group)
                found.append({"group": group, "theme": theme, "from_round": first, "to_round": second,
                              "shown": trend.change})  # fmt: skip
    return found


def _teams_shown(shown: dict, theme: str) -> set[str]:
    """The groups of client managers that show a figure for this theme: they make up the municipal one."""
    return {group for group, one in shown if one == theme and group.startswith((TEAM, SMALL_TEAMS))}


GROUP_OF_ROLE = {
    Role.CLIENT_MANAGER: MUNICIPALITY,
    Role.POLICY_OFFICER: f"role:{Role.POLICY_OFFICER}",
    Role.MANAGER: f"role:{Role.MANAGER}",
}


def _mirror(number: int, content: dict) -> list[dict]:
    shown, unsure = scores(content), scores(content, DONT_KNOW)
    words = [Attributed(**one) for one in content["attributed"]]
    themes = dict.fromkeys(theme for _, theme in shown) | dict.fromkeys(one.theme for one in words)
    mirrors = [
        mirror_of(
            theme,
            {role.value: shown.get((group, theme)) for role, group in GROUP_OF_ROLE.items()},
            words,
            unsure.get((MUNICIPALITY, theme)),
        )
        for theme in themes
    ]
    return [_mirror_line(number, one, shown, words) for one in largest_first(mirrors)]


def _mirror_line(number: int, mirror, shown, words) -> dict:
    figures = {role: shown.get((group, mirror.theme)) for role, group in GROUP_OF_ROLE.items()}
    levels = {role: ", ".join(one.text for one in words if (one.role, one.theme) == (role, mirror.theme))
              for role in GROUP_OF_ROLE}  # fmt: skip
    return {
        "round": number,
        "theme": mirror.theme,
        "roles": {
            role.value: figure.text if figure else levels[role] or "niet getoond" for role, figure in figures.items()
        },
        "gap": mirror.gap and mirror.gap.text,
        "awareness": mirror.awareness and mirror.awareness.share,
    }
