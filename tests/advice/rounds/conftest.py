"""Closed rounds of a made-up municipality, through the real services."""

from datetime import timedelta

import pytest

from scans import services
from scans.clock import database_instant
from scans.models import Invitation
from scans.rounds import responding
from scans.selectors.content import questionnaire_content
from tests.scans.rounds import world as worlds
from tests.scans.rounds.test_pages import enter

PEOPLE = {
    ("Noord", "client_manager"): 12,
    ("Zuid", "client_manager"): 6,
    ("West", "client_manager"): 5,
    ("Noord", "policy_officer"): 2,
    ("Noord", "manager"): 5,
}


@pytest.fixture(autouse=True)
def quick(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.ROUND_MAIL_DOMAINS = []


@pytest.fixture
def world(db):
    return worlds.municipality("Aadorp", PEOPLE)


@pytest.fixture
def stranger(db):
    return worlds.municipality("Beedorp")


def answer(invitation, level_of, at=None, attribute=False):
    """`level_of`: (theme number, question number in the theme) → choice."""
    scan = responding.begin(invitation.public_id, attribute=attribute, at=at)
    content = questionnaire_content(scan.questionnaire_id)
    chosen = {
        question.id: str(level_of(number, place))
        for number, theme in enumerate(content.themes)
        for place, question in enumerate(theme.questions)
    }
    services.save_answers(scan.pk, chosen)
    services.submit_scan(scan.pk, in_round=True, own_secret=f"{invitation.public_id:_>43}", at=at)


def play(world, *, at=None, shift=0):
    """Noord: themes 1, 3, 2 low to middle, the rest a fixed way; Zuid lower; West: four of five, so suppressed."""
    measurement_round = worlds.opened(world, at=at)
    west = 0
    for one in Invitation.objects.filter(measurement_round=measurement_round).select_related("team"):
        if one.role == "client_manager" and one.team.name == "West":
            west += 1
            if west == 5:
                continue
        low = {"Noord": (1, 3, 2), "Zuid": (2, 1, 3), "West": (4, 4, 4)}[one.team.name]
        top = {"client_manager": 3, "policy_officer": 3, "manager": 4}[one.role]

        def level(theme, place, low=low, top=top, role=one.role):
            return min(4, (low[theme] if theme < 3 and role == "client_manager" else top) + shift)

        answer(one, level, at=at, attribute=one.role == "policy_officer")
    worlds.close(measurement_round)
    measurement_round.refresh_from_db()
    return measurement_round


@pytest.fixture
def closed(world):
    return play(world)


@pytest.fixture
def two_closed(world):
    before = play(world, at=database_instant() - timedelta(days=250))
    return before, play(world, shift=1)


@pytest.fixture
def manager(client, world):
    return enter(client, world.manager)
