"""One turn of the game: a made-up municipality, everything that its figures say, and the people to go after."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from tests.attack.adversary import Breach, Known, breaches_of, harvest, targets
from tests.attack.worlds import THEMES, Played, change_one, make_world, play, reorganised, swap_some


@dataclass(frozen=True)
class Turn:
    """Where somebody can be attacked: a round, all that is known, and for each theme whom to go after."""

    rounds: tuple[Played, ...]  # the last is attacked
    known: dict[str, list[Known]]
    after: dict[str, list[str]]
    facts: bool  # whether all that is known is fact; else it rests on "if everybody else repeated the own answers"

    @property
    def played(self) -> Played:
        return self.rounds[-1]


def turn_of(
    played: Played, others: tuple[Played, ...] = (), after: str | None = None, per_group: int = 2, facts: bool = True
) -> Turn:
    """`others`: rounds in which everybody gave the same answers: their figures are about the same unknowns."""
    rounds = (*others, played)
    known = {theme: [one for round_ in rounds for one in harvest(round_, theme)] for theme in THEMES}
    whom = {theme: [after] if after else targets(played, theme, per_group) for theme in THEMES}
    return Turn(rounds, known, whom, facts)


def single_round(random: Random) -> Iterator[Turn]:
    yield turn_of(play(make_world(random)))


def new_answers(random: Random) -> Iterator[Turn]:
    """Two rounds with joiners, leavers and swaps and other answers: each round is attacked by itself."""
    first = play(make_world(random))
    yield turn_of(play(swap_some(random, first.world), (first,)))


def repeated(random: Random, steps: int = 1, between=lambda random, world: world) -> Iterator[Turn]:
    """Rounds in which everybody repeats the own answers and one person comes or goes: all rounds put together."""
    first = play(make_world(random))
    second_world, changed = change_one(random, first.world)
    second_world = between(random, second_world)
    rounds = [first, play(second_world, (first,))]
    for _ in range(steps - 1):
        rounds.append(play(second_world, tuple(rounds)))  # once more the same people, the same answers
    at = next(one for one in rounds if changed in one.world.answers)
    if any(changed in group.members for group in at.groups):
        yield turn_of(at, tuple(one for one in rounds if one is not at), after=changed, facts=False)
    yield turn_of(rounds[-1], tuple(rounds[:-1]), per_group=1, facts=False)


def there_and_back(random: Random) -> Iterator[Turn]:
    """One person comes or goes, and the round after that everything is as it was first."""
    first = play(make_world(random))
    second_world, changed = change_one(random, first.world)
    second = play(second_world, (first,))
    third = play(first.world, (first, second))
    has, lacks = ((second,), (first, third)) if changed in second_world.answers else ((first, third), (second,))
    if any(changed in group.members for group in has[0].groups):
        yield turn_of(has[-1], (*has[:-1], *lacks), after=changed, facts=False)


def chain(random: Random) -> Iterator[Turn]:
    yield from repeated(random, steps=2)


def other_teams(random: Random) -> Iterator[Turn]:
    """One person comes or goes while a team is made anew, divided, or put into another."""
    for turn in repeated(random, between=reorganised):
        before, now = (grouped(played) for played in turn.rounds)
        if len(before ^ now) <= 1:  # else two people come or go: what that tells stands in the DPIA
            yield turn


def grouped(played: Played) -> set[str]:
    return {person for group in played.groups for person in played.present(group)}


Scenario = Callable[[Random], Iterator[Turn]]
SCENARIOS: tuple[Scenario, ...] = (
    single_round,
    single_round,
    new_answers,
    repeated,
    chain,
    there_and_back,
    other_teams,
)


def attack(turn: Turn) -> Iterator[tuple[str, str, list[Breach]]]:
    """(theme, target, breaches) for everybody whom this turn goes after and who is scored.

    By elimination only where all is fact: of two rounds that are one person apart the means always subtract to that
    person, if nobody else changed; what protects there are the bounds.
    """
    for theme, people in turn.after.items():
        for person in people:
            given = turn.played.world.answers.get(person, {})
            if any(isinstance(given.get(question.code), int) for question in THEMES[theme]):
                yield theme, person, breaches_of(turn.played, person, theme, None, turn.known[theme], turn.facts)


def first_breach(scenario: Scenario, seeds: range) -> tuple[int, Breach] | None:
    """The first seed whose world gives somebody away."""
    for seed in seeds:
        for turn in scenario(Random(seed)):
            for _, _, found in attack(turn):
                if found:
                    return seed, found[0]
    return None
