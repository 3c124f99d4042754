"""Read what was frozen when a round closed. The only door of this package to a round; `remembered` stays shut."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.shortcuts import get_object_or_404

from advice.selectors import AdviceContent, advice_content
from scans.models import MeasurementRound, Questionnaire, Role, RoundResult
from scans.rounds.closing import as_shown
from scans.rounds.selectors import last_day_of
from scans.rounds.setup import group_name
from scans.scoring import Attributed, Shown
from scans.scoring.groups import SMALL_TEAMS, TEAM
from scans.scoring.publication import DIFFERENCE, DONT_KNOW, MUNICIPALITY, REASON_WORDS, SCORE, TOO_FEW
from scans.selectors.content import QuestionnaireContent, ThemeContent, questionnaire_content

MUNICIPAL_NAME = "klantmanagers van alle teams die te zien zijn"


@dataclass(frozen=True)
class FrozenGroup:
    """A group as it was fixed at opening. `number`: its place in the result, for addresses; `short`: for a column."""

    number: int
    key: str
    kind: str
    role: str
    teams: tuple[tuple[str, str], ...]
    invited: str
    name: str
    short: str

    @property
    def definition(self) -> tuple:
        return (self.kind, self.role, tuple(public_id for public_id, _ in self.teams))


@dataclass(frozen=True)
class ResultLine:
    """A closed round in the list."""

    public_id: str
    last_day: date


@dataclass(frozen=True)
class Frozen:
    """One closed round: the shown figures, the reasons where nothing is shown, and the content that was asked."""

    public_id: str
    sha256: str
    text: str
    policy: str
    minimum: int
    opened_on: date
    last_day: date
    versions: tuple[tuple[str, str], ...]
    groups: tuple[FrozenGroup, ...]
    municipal: FrozenGroup
    scores: dict[tuple[str, str], Shown]
    dont_know: dict[tuple[str, str], Shown]
    leads: dict[tuple[str, str, str], Shown]
    reasons: dict[tuple[str, str, str], str]
    attributed: tuple[Attributed, ...]
    contents: dict[str, QuestionnaireContent]
    municipality_name: str = ""  # as it was when the round closed

    @cached_property
    def themes(self) -> tuple[ThemeContent, ...]:
        """Every theme of any role, in the order of the themes."""
        found = {theme.code: theme for content in self.contents.values() for theme in content.themes}
        return tuple(sorted(found.values(), key=lambda theme: theme.position))

    @cached_property
    def team_groups(self) -> tuple[FrozenGroup, ...]:
        """Groups of client managers by name (never by figure), the small teams last."""
        found = [group for group in self.groups if group.role == Role.CLIENT_MANAGER]
        return tuple(sorted(found, key=lambda group: (group.kind != TEAM, group.short.lower(), group.number)))

    @cached_property
    def listed_groups(self) -> tuple[FrozenGroup, ...]:
        """Every group: the teams, then policy officers and managers."""
        others = [group for group in self.groups if group.role != Role.CLIENT_MANAGER]
        return (*self.team_groups, *sorted(others, key=lambda group: group.name))

    def group(self, number: int) -> FrozenGroup | None:
        """0 is the municipality."""
        return next((one for one in (self.municipal, *self.groups) if one.number == number), None)

    def score(self, group: str, theme: str) -> Shown | None:
        return self.scores.get((group, theme))

    def reason(self, group: str, theme: str, kind: str = SCORE) -> str:
        """Why nothing is shown, in words. Says nothing that the frozen result does not say."""
        return REASON_WORDS[self.reasons.get((group, theme, kind), TOO_FEW)]

    def definition(self, group: FrozenGroup) -> tuple:
        """What must be equal for two rounds to be compared (rule 8)."""
        if group.key != MUNICIPALITY:
            return group.definition
        return tuple(sorted(one.definition for one in self.groups if one.role == Role.CLIENT_MANAGER))

    def behind(self, group: FrozenGroup, theme: str) -> frozenset[tuple]:
        """Whose figures make up that of this group: for the municipality the teams that are shown for the theme."""
        if group.key != MUNICIPALITY:
            return frozenset({group.definition})
        return frozenset(one.definition for one in self.team_groups if self.score(one.key, theme))

    def advice(self, role: str) -> AdviceContent:
        return advice_content(self.contents[role].id)


def result_lines(municipality) -> tuple[ResultLine, ...]:
    """Newest first. A list of dates reads no figures: those of one round cost as much as a page."""
    rows = closed_results(municipality).only("measurement_round__public_id", "measurement_round__closes_at")
    rounds = [row.measurement_round for row in rows]
    return tuple(ResultLine(one.public_id, last_day_of(one)) for one in rounds)


def closed_results(municipality):
    """Results of closed rounds of this municipality, newest first; never with what is remembered."""
    found = RoundResult.objects.filter(
        measurement_round__municipality=municipality, measurement_round__state=MeasurementRound.State.CLOSED
    )
    return found.select_related("measurement_round").order_by("-measurement_round__opened_on", "-pk").only(
        "content", "sha256", "policy_version", "questionnaires", "measurement_round__public_id",
        "measurement_round__opened_on",
    )  # fmt: skip


def frozen_or_404(municipality, public_id: str) -> Frozen:
    """A round that is open, of somebody else, or not there at all: the same 404."""
    result = get_object_or_404(closed_results(municipality), measurement_round__public_id=public_id)
    return thaw([result])[0]


def frozen_until(municipality, last: Frozen) -> tuple[Frozen, ...]:
    """The closed rounds up to and including this one, oldest first: a later round does not change this page."""
    found = closed_results(municipality).filter(measurement_round__opened_on__lte=last.opened_on)
    rounds = [one for one in thaw(reversed(found)) if one.opened_on < last.opened_on]
    return (*rounds, last)


def thaw(results) -> list[Frozen]:
    """One query for the questionnaires of all of them together."""
    results = list(results)
    wanted = {tuple(one) for result in results for one in result.questionnaires}
    rows = Questionnaire.objects.filter(version__in={version for _, version in wanted})
    ids = {(role, version): pk for pk, role, version in rows.values_list("pk", "role", "version")}
    return [_thaw(result, ids) for result in results]


def _thaw(result: RoundResult, ids: dict) -> Frozen:
    content = json.loads(result.content)
    versions = tuple((role, version) for role, version in result.questionnaires)
    figures = [(one, as_shown(one)) for one in content["figures"]]
    groups = tuple(_group(number, one) for number, one in enumerate(content["groups"], 1))
    municipal = FrozenGroup(
        0, MUNICIPALITY, MUNICIPALITY, Role.CLIENT_MANAGER.value, (), content["client_managers_invited"],
        MUNICIPAL_NAME, "Gemeente",
    )  # fmt: skip
    return Frozen(
        public_id=result.measurement_round.public_id,
        sha256=result.sha256,
        text=result.content,
        policy=content["policy"],
        minimum=content["k"],
        opened_on=date.fromisoformat(content["opened_on"]),
        last_day=date.fromisoformat(content["last_day"]),
        versions=versions,
        groups=groups,
        municipal=municipal,
        scores={(one["group"], one["theme"]): shown for one, shown in figures if one["kind"] == SCORE},
        dont_know={(one["group"], one["theme"]): shown for one, shown in figures if one["kind"] == DONT_KNOW},
        leads={
            (one["group"], one["theme"], one["question"]): shown
            for one, shown in figures
            if one["kind"] == DIFFERENCE
        },
        reasons={(one["group"], one["theme"], one["kind"]): one["reason"] for one in content["suppressed"]},
        attributed=tuple(Attributed(**one) for one in content["attributed"]),
        contents={role: questionnaire_content(ids[role, version]) for role, version in versions},
        municipality_name=content.get("municipality", ""),
    )


def _group(number: int, one: dict) -> FrozenGroup:
    teams = tuple((public_id, name) for public_id, name in one["teams"])
    name = group_name(one["kind"], one["role"], teams)
    short = {TEAM: teams[0][1] if teams else "", SMALL_TEAMS: "Kleine teams samen"}.get(one["kind"], name)
    return FrozenGroup(number, one["id"], one["kind"], one["role"], teams, one["invited"], name, short)
