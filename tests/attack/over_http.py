"""The adversary over HTTP: opens everything that staff can open, writes the figures down, and solves for a person."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from random import Random

from advice.selectors import advice_content
from scans.clock import database_instant
from scans.models import Questionnaire, Role, Theme
from scans.scoring import Group, Invited
from scans.selectors.content import current_questionnaire, questionnaire_content
from teams.models import Person
from tests.attack import town as towns
from tests.attack.adversary import (
    Breach,
    Known,
    breaches_of,
    isolated,
    levels,
    mean_known,
    score_parts,
    scored,
    targets,
)
from tests.attack.explained import (
    Reasons,
    content_texts,
    in_words,
    of_result,
    of_the_number_of_rounds,
    short_phrases,
    unexplained,
)
from tests.attack.harvest import Served, crawl
from tests.attack.public_table import NotInTheTable
from tests.attack.readings import DIFFERENCE, SCORE, Frozen, Reading, by_the_table, read_json, read_pages
from tests.attack.town import Town
from tests.attack.worlds import Played, World


@dataclass
class Haul:
    """Everything that was served to anybody, and what was read in it."""

    pages: list[Served]
    frozen: dict[str, Frozen]
    readings: list[Reading]


def haul(town: Town, who: Iterable[str] = ("coordinator", "manager"), **how) -> Haul:
    pages = list(dict.fromkeys(page for one in who for page in crawl(town.enter(one), **how).values()))
    frozen = read_json(pages)
    days = {in_words(date.fromisoformat(one.content["last_day"])): key for key, one in frozen.items()}
    return Haul(pages, frozen, read_pages(pages, days))


# --- faults: what should not stand there, whatever it gives away ---------------------------------------------


def faults(found: Haul, town: Town) -> list[str]:
    """Figures that the table or the JSON does not know, and numbers that nothing explains."""
    reasons = reasons_of(found, town)
    complaints = [one for page in found.pages if page.status == 200 for one in unexplained(page, reasons)]
    places, known = themes_by_title(), figures_of(found)
    for reading in found.readings:
        frozen = known.get(reading_key(reading, places, found))
        if frozen is None or frozen["shown"] != reading.text or reading.people not in ("", frozen["people"]):
            complaints.append(f"{reading.where}: {reading.text!r} is not the frozen figure of {reading.theme}")
    for public_id, result in found.frozen.items():
        for one in result.figures():
            try:
                allowed = by_the_table(one["shown"], one["people"], one["kind"])
            except NotInTheTable as problem:
                complaints.append(f"{public_id}: {problem}")
            else:
                if result.bounds(one) not in allowed:
                    complaints.append(f"{public_id}: {one['shown']!r} has bounds {one['low']} to {one['high']}")
        if extra := {key for one in result.figures() for key in one} - FIGURE:
            complaints.append(f"{public_id}: a figure has {extra}")
    return complaints


FIGURE = {"group", "theme", "question", "kind", "shown", "low", "high", "people"}


def reasons_of(found: Haul, town: Town) -> Reasons:
    texts, phrases, weeks = set(), set(), set()
    for questionnaire in Questionnaire.objects.filter(publication__isnull=False):
        advice = advice_content(questionnaire.pk)
        texts |= content_texts(questionnaire_content(questionnaire.pk), advice)
        weeks |= {words.weeks for words in advice.words.values()}
    for page in found.pages:
        if page.name == "round_json":
            phrases |= of_result(found.frozen[page.value("public_id")], hashlib.sha256(page.body).hexdigest())
    phrases |= of_the_number_of_rounds(len(found.frozen))
    people = Person.objects.filter(municipality=town.municipality)
    per_team = [people.filter(team=team).count() for team in town.municipality.teams.all()]
    counts = {*per_team, people.count(), *(result.content["k"] for result in found.frozen.values())}
    figures = [(result, one) for result in found.frozen.values() for one in result.figures()]
    bounds = {bound for result, one in figures for bound in result.bounds(one)}
    bounds |= {Fraction(result.content[key]) for result in found.frozen.values() for key in ("k", "policy")}
    return Reasons(frozenset(texts), frozenset(bounds), short_phrases(phrases), frozenset(weeks), frozenset(counts))


def themes_by_title() -> dict[str, str]:
    return dict(Theme.objects.values_list("title", "code"))


def figures_of(found: Haul) -> dict[tuple, dict]:
    """(round, group number, theme code, kind, question code) → figure of the JSON."""
    return {
        (public_id, result.numbers[one["group"]], one["theme"], one["kind"], one["question"]): one
        for public_id, result in found.frozen.items()
        for one in result.figures()
    }


def reading_key(reading: Reading, places: dict[str, str], found: Haul) -> tuple:
    result = found.frozen[reading.round]
    group = reading.group
    if isinstance(group, str):
        group = 0 if group == "client_manager" else result.numbers.get(f"role:{group}")
    elif reading.where.endswith("/verloop/"):
        group = same_group(found, reading)
    question = next((code for code, text, _ in questions() if text == reading.question), None)
    return reading.round, group, places[reading.theme], reading.kind, question


def same_group(found: Haul, reading: Reading) -> int | None:
    """The number in an earlier round of the group that the page over time is about."""
    page_round = next(page for page in found.pages if page.address == reading.where).value("public_id")
    if not reading.group:
        return 0
    here = {number: key for key, number in found.frozen[page_round].numbers.items()}
    return found.frozen[reading.round].numbers.get(here[reading.group])


@cache
def questions() -> tuple[tuple[str, str, int], ...]:
    """(code, text, place in its theme) of every question of the version in use."""
    contents = [current_questionnaire(role) for role in Role.values]
    themes = [theme for content in contents for theme in content.themes]
    return tuple((one.code, one.text, place) for theme in themes for place, one in enumerate(theme.questions))


# --- sums ------------------------------------------------------------------------------------------------


def as_played(result: Frozen, world: World) -> Played:
    """What the adversary knows beside the figures: who was invited in which group, and who took part."""
    groups = []
    for one in result.content["groups"]:
        teams = {name for _, name in one["teams"]}
        members = {
            person.person
            for person in world.invited
            if person.role == one["role"] and (person.team in teams or not teams)
        }
        groups.append(Group(one["kind"], one["role"], tuple(sorted(teams)), frozenset(members)))
    return Played(world, tuple(groups), None)


def known_of(result: Frozen, played: Played, theme: str) -> list[Known]:
    """Everything that one round says about one theme, as sums between bounds."""
    groups = {
        one["id"]: played.present(group) for one, group in zip(result.content["groups"], played.groups, strict=True)
    }
    found, municipal, whole = [], [], None
    for one in result.figures():
        if one["theme"] != theme:
            continue
        low, high = result.bounds(one)
        if one["group"] == "municipality":
            whole = (low, high) if one["kind"] == SCORE else whole
        elif one["kind"] == SCORE:
            people = scored(played, groups[one["group"]], theme)
            found.append(mean_known(played, people, theme, low, high))
            municipal += people if one["group"].startswith(("team", "small_teams")) else []
        elif one["kind"] == DIFFERENCE:
            found.append(difference_known(played, groups[one["group"]], theme, one["question"], low, high))
    if whole and municipal:
        found.append(mean_known(played, municipal, theme, *whole))
    return found


def difference_known(played: Played, people, theme, question, low, high) -> Known:
    both = [person for person in people if len(levels(played, person, theme)) == 2]
    sign = next(1 - 2 * place for code, _, place in questions() if code == question)
    parts = [((p, f"{theme}.{place}"), sign * way / len(both)) for p in both for place, way in ((0, 1), (1, -1))]
    return Known(tuple(parts), float(low), float(high))


def breaches(rounds: list[tuple[Frozen, World]], themes: list[str], per_group: int = 2, together: bool = False):
    """(people gone after, breaches), per round; with `together` all rounds are about the same answers."""
    gone_after, found = 0, []
    rounds = [(result, as_played(result, world)) for result, world in rounds]
    for theme in themes:
        all_known = [known_of(result, played, theme) for result, played in rounds]
        for (_, played), known in zip(rounds, all_known, strict=True):
            everybody = [one for group in played.groups for one in scored(played, played.present(group), theme)]
            for person in everybody:
                if isolated(known, score_parts(played, person, theme)):
                    found.append(Breach(person, theme, ("by elimination",), 0, 0))
            facts = sum(all_known, []) if together else known
            for person in targets(played, theme, per_group):
                gone_after += 1
                found += breaches_of(played, person, theme, None, facts, eliminate=False)
    return gone_after, found


# --- worlds ------------------------------------------------------------------------------------------------


def one_round(town: Town, random: Random, codes: list[str]) -> list[World]:
    return [towns.small_world(random, codes)]


def other_answers(town: Town, random: Random, codes: list[str]) -> list[World]:
    """Two rounds of which nothing ties the answers together."""
    return [towns.small_world(random, codes), towns.small_world(random, codes)]


def one_person_apart(town: Town, random: Random, codes: list[str]) -> list[World]:
    """Two rounds in which everybody gives the same answers, and one person more or fewer takes part."""
    first = towns.small_world(random, codes)
    managers = [one for one in first.invited if one.role == "client_manager"]
    there = [one.person for one in managers if one.person in first.answers]
    if random.random() < 0.5 and len(there) > 1:
        gone = random.choice(there)
        return [first, replace(first, answers={p: own for p, own in first.answers.items() if p != gone})]
    new = towns.name_of(len(first.invited) + 1)
    team = random.choice(managers).team
    own = towns.scan_of(random, codes, [random.choice(("top", "bottom", "middle", "split")) for _ in codes[::2]])
    invited = (*first.invited, Invited(new, team, "client_manager"))
    return [first, replace(first, invited=invited, answers={**first.answers, new: own})]


SCENARIOS = (one_round, one_round, other_answers, one_round, one_person_apart)


def play(town: Town, worlds: list[World]) -> list[tuple[str, World]]:
    """Every world as a round of its own: (public id, world)."""
    now, found = database_instant(), []
    for number, world in enumerate(worlds):
        at = now - timedelta(days=250 * (len(worlds) - 1 - number))
        measurement_round = towns.play(town, world, at, forget=number < len(worlds) - 1)
        found.append((measurement_round.public_id, world))
    return found
