"""Acts of a coordinator that could be questions: withdraw, move, time it, invite oneself, mix figures and levels."""

import json
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from scans import services
from scans.models import Attribution, Invitation, Scan
from scans.rounds import closing, inviting, responding, setup
from scans.scoring import people_band, trend
from scans.scoring.groups import OTHERWISE_BEFORE, OUTSIDE_WORDS
from teams.models import Person
from teams.services import people
from tests.scans.rounds import world as worlds

pytestmark = [pytest.mark.both, pytest.mark.django_db]
NOORD = {("Noord", "client_manager"): 5, ("Zuid", "client_manager"): 5, ("Noord", "manager"): 5}


@pytest.fixture
def small(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.ROUND_MAIL_DOMAINS = []
    return worlds.municipality("Ceedorp", NOORD)


def figures(measurement_round, team: str) -> list:
    measurement_round.refresh_from_db()
    content = json.loads(measurement_round.result.content)
    groups = {one["id"] for one in content["groups"] if team in [name for _, name in one["teams"]]}
    return [one for one in content["figures"] if one["group"] in groups]


def all_answer(measurement_round):
    for one in worlds.invitations(measurement_round):
        worlds.answer(one)


def move(world, one):
    inviting.correct(world.coordinator, one, role="client_manager", team=world.teams["Zuid"])


@pytest.mark.parametrize("act", [lambda world, one: inviting.withdraw(world.coordinator, one), move])
def test_who_takes_somebody_out_of_five_learns_nothing_from_a_figure(small, act):
    opened = worlds.opened(small)
    all_answer(opened)
    act(small, worlds.invitations(opened, team="Noord")[0])
    worlds.close(opened)
    assert figures(opened, "Noord") == [] and figures(opened, "Zuid")


def test_without_that_guard_the_figure_would_tell(small, monkeypatch):
    monkeypatch.setattr(closing, "sunk_groups", lambda closing: set())
    opened = worlds.opened(small)
    all_answer(opened)
    inviting.withdraw(small.coordinator, worlds.invitations(opened, team="Noord")[0])
    worlds.close(opened)
    assert figures(opened, "Noord")


def test_the_band_is_never_higher_than_who_is_left(small):
    opened = worlds.opened(small)
    all_answer(opened)  # ten of fifteen
    for one in worlds.invitations(opened, role="manager"):
        inviting.withdraw(small.coordinator, one)
    inviting.withdraw(small.coordinator, worlds.invitations(opened)[0])
    closing.note_bands(at=worlds.at_clock(worlds.in_days(1), 0, 1))
    opened.refresh_from_db()
    assert people_band(opened.invitations.filter(used=True).count()) == "10–19", "there is something to tell"
    assert opened.band == "5–9"


def statements(world, one, role) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as found:
        inviting.correct(world.coordinator, one, role=role, team=world.teams["Noord"])
    return [re.sub(r"\d+|'[^']*'|NULL", "?", query["sql"]) for query in found if "SAVEPOINT" not in query["sql"]]


@pytest.mark.parametrize("role", ["client_manager", "manager"])
def test_correcting_asks_the_database_the_same_of_who_answered_and_who_did_not(small, role):
    opened = worlds.opened(small)
    silent, begun, answered = worlds.invitations(opened, team="Noord")[:3]
    worlds.begin(begun)
    worlds.answer(answered)
    for _ in range(2):  # the second time nothing changes any more
        asked = [
            [re.sub("NULL", "?", one) for one in statements(small, who, role)] for who in (silent, begun, answered)
        ]
        assert asked[0] == asked[1] == asked[2]


def five_and_one_more_under_another_name(world) -> set[str]:
    """What the second round shows of a team that was made anew with the same five people and a newcomer."""
    first = worlds.opened(world, at=worlds.at_clock(worlds.in_days(-250), 12))
    for one in worlds.invitations(first):
        worlds.answer(one, at=worlds.at_clock(worlds.in_days(-249), 12))
    worlds.close(first)
    world.teams["West"] = people.add_team(world.coordinator, name="West")
    Person.objects.filter(team=world.teams.pop("Noord")).update(team=world.teams["West"])
    newcomer = {"name": "Nieuw", "email": "nieuw@ceedorp.nl", "role": "client_manager"}
    people.add_person(world.coordinator, team=world.teams["West"], **newcomer)
    second = worlds.opened(world)
    all_answer(second)
    worlds.close(second)
    return {one["shown"] for one in figures(second, "West")}


def test_a_team_under_another_name_is_no_new_team_to_who_does_sums(small):
    assert five_and_one_more_under_another_name(small) == {"tussen 35 en 65"}


def test_without_that_guard_the_newcomer_would_be_seen(small, monkeypatch):
    monkeypatch.setattr(trend, "from_elsewhere", lambda *_: False)
    assert five_and_one_more_under_another_name(small) == {"50"}


def test_a_role_that_showed_a_figure_is_never_shown_as_levels(small):
    opened = worlds.opened(small, at=worlds.at_clock(worlds.in_days(-250), 12))
    for one in worlds.invitations(opened, role="manager"):
        worlds.answer(one, at=worlds.at_clock(worlds.in_days(-249), 12))
    worlds.close(opened)
    draft = worlds.draft(small, minimum=6)
    plan = setup.plan_of(draft)
    assert plan.by_consent == ("policy_officer",)
    assert [why for name, why in plan.outside if "Manager" in name] == [OUTSIDE_WORDS[OTHERWISE_BEFORE]] * 5


def test_a_role_that_showed_levels_never_gets_a_figure(small):
    before = worlds.opened(small, minimum=6, at=worlds.at_clock(worlds.in_days(-250), 12))
    managers = worlds.invitations(before, role="manager")
    for one in managers:
        worlds.answer(one, attribute=one == managers[0], own_secret=f"{one.public_id:_>43}",
                      at=worlds.at_clock(worlds.in_days(-249), 12))  # fmt: skip
    worlds.close(before)
    plan = setup.plan_of(worlds.draft(small, minimum=5))
    assert "role" not in {group.kind for group in plan.groups} and len(plan.groups) == 2


def test_one_mailbox_is_not_several_people(small):
    team = small.teams["Noord"]
    for email in ("co+1@ceedorp.nl", "co+2@ceedorp.nl"):
        with pytest.raises(ValidationError, match="zonder"):
            people.add_person(small.coordinator, name="Nog iemand", email=email, team=team, role="manager")
    people.add_person(small.coordinator, name="Nog iemand", email="co@ceedorp.nl", team=team, role="manager")


def test_levels_can_be_taken_back_after_the_scan_is_gone(small, client):
    opened = worlds.opened(small, minimum=6)
    secret = "s" * 43
    worlds.answer(worlds.invitations(opened, role="manager")[0], attribute=True, own_secret=secret)
    services.erase_scan(Scan.objects.get().pk)
    assert Attribution.objects.exists() and responding.shows_levels(secret)
    page = client.get(reverse("resume", args=[secret])).content.decode()
    assert "Laat mijn niveaus niet zien" in page
    link = f"http://testserver{reverse('resume', args=[secret])}"
    assert (
        "Je niveaus worden niet getoond" in client.post(reverse("withdraw_levels"), {"secret": link}).content.decode()
    )
    assert not Attribution.objects.exists() and Invitation.objects.filter(used=True).count() == 1
    assert client.get(reverse("resume", args=[secret])).status_code == 404
