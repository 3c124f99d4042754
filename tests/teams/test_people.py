"""Teams and people, one at a time: add, rename, edit, remove. And always within the own municipality."""

import pytest
from django.db import IntegrityError, models, transaction

from scans.models import Role
from teams.models import Municipality, Person, PersonRole, Team, User
from teams.services import people
from teams.services.errors import NotAllowed
from tests.database import refusal

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def page(response):
    return response.content.decode()


def fields(own, **changes):
    return {
        "name": "Sam Bos", "email": "Sam@aadorp.nl", "team": own.team.public_id, "role": "policy_officer",
    } | changes  # fmt: skip


def test_the_roles_are_those_of_the_scans():
    assert PersonRole.choices == Role.choices


def test_a_team_is_added_and_renamed(coordinator, own):
    assert "Team West staat erbij" in page(
        coordinator.post("/gemeente/teams/nieuw/", {"name": "  West "}, follow=True)
    )
    west = Team.objects.get(name="West")
    assert west.municipality == own.municipality
    coordinator.post(f"/gemeente/teams/{west.public_id}/", {"name": "Zuidwest"})
    west.refresh_from_db()
    assert west.name == "Zuidwest"


def test_two_teams_have_different_names_whatever_their_capitals(coordinator, own, foreign):
    assert "Dit team is er al" in page(coordinator.post("/gemeente/teams/nieuw/", {"name": "NOORD"}))
    assert own.municipality.teams.count() == 1
    other = people.add_team(own.coordinator, name="West")
    assert "Dit team is er al" in page(coordinator.post(f"/gemeente/teams/{other.public_id}/", {"name": "noord"}))
    assert foreign.municipality.teams.filter(name="Noord").exists()  # elsewhere it may


@pytest.mark.parametrize("name", ["", "   ", "x" * 101, "=1", "+31", "-1", "@team", "a\x07b"])
def test_a_name_that_is_none_is_refused(coordinator, own, name):
    assert 'aria-invalid="true"' in page(coordinator.post("/gemeente/teams/nieuw/", {"name": name}))
    assert own.municipality.teams.count() == 1


def test_a_team_goes_only_when_it_is_empty(coordinator, own):
    address = f"/gemeente/teams/{own.team.public_id}/"
    assert "Verwijder dit team" not in page(coordinator.get(address))
    assert "kan niet weg" in page(coordinator.post(address + "verwijderen/", follow=True))
    own.person.delete()
    assert "Verwijder dit team" in page(coordinator.get(address))
    coordinator.post(address + "verwijderen/")
    assert not Team.objects.filter(pk=own.team.pk).exists()


def test_a_person_is_added_edited_and_removed(coordinator, own):
    coordinator.post("/gemeente/mensen/nieuw/", fields(own))
    sam = Person.objects.get(email="sam@aadorp.nl")
    assert (sam.name, sam.team, sam.role, sam.municipality) == (
        "Sam Bos",
        own.team,
        "policy_officer",
        own.municipality,
    )
    address = f"/gemeente/mensen/{sam.public_id}/"
    assert 'value="Sam Bos"' in page(coordinator.get(address))
    coordinator.post(address, fields(own, name="Sam van den Bos", role="manager"))
    sam.refresh_from_db()
    assert (sam.name, sam.role) == ("Sam van den Bos", "manager")
    assert coordinator.get(address + "verwijderen/").status_code == 200
    assert Person.objects.filter(pk=sam.pk).exists()
    assert "is uit de lijst" in page(coordinator.post(address + "verwijderen/", follow=True))
    assert not Person.objects.filter(pk=sam.pk).exists()


def test_an_address_stands_in_the_list_once(coordinator, own, foreign):
    assert "hoort al bij iemand" in page(
        coordinator.post("/gemeente/mensen/nieuw/", fields(own, email="KIM@aadorp.nl"))
    )
    coordinator.post("/gemeente/mensen/nieuw/", fields(own))
    sam = Person.objects.get(email="sam@aadorp.nl")
    clash = coordinator.post(f"/gemeente/mensen/{sam.public_id}/", fields(own, email="kim@aadorp.nl"))
    assert "hoort al bij iemand" in page(clash)
    coordinator.post("/gemeente/mensen/nieuw/", fields(own, email=foreign.person.email))
    assert (
        Person.objects.filter(email=foreign.person.email).count() == 2
    )  # what another municipality has, nobody sees


@pytest.mark.parametrize("change", [{"name": ""}, {"email": "x"}, {"team": ""}, {"role": "baas"}, {"name": "=x"}])
def test_a_wrong_field_is_refused(coordinator, own, change):
    assert 'aria-invalid="true"' in page(coordinator.post("/gemeente/mensen/nieuw/", fields(own, **change)))
    assert own.municipality.people.count() == 1


def test_nobody_is_put_in_a_team_of_another_municipality(coordinator, own, foreign):
    response = coordinator.post("/gemeente/mensen/nieuw/", fields(own, team=foreign.team.public_id))
    assert "uit de lijst" in page(response)
    with pytest.raises(NotAllowed):
        people.add_person(own.coordinator, name="x", email="x@a.nl", team=foreign.team, role="manager")
    with pytest.raises(NotAllowed):
        people.change_person(own.coordinator, own.person, name="x", email="x@a.nl", team=foreign.team, role="manager")
    assert foreign.team.people.count() == 1


