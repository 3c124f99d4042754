"""Who works in a made-up municipality in which round. Names are put together from two lists and are nobody's."""

from dataclasses import dataclass
from random import Random

from scans.models import Role

from .municipalities import DemoMunicipality, DemoTeam

_FIRST = """
    Fatima Jeroen Aylin Marloes Youssef Hanneke Samira Bram Chipo Lotte Mehmet Annelies Rachid Femke Priya Wouter
    Naima Sjoerd Esra Tineke Kofi Marit Hamza Ilse Soraya Pieter Leyla Gerda Abel Nadia Koen Zeynep Dewi Maarten
    Amina Rosa Thijs Yara Stefan Malika Joost Shanti Karin Tarik Elif Roos Bilal Milou Omar Janneke Selma Ferdi
"""
_LAST = """
    Bouzidi Veenstra Kaplan Hendriks Amrani Postma Yildirim Kuipers Dlamini Verbeek Ozturk Haan Benali Zijlstra
    Ramdin Meijerink Tahiri Wiersma Arslan Brouwer Owusu Dekkers Cherif Vos Martis Schouten Polat Brink Tesfaye
    Mulders Idrissi Groot Sahin Wibowo Peeters Warsame Lindeman Kok Mansouri Faber Karaca Sewdien Bosma Acar Smeets
    Zeroual Hoekstra Salhi Driessen Pinas Roelofs Yilmaz Tuinstra
"""
FIRST, LAST = _FIRST.split(), _LAST.split()
# While a round is open, whoever comes from here on in the alphabet has not answered yet. Their mails were sent last,
# so the links that a reader of the development mails meets first still work.
NOT_YET = "L"


@dataclass(frozen=True)
class DemoPerson:
    """`number` counts within the municipality; `answers`: whether this person takes part in the round."""

    number: int
    name: str
    email: str
    team: str
    role: str
    answers: bool


def people_of(municipality: DemoMunicipality, turn: int, *, is_open: bool) -> list[DemoPerson]:
    """Everybody in the list of this municipality in round `turn` (from 0)."""
    found = []
    for place, team in enumerate(municipality.teams):
        silent = set() if is_open else _silent(municipality, team, turn)
        roles = dict.fromkeys(range(*team.present[turn]), Role.CLIENT_MANAGER)
        roles |= dict(enumerate([Role.POLICY_OFFICER] * team.officers + [Role.MANAGER] * team.managers, 30))
        for slot, role in roles.items():
            number = place * 40 + slot
            name = _name(municipality, number)
            answers = name < NOT_YET if is_open else slot not in silent
            found.append(DemoPerson(number, name, _email(municipality, name), team.name, role.value, answers))
    return found


def _silent(municipality: DemoMunicipality, team: DemoTeam, turn: int) -> set[int]:
    draw = Random(f"silent {municipality.name} {team.name} {turn}")
    return set(draw.sample(range(*team.present[turn]), team.silent[turn]))


def _name(municipality: DemoMunicipality, number: int) -> str:
    count = number + len(municipality.name) * 11  # so that two municipalities have other names
    return f"{FIRST[count % len(FIRST)]} {LAST[(5 * count + count // len(FIRST)) % len(LAST)]}"


def _email(municipality: DemoMunicipality, name: str) -> str:
    return f"{name.lower().replace(' ', '.')}@{municipality.domain}"
