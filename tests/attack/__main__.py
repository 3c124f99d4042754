"""python -m tests.attack [TARGETS] [FIRST_SEED]: the long game. Ends with 1 when anybody can be placed."""

import sys
import time
from collections import Counter
from random import Random

from tests.attack.adversary import breaches_of, pairs_for
from tests.attack.game import SCENARIOS, attack
from tests.attack.mutants import MUTANTS, first_breach_of

EVERY = 5  # two insiders are measured for one in so many targets


def main(wanted: int = 10_000, seed: int = 1_000) -> int:
    began, first, gone_after, breaches = time.monotonic(), seed, Counter(), []
    pairs, pairs_placed = 0, 0
    while sum(gone_after.values()) < wanted:
        scenario = SCENARIOS[seed % len(SCENARIOS)]
        for turn in scenario(Random(seed)):
            for theme, person, found in attack(turn):
                gone_after[scenario.__name__] += 1
                breaches += [(seed, breach) for breach in found]
                if turn.facts and sum(gone_after.values()) % EVERY == 0:
                    two = pairs_for(turn.played, person, theme)
                    pairs += bool(two)
                    pairs_placed += bool(breaches_of(turn.played, person, theme, two, turn.known[theme]))
        seed += 1
    print(f"{seed - first} worlds, {sum(gone_after.values())} people gone after: {dict(gone_after)}")
    print(f"placed with no insider or one: {len(breaches)} {breaches[:3]}")
    print(f"two insiders of one group (measured, not promised): {pairs_placed} of {pairs} placed")
    caught = {mutant.name: first_breach_of(mutant) for mutant in MUTANTS}
    for name, breach in caught.items():
        print(f"mutant {name}: {f'caught, seed {breach[0]}' if breach else 'NOT CAUGHT'}")
    print(f"{time.monotonic() - began:.0f} s")
    return 1 if breaches or not all(caught.values()) else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