@pytest.mark.parametrize(
    "act",
    [
        lambda actor, own: people.rename_team(actor, own.team, name="Anders"),
        lambda actor, own: people.remove_person(actor, own.person),
        lambda actor, own: people.remove_team(actor, own.team),
        lambda actor, own: people.change_person(
            actor, own.person, name="x", email="x@a.nl", team=own.team, role="manager"
        ),
    ],
)  # fmt: skip
def test_a_manager_and_a_stranger_change_nothing(own, foreign, act):
    for actor in (own.manager, foreign.coordinator):
        with pytest.raises(NotAllowed):
            act(actor, own)
    assert Team.objects.get(pk=own.team.pk).name == "Noord"
    assert Person.objects.get(pk=own.person.pk).name == "Kim de Boer"


def test_somebody_whom_a_round_needs_stays(coordinator, own, monkeypatch):
    def protected(self):
        raise models.ProtectedError("an invitation", set())

    monkeypatch.setattr(Person, "delete", protected)
    response = coordinator.post(f"/gemeente/mensen/{own.person.public_id}/verwijderen/", follow=True)
    assert "er loopt een ronde" in page(response)


def test_the_list_costs_the_same_for_one_and_for_three(coordinator, own, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost(path):
        with CaptureQueriesContext(connection) as queries:
            assert coordinator.get(path).status_code == 200
        return len(queries)

    before = [cost(path) for path in ("/gemeente/", "/gemeente/mensen/")]
    for number in range(3):
        team = people.add_team(own.coordinator, name=f"Team {number}")
        people.add_person(own.coordinator, name="x", email=f"x{number}@a.nl", team=team, role="manager")
        User.objects.create_user(f"u{number}@a.nl", municipality=own.municipality, is_manager=True)
    assert [cost(path) for path in ("/gemeente/", "/gemeente/mensen/")] == before


def test_a_long_list_has_pages_and_a_team_can_be_chosen(coordinator, own):
    west = people.add_team(own.coordinator, name="West")
    Person.objects.bulk_create(
        Person(municipality=own.municipality, team=west, role="manager", name=f"P{n:03}", email=f"p{n}@a.nl")
        for n in range(150)
    )
    first = page(coordinator.get("/gemeente/mensen/"))
    assert "Bladzijde 1 van 2" in first and "Kim de Boer" in first and "P149" not in first
    assert "P149" in page(coordinator.get("/gemeente/mensen/?bladzijde=2"))
    assert "Kim de Boer" not in page(coordinator.get(f"/gemeente/mensen/?team={west.public_id}"))
    for strange in ("?bladzijde=x", "?bladzijde=-1", "?bladzijde=99999999", "?team=x", "?team="):
        assert coordinator.get("/gemeente/mensen/" + strange).status_code == 200


def test_a_team_of_another_municipality_chooses_nothing(coordinator, own, foreign):
    body = page(coordinator.get(f"/gemeente/mensen/?team={foreign.team.public_id}"))
    assert foreign.person.name not in body or own.person.name in body
    assert foreign.person.email not in body


def test_names_are_shown_as_text(coordinator, own):
    Person.objects.filter(pk=own.person.pk).update(name="<script>alert(1)</script>")
    body = page(coordinator.get("/gemeente/mensen/"))
    assert "<script>alert" not in body and "&lt;script&gt;" in body


# --- what the database refuses by itself --------------------------------------------------------------------


def test_the_database_refuses_what_forms_refuse(own):
    common = {"municipality": own.municipality, "team": own.team, "name": "x"}
    assert refusal(lambda: Person.objects.create(**common, role="manager", email="kim@aadorp.nl"))
    assert refusal(lambda: Person.objects.create(**common, role="manager", email="Groot@aadorp.nl"))
    assert refusal(lambda: Person.objects.create(**common, role="baas", email="y@aadorp.nl"))
    assert refusal(lambda: Team.objects.create(municipality=own.municipality, name="NOORD"))
    assert refusal(lambda: Municipality.objects.create(name="AADORP", contact_email="x@y.nl"))
    assert refusal(lambda: User.objects.create_user("los@x.nl", is_manager=True))
    assert refusal(lambda: User.objects.filter(pk=own.manager.pk).update(email="Groot@x.nl"))
    assert not refusal(lambda: Person.objects.create(**common, role="manager", email="z@aadorp.nl"))


def test_a_team_with_people_does_not_go_but_a_municipality_goes_whole(own):
    with pytest.raises(models.RestrictedError):
        own.team.delete()
    own.municipality.delete()
    assert (
        not Person.objects.filter(pk=own.person.pk).exists() and not User.objects.filter(pk=own.manager.pk).exists()
    )


def test_two_at_once_do_not_add_the_same_person_twice(own):
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.bulk_create(
            Person(municipality=own.municipality, team=own.team, role="manager", name="x", email="dubbel@a.nl")
            for _ in range(2)
        )
