"""The made-up municipalities, as data. No municipality of the Netherlands has one of these names."""

from dataclasses import dataclass

PASSWORD = "kopje-koffie-demo"  # shown on the login page; an account like this exists in development only


@dataclass(frozen=True)
class Account:
    """A member of staff. `key` is the address before the @; `kind` is what the demo banner calls the right."""

    key: str
    name: str
    kind: str
    is_coordinator: bool = False
    is_manager: bool = False


@dataclass(frozen=True)
class DemoTeam:
    """One team over the four rounds.

    `present`: per round the client managers who work here, as (first, one past the last): a first that moves up
    means that somebody left, a last that moves up that somebody came. `silent`: per closed round how many of them did
    not answer.
    """

    name: str
    present: tuple[tuple[int, int], ...]
    silent: tuple[int, ...]
    officers: int = 0
    managers: int = 0


@dataclass(frozen=True)
class DemoMunicipality:
    """`opened`: how many days ago each round opened; `open_for`: how many days each lasts."""

    name: str
    domain: str
    accounts: tuple[Account, ...]
    teams: tuple[DemoTeam, ...]
    opened: tuple[int, ...]
    open_for: tuple[int, ...]

    def address(self, account: Account) -> str:
        return f"{account.key}@{self.domain}"


def _same(people: int) -> tuple[tuple[int, int], ...]:
    return ((0, people),) * 4


VELDWIJK = DemoMunicipality(
    name="Veldwijk",
    domain="veldwijk.example.org",
    accounts=(
        Account("coordinator", "Marijke Terpstra", "coördinator", is_coordinator=True),
        Account("coordinator2", "Idris Wolters", "tweede coördinator", is_coordinator=True),
        Account("leiding", "Saskia Nieuwland", "leidinggevende", is_manager=True),
    ),
    teams=(
        DemoTeam("Centrum", ((0, 24), (1, 24), (2, 26), (3, 27)), (3, 2, 3), officers=1, managers=1),
        DemoTeam("Noord", ((0, 14), (0, 15), (1, 15), (1, 15)), (1, 1, 1), officers=1, managers=1),
        # The team of twelve that is worth looking at: the same people, who all answer.
        DemoTeam("Zuid", _same(12), (0, 0, 0), officers=1, managers=1),
        DemoTeam("Jongeren", ((0, 9), (0, 9), (1, 10), (1, 10)), (1, 3, 1), officers=1, managers=1),
        DemoTeam("Oost", ((0, 7), (0, 7), (1, 7), (1, 8)), (1, 3, 0), officers=1, managers=1),
        DemoTeam("Statushouders", ((0, 5), (0, 6), (1, 6), (1, 6)), (0, 0, 0), officers=1, managers=1),
        DemoTeam("Werkgevers", _same(3), (0, 1, 0), managers=1),
        DemoTeam("Ondernemers", _same(2), (0, 0, 0)),
    ),
    opened=(606, 406, 206, 12),
    open_for=(21, 21, 21, 33),
)

LINDERMEER = DemoMunicipality(
    name="Lindermeer",
    domain="lindermeer.example.org",
    accounts=(
        Account("coordinator", "Wendeline Aksoy", "coördinator", is_coordinator=True),
        Account("leiding", "Ruben Dijkgraaf", "leidinggevende", is_manager=True),
    ),
    teams=(
        DemoTeam("Werk", ((0, 11), (0, 11), (2, 13), (2, 13)), (1, 1, 1, 1), officers=2, managers=1),
        DemoTeam("Inkomen", ((0, 8), (0, 8), (0, 8), (1, 8)), (0, 2, 0, 1), officers=1, managers=1),
        DemoTeam("Wijken", ((0, 5), (0, 5), (0, 6), (0, 6)), (1, 0, 0, 0), managers=1),
    ),
    opened=(748, 562, 376, 190),
    open_for=(21, 21, 28, 21),
)

MUNICIPALITIES = (VELDWIJK, LINDERMEER)
