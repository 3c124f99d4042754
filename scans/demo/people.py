"""Who works in a made-up municipality in which round. Names are put together from two lists and are nobody's."""

import unicodedata
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
        silent = _silent(municipality, team, turn)
        found += [
            _person(municipality, place * 40 + slot, team, Role.CLIENT_MANAGER, answers=slot not in silent)
            for slot in range(*team.present[turn])
        ]
        others = [Role.POLICY_OFFICER] * team.officers + [Role.MANAGER] * team.managers
        for slot, role in enumerate(others, 30):
            late = is_open and (place + slot) % 2 == 1
            found.append(_person(municipality, place * 40 + slot, team, role, answers=not late))
    return found


def _silent(municipality: DemoMunicipality, team: DemoTeam, turn: int) -> set[int]:
    draw = Random(f"silent {municipality.name} {team.name} {turn}")
    return set(draw.sample(range(*team.present[turn]), team.silent[turn]))


def _person(municipality: DemoMunicipality, number: int, team: DemoTeam, role: Role, *, answers: bool) -> DemoPerson:
    start = len(municipality.name) * 11  # so that two municipalities have other names
    count = number + start
    name = f"{FIRST[count % len(FIRST)]} {LAST[(5 * count + count // len(FIRST)) % len(LAST)]}"
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    email = f"{ascii_name.lower().replace(' ', '.')}@{municipality.domain}"
    return DemoPerson(number, name, email, team.name, role.value, answers)
