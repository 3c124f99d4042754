"""Taking over the set-up of the last round: what comes along, what does not, and who may."""

from datetime import timedelta

import pytest
from django.urls import reverse

from scans.models import Invitation, MeasurementRound
from scans.rounds import copying, opening, retention, setup
from scans.rounds.errors import CannotOpen, NothingToCopy
from teams.models import Person, Team
from teams.services import people
from teams.services.errors import NotAllowed
from tests.scans.rounds import world as worlds
from tests.scans.rounds.test_pages import enter

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def closed(world, *, ago, days=14, minimum=5):
    """A round that opened so many days ago and has closed."""
    at = worlds.database_instant() - timedelta(days=ago)
    measurement_round = worlds.opened(world, days=days, minimum=minimum, at=at)
    assert worlds.close(measurement_round)
    return measurement_round


def test_teams_k_and_length_come_along_and_people_who_are_still_there(world):
    old = closed(world, ago=200, days=21, minimum=6)
    found = copying.last_setup_of(world.municipality)
    assert (found.teams, found.minimum, found.days) == (("Noord", "Oost", "West"), 6, 21)
    assert (found.people, found.erased, found.empty, found.gone, found.others) == (18, False, (), (), ())
    assert found.new_last_day == worlds.in_days(20) and found.first_day is None
    draft = copying.copy_last_setup(world.coordinator)
    assert (draft.state, draft.minimum, setup.plan_of(draft).people) == ("draft", 6, 18)
    assert set(draft.teams.all()) == set(old.teams.all())
    assert draft.closes_at == setup.local_midnight(worlds.in_days(21))
    assert opening.open_round(world.coordinator, draft).state == "open"


def test_people_who_were_erased_have_to_come_again(client, world):
    closed(world, ago=200)
    retention.erase_people()
    found = copying.last_setup_of(world.municipality)
    assert (found.people, found.erased, found.empty) == (0, True, ("Noord", "Oost", "West"))
    page = enter(client, world.coordinator).get(reverse("rounds")).content.decode()
    assert "30 dagen na het sluiten gewist" in page and reverse("import_people") in page
    preview = client.post(reverse("copy_round_setup"), follow=True).content.decode()
    assert (
        "Er gaat nog niets uit" in preview and "staat nog niemand" in preview and reverse("import_people") in preview
    )
    draft = MeasurementRound.objects.draft().get()
    with pytest.raises(CannotOpen):
        opening.open_round(world.coordinator, draft)
    for number in range(5):
        people.add_person(world.coordinator, name=f"Nieuw {number}", email=f"n{number}@aadorp.nl",
                          team=world.teams["Noord"], role="client_manager")  # fmt: skip
    opening.open_round(world.coordinator, draft)
    assert Invitation.objects.filter(measurement_round=draft).count() == 5


def test_teams_that_went_or_came_since_are_named(client, world):
    closed(world, ago=200)
    retention.erase_people()
    people.remove_team(world.coordinator, world.teams["Noord"])
    people.rename_team(world.coordinator, world.teams["West"], name="Westerkwartier")
    people.add_team(world.coordinator, name="Zuid")
    found = copying.last_setup_of(world.municipality)
    assert (found.teams, found.gone, found.others) == (("Oost", "Westerkwartier"), ("Noord",), ("Zuid",))
    page = enter(client, world.coordinator).get(reverse("rounds")).content.decode()
    assert "Teams die er niet meer zijn</strong>: Noord" in page and "deden toen niet mee: Zuid" in page
    assert {team.name for team in copying.copy_last_setup(world.coordinator).teams.all()} == {
        "Oost",
        "Westerkwartier",
    }


def test_without_any_of_those_teams_there_is_nothing_to_copy(client, world):
    closed(world, ago=200)
    retention.erase_people()
    Team.objects.all().delete()
    enter(client, world.coordinator)
    assert "de teams van toen zijn er niet meer" in client.get(reverse("rounds")).content.decode()
    page = client.post(reverse("copy_round_setup"), follow=True).content.decode()
    assert "geen opzet om over te nemen" in page and not MeasurementRound.objects.draft().exists()


def test_a_smallest_group_that_was_raised_since_holds(world, monkeypatch):
    closed(world, ago=200)
    monkeypatch.setattr(copying, "FEWEST", 8)
    assert copying.copy_last_setup(world.coordinator).minimum == 8


@pytest.mark.parametrize(("ago", "starts"), [(100, "later"), (190, "today")])
def test_the_last_day_counts_from_when_it_may_open(world, ago, starts):
    old = closed(world, ago=ago)
    found = copying.last_setup_of(world.municipality)
    first = setup.months_later(old.opened_on, 6)
    assert found.first_day == (first if starts == "later" else None)
    begins = first if starts == "later" else worlds.in_days(0)
    assert found.new_last_day == begins + timedelta(days=13)


def test_right_after_a_long_round_the_last_day_is_as_late_as_it_may_be(world):
    at = worlds.database_instant() - timedelta(days=1)
    worlds.close(worlds.opened(world, days=120, at=at))
    found = copying.last_setup_of(world.municipality)
    assert found.new_last_day == setup.latest_day()
    assert copying.copy_last_setup(world.coordinator)


def test_with_a_draft_an_open_round_or_no_round_there_is_no_offer(world):
    assert copying.last_setup_of(world.municipality) is None
    closed(world, ago=200)
    draft = copying.copy_last_setup(world.coordinator)
    for _ in range(2):
        assert copying.last_setup_of(world.municipality) is None
        with pytest.raises(NothingToCopy):
            copying.copy_last_setup(world.coordinator)
        if draft.state == "draft":
            draft = opening.open_round(world.coordinator, draft)


def test_only_the_own_coordinator_copies_the_own_round(client, world, stranger):
    closed(world, ago=200)
    with pytest.raises(NothingToCopy):
        copying.copy_last_setup(stranger.coordinator)
    with pytest.raises(NotAllowed):
        copying.copy_last_setup(world.manager)
    assert enter(client, world.manager).post(reverse("copy_round_setup")).status_code == 404
    assert client.get(reverse("copy_round_setup")).status_code in (404, 405)
    assert not MeasurementRound.objects.draft().exists() and Person.objects.count() == 36
