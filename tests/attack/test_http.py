"""Thirty made-up municipalities through the real services, and an adversary who reads everything over HTTP.

`./dev attack` plays more of them: QUICKSCAN_HTTP_WORLDS=200 ./dev attack.
"""

import os
from collections import Counter
from random import Random

import pytest

from tests.attack import over_http
from tests.attack import town as towns
from tests.attack.readings import attributed_of

pytestmark = pytest.mark.django_db
WORLDS = int(os.environ.get("QUICKSCAN_HTTP_WORLDS", "30"))
PARTS = 6
THEMES = 4  # of the twelve are attacked by linear programming per world; all are read


def play(seed: int):
    """One municipality: who consents, its rounds, and everything that was served."""
    random, town, codes = Random(seed), towns.build(), towns.theme_codes()
    scenario = over_http.SCENARIOS[seed % len(over_http.SCENARIOS)]
    worlds = scenario(town, random, codes)
    staff = [one.person for one in worlds[-1].invited if one.role != "client_manager"]
    town.consenting = {person for person in staff if random.random() < 0.5}
    rounds = over_http.play(town, worlds)
    found = over_http.haul(town, alike=2, documents=seed % 10 == 0)
    return random, town, codes, scenario, rounds, found


def shown_without_consent(found, town, rounds) -> list[str]:
    """Levels under the name of a role: never more of them than there are people who chose that."""
    allowed = Counter()
    for _, world in rounds:
        allowed |= Counter(one.role for one in world.invited if one.person in town.consenting)
    mirrors = [page for page in found.pages if page.name == "round_mirror" and page.status == 200]
    shown = [(page, Counter((role, theme) for role, theme, _ in attributed_of(page))) for page in mirrors]
    return [
        f"{page.address}: {number} of {role} in {theme}"
        for page, counted in shown
        for (role, theme), number in counted.items()
        if number > allowed[role] or role == "client_manager"
    ]


@pytest.mark.parametrize("part", range(PARTS))
def test_nobody_can_be_placed_from_what_is_served(part, savepoint):
    gone_after, figures, broken, wrong = 0, 0, [], []
    for seed in range(part, WORLDS, PARTS):
        with savepoint():
            random, town, codes, scenario, rounds, found = play(seed)
            wrong += [(seed, one) for one in over_http.faults(found, town)]
            wrong += [(seed, one) for one in shown_without_consent(found, town, rounds)]
            figures += len(found.readings)
            pairs = [(found.frozen[public_id], world) for public_id, world in rounds]
            together = scenario is over_http.one_person_apart
            count, breaches = over_http.breaches(pairs, random.sample(codes, THEMES), together=together)
            gone_after += count
            broken += [(seed, breach) for breach in breaches]
    assert gone_after > 5 * WORLDS / PARTS and figures > 50 * WORLDS / PARTS  # there was somebody to find
    assert wrong == []
    assert broken == []
