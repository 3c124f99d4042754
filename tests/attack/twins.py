"""Two worlds that begin with the same rows: the second is played after the first was taken back.

So every id, name and date is the same, and what staff can open is compared byte for byte. Taken out of it is the CSRF
token, which Django masks anew in every answer (`harvest.TOKEN`), and nothing else.
"""

from datetime import timedelta

from scans.clock import local_midnight
from scans.rounds import closing
from scans.scoring import Invited
from tests.attack import town as towns
from tests.attack.harvest import crawl, every_address
from tests.attack.town import STAFF, Town
from tests.attack.worlds import World

# Alfa is a group, Bravo and Charlie are one together, policy officers are none, managers are one.
SHAPE = (
    ("Alfa", "client_manager", 6),
    ("Bravo", "client_manager", 3),
    ("Charlie", "client_manager", 2),
    ("Alfa", "policy_officer", 2),
    ("Alfa", "manager", 5),
)
ALFA, BRAVO, CHARLIE, POLICY, MANAGERS = range(6), range(6, 9), range(9, 11), range(11, 13), range(13, 18)


def made(level, *, silent=(), others=None) -> World:
    """Everybody gives this level everywhere. `silent`: numbers of who do not answer; `others`: number → own level."""
    codes, invited, answers = towns.theme_codes(), [], {}
    for team, role, size in SHAPE:
        for _ in range(size):
            number = len(invited)
            invited.append(Invited(towns.name_of(number), team, role))
            own = (others or {}).get(number, level)
            if number not in silent:
                answers[towns.name_of(number)] = {f"{code}.{place}": own for code in codes for place in (0, 1)}
    return World(tuple(invited), answers, themes=towns.questions(codes))


Pages = dict[tuple[str, str], tuple]


def everything(town: Town, who=STAFF, **how) -> Pages:
    """(kind of staff, address) → status, where it leads, and what it says. Also where no link leads: every address
    that the resolver can make of a round.
    """
    also = list(every_address(town.municipality.rounds.values_list("public_id", flat=True)))
    return {
        (one, address): (served.status, served.location, served.body)
        for one in who
        for address, served in crawl(town.enter(one), also, **how).items()
    }


def different(first: Pages, second: Pages) -> list[tuple[str, str]]:
    return sorted(key for key in first.keys() | second.keys() if first.get(key) != second.get(key))


def night(measurement_round, number: int = 1) -> None:
    """The tick in so many nights writes down the response band."""
    midnight = local_midnight(measurement_round.opened_on + timedelta(days=number))
    closing.note_bands(at=midnight + timedelta(minutes=5))
