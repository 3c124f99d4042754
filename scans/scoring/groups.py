"""Who is counted with whom: fixed, disjoint groups, made once when a round opens (rule 4 of policy.md)."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

MIN_GROUP = 5  # a round may ask for more, never for less

CLIENT_MANAGER, POLICY_OFFICER, MANAGER = "client_manager", "policy_officer", "manager"
ROLES = (CLIENT_MANAGER, POLICY_OFFICER, MANAGER)

TEAM, SMALL_TEAMS, ROLE = "team", "small_teams", "role"  # the kinds of group

# Why somebody falls outside every group; the words are for the page before the first question.
SMALL_TEAM_OUTSIDE, SMALL_ROLE_OUTSIDE = "small_team", "small_role"
OTHERWISE_BEFORE = "otherwise_before"
OUTSIDE_WORDS = {
    SMALL_TEAM_OUTSIDE: "Je team is te klein om te tellen, ook samen met andere kleine teams. "
    "Je antwoorden komen in geen enkel cijfer.",
    SMALL_ROLE_OUTSIDE: "Er zijn te weinig mensen met jouw rol uitgenodigd. "
    "Je antwoorden komen in geen enkel cijfer. Je kunt er zelf voor kiezen om je niveaus in woorden te laten zien.",
    OTHERWISE_BEFORE: "Een eerdere ronde liet jouw rol anders zien: met een cijfer, of juist met niveaus. "
    "Samen zouden die iets over één persoon kunnen zeggen. Je antwoorden komen in geen enkel cijfer.",
}


@dataclass(frozen=True)
class Invited:
    """One invited person: own id, id of the team, and the role (one of ROLES)."""

    person: str
    team: str
    role: str


@dataclass(frozen=True)
class Group:
    """People whose answers are only ever counted together. `teams` is sorted; empty for a role group."""

    kind: str
    role: str
    teams: tuple[str, ...]
    members: frozenset[str]

    @property
    def definition(self) -> tuple[str, str, tuple[str, ...]]:
        """What makes it the same group in another round: not its people, but what it is a group of."""
        return (self.kind, self.role, self.teams)

    @property
    def id(self) -> str:
        """A name that is unique within one round: "team:7", "small_teams" or "role:manager"."""
        names = {TEAM: f"{TEAM}:{','.join(self.teams)}", SMALL_TEAMS: SMALL_TEAMS, ROLE: f"{ROLE}:{self.role}"}
        return names[self.kind]


@dataclass(frozen=True)
class Outside:
    """Somebody in no group, so in no figure; `reason` is a key of OUTSIDE_WORDS."""

    person: str
    reason: str


def why_outside(role: str, by_consent: Collection[str]) -> str:
    """Why somebody of this role is in no group (a key of OUTSIDE_WORDS), once it is known which roles may choose."""
    if role == CLIENT_MANAGER:
        return SMALL_TEAM_OUTSIDE
    return SMALL_ROLE_OUTSIDE if role in by_consent else OTHERWISE_BEFORE


@dataclass(frozen=True)
class Grouping:
    """Every invited person is in one group or outside. `by_consent`: roles that may be attributed (rule 5)."""

    groups: tuple[Group, ...]
    outside: tuple[Outside, ...]
    by_consent: tuple[str, ...]

    def group_of(self, person: str) -> Group | None:
        return next((group for group in self.groups if person in group.members), None)


def form_groups(
    invited: Iterable[Invited], k: int, *, figure_before: Collection[str] = (), levels_before: Collection[str] = ()
) -> Grouping:
    """Divide the invited people into groups of at least `k` of them.

    Client managers: a group per team with k or more; the smaller teams together when they make k; else outside.
    Policy officers and managers: one group per role with k or more; else outside, and attributable by consent
    (also when nobody is invited: an empty role must look like a silent one).
    A role shows either figures or levels, in all rounds together: `figure_before` holds the roles of which an earlier
    round showed a figure, `levels_before` those of which it showed levels. Four known levels beside a figure of five
    would leave the fifth.
    Raises ValueError for k below 5, for an unknown role and for a person who is invited twice.
    """
    if k < MIN_GROUP:
        raise ValueError(f"a group has at least {MIN_GROUP} people, not {k}")
    people = sorted(invited, key=lambda one: (one.role, one.team, one.person))
    if len({one.person for one in people}) < len(people):
        raise ValueError("a person has one team and one role per round")
    if unknown := {one.role for one in people} - set(ROLES):
        raise ValueError(f"unknown role: {', '.join(sorted(unknown))}")
    groups, outside = _client_managers([one for one in people if one.role == CLIENT_MANAGER], k)
    by_consent = []
    for role in (POLICY_OFFICER, MANAGER):
        members = frozenset(one.person for one in people if one.role == role)
        if len(members) >= k and role not in levels_before:
            groups.append(Group(ROLE, role, (), members))
        elif len(members) >= k or role in figure_before:
            outside += [Outside(person, OTHERWISE_BEFORE) for person in sorted(members)]
        else:
            by_consent.append(role)
            outside += [Outside(person, SMALL_ROLE_OUTSIDE) for person in sorted(members)]
    return Grouping(tuple(groups), tuple(outside), tuple(by_consent))


def _client_managers(people: list[Invited], k: int) -> tuple[list[Group], list[Outside]]:
    teams: dict[str, set[str]] = defaultdict(set)
    for one in people:
        teams[one.team].add(one.person)
    large = sorted(team for team, members in teams.items() if len(members) >= k)
    small = tuple(sorted(set(teams) - set(large)))
    groups = [Group(TEAM, CLIENT_MANAGER, (team,), frozenset(teams[team])) for team in large]
    together = frozenset(person for team in small for person in teams[team])
    if len(together) >= k:
        return [*groups, Group(SMALL_TEAMS, CLIENT_MANAGER, small, together)], []
    return groups, [Outside(person, SMALL_TEAM_OUTSIDE) for person in sorted(together)]
