"""Made-up municipalities: 1–7 teams of 1–25 people, answers biased to extremes, rounds with joiners and leavers."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from random import Random

from scans.scoring import Group, Invited, Publication, ScoredQuestion, count_scan, form_groups, merge, publish

THEMES = {"a": (ScoredQuestion("a1"), ScoredQuestion("a2")), "b": (ScoredQuestion("b1"), ScoredQuestion("b2"))}
SHAPES = {"client_manager": THEMES, "policy_officer": THEMES, "manager": THEMES}
Answers = Mapping[str, int | str]


@dataclass(frozen=True)
class World:
    """One round: who was invited, and the answers (person → question → level or non-answer) of who took part."""

    invited: tuple[Invited, ...]
    answers: Mapping[str, Answers]
    k: int = 5
    themes: Mapping[str, tuple[ScoredQuestion, ...]] = field(default_factory=lambda: THEMES)


@dataclass
class Played:
    """What came of a round: its groups, who took part, and the figures."""

    world: World
    groups: tuple[Group, ...]
    publication: Publication
    extra: list = field(default_factory=list)  # more that a broken policy lets out

    def present(self, group: Group) -> list[str]:
        return [person for person in sorted(group.members) if person in self.world.answers]


def count(world: World, groups: tuple[Group, ...]):
    return [
        (group, merge(count_scan(SHAPES[group.role], world.answers[p]) for p in group.members if p in world.answers))
        for group in groups
    ]


def play(world: World, earlier: tuple[Played, ...] = ()) -> Played:
    """Through the real policy, as closing a round would."""
    groups = form_groups(world.invited, world.k).groups
    kept = [round_.publication.remembered for round_ in earlier]
    return Played(world, groups, publish(count(world, groups), SHAPES, world.k, kept))


def person_answers(random: Random, mood: str) -> Answers:
    """One person's answers in a mood: top, bottom, middle, any, split (one question high, one low), unsure."""
    found = {}
    for questions in THEMES.values():
        turn = random.random() < 0.5
        for place, question in enumerate(questions):
            level = {
                "top": 4,
                "bottom": 0,
                "middle": random.choice((1, 2, 2, 3)),
                "any": random.randrange(5),
                "split": 4 * ((place + turn) % 2) if mood == "split" else 0,
                "unsure": random.choice(("dont_know", "dont_know", 0, 4)),
            }[mood]
            refused = random.random() < 0.05
            found[question.code] = random.choice(("not_applicable", "prefer_not_to_say")) if refused else level
    return found


MOODS = ("top", "bottom", "bottom", "top", "middle", "any", "split", "unsure", "dissenter up", "dissenter down")
SIZES = (1, 2, 3, 4, 5, 5, 5, 6, 7, 9, 10, 10, 11, 12, 19, 20, 21, 25)  # mostly where the table changes its mind


def team_answers(random: Random, people: list[str]) -> dict[str, Answers]:
    mood = random.choice(MOODS)
    silent = random.choice((0, 0, 0.1, 0.3))
    found = {}
    for number, person in enumerate(people):
        own = mood
        if mood.startswith("dissenter"):
            own = "top" if (mood == "dissenter up") == (number == 0) else "bottom"
        elif random.random() < 0.15:
            own = "any"
        if number == 0 or random.random() >= silent:
            found[person] = person_answers(random, own)
    return found


def make_world(random: Random) -> World:
    invited, answers = [], {}
    for number in range(random.randint(1, 7)):
        people = [f"t{number}p{i}" for i in range(random.choice(SIZES))]
        invited += [Invited(person, f"t{number}", "client_manager") for person in people]
        answers |= team_answers(random, people)
    for role in ("policy_officer", "manager"):
        people = [f"{role}{i}" for i in range(random.choice((1, 3, 5, 6, 11)))]
        invited += [Invited(person, "staf", role) for person in people]
        answers |= team_answers(random, people)
    return World(tuple(invited), answers)


def change_one(random: Random, world: World) -> tuple[World, str]:
    """The next round with everybody's answers repeated and exactly one person more or fewer; and who that is."""
    team = random.choice(sorted({one.team for one in world.invited if one.role == "client_manager"}))
    there = sorted(one.person for one in world.invited if one.team == team and one.person in world.answers)
    if there and random.random() < 0.5:
        gone = random.choice(there)
        left = {person: own for person, own in world.answers.items() if person != gone}
        return replace(world, answers=left), gone
    new = f"{team}new{len(world.invited)}"
    own = person_answers(random, random.choice(("top", "bottom", "middle", "split")))
    invited = (*world.invited, Invited(new, team, "client_manager"))
    return replace(world, invited=invited, answers={**world.answers, new: own}), new


def reorganised(random: Random, world: World) -> World:
    """The same people with the same answers in other teams: one team made anew, divided, or put into another."""
    teams = sorted({one.team for one in world.invited if one.role == "client_manager"})
    moved, way = random.choice(teams), random.choice(("anew", "divided", "into another"))
    other = random.choice(teams) if way == "into another" else "made anew"
    people = [one for one in world.invited if one.team == moved]
    if way == "divided":
        people = people[: len(people) // 2]
    return replace(world, invited=tuple(replace(one, team=other) if one in people else one for one in world.invited))


def swap_some(random: Random, world: World) -> World:
    """The next round with other answers, some people gone and some new: nothing ties the two rounds together."""
    teams = sorted({one.team for one in world.invited if one.role == "client_manager"})
    stay = [one for one in world.invited if random.random() < 0.9]
    fresh = [
        Invited(f"{team}n{i}", team, "client_manager") for team in teams for i in range(random.choice((0, 1, 2)))
    ]
    answers = {}
    for team in [*teams, "staf"]:
        answers |= team_answers(random, [one.person for one in (*stay, *fresh) if one.team == team])
    return replace(world, invited=(*stay, *fresh), answers=answers)
