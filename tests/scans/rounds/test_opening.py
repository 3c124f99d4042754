"""Opening fixes groups, questionnaires and k; what stands in the way is said."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from scans.models import Invitation, MeasurementRound, OutgoingMail, Tally
from scans.rounds import errors, opening, setup
from teams.models import Person
from teams.services.errors import NotAllowed
from tests.scans.rounds import world as worlds

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def test_the_groups_are_those_of_the_preview(world):
    draft = worlds.draft(world)
    plan = setup.plan_of(draft)
    assert plan.problems == ()
    assert [(one.kind, one.invited) for one in plan.groups] == [("team", 6), ("small_teams", 5), ("role", 5)]
    assert len(plan.outside) == 2
    assert plan.by_consent == ("policy_officer",)
    open_round = opening.open_round(world.coordinator, draft)
    assert {(g.key, g.invited) for g in open_round.groups.all()} == {(g.key, g.invited) for g in plan.groups}
    assert (open_round.state, open_round.policy_version) == ("open", "1")
    assert open_round.questionnaires.count() == 3
    assert Invitation.objects.count() == 18 == OutgoingMail.objects.count()
    assert Tally.objects.count() == 3


def test_a_manager_and_a_stranger_open_nothing(world, stranger):
    draft = worlds.draft(world)
    with pytest.raises(NotAllowed):
        opening.open_round(world.manager, draft)
    with pytest.raises(errors.NotInThisState):
        opening.open_round(stranger.coordinator, draft)
    assert not Invitation.objects.exists()


def test_opening_twice_opens_once(world, open_round):
    with pytest.raises(errors.NotInThisState):
        opening.open_round(world.coordinator, open_round)
    assert Invitation.objects.count() == 18


def test_the_database_holds_one_open_round_per_municipality(world, open_round):
    with pytest.raises(IntegrityError, match="one_open_round|UNIQUE"), transaction.atomic():
        MeasurementRound.objects.create(
            municipality=world.municipality, state="open", opened_on=date(2020, 1, 1), closes_at=open_round.closes_at
        )


def test_a_minimum_below_five_is_refused_by_service_and_database(world):
    with pytest.raises(ValidationError, match="minstens 5"):
        worlds.draft(world, minimum=4)
    row = {"municipality": world.municipality, "minimum": 4, "closes_at": "2030-01-01T00:00Z"}
    with pytest.raises(IntegrityError), transaction.atomic():
        MeasurementRound.objects.create(**row)


def test_six_months_lie_between_two_openings(world, open_round):
    worlds.close(open_round)
    first = setup.months_later(open_round.opened_on, 6)
    for days, problems in ((-1, 1), (0, 0), (1, 0)):
        at = worlds.at_clock(first + timedelta(days=days), 12)
        plan = setup.plan_of(worlds.draft(world, at=at), at=at)
        assert len(plan.problems) == problems, days


@pytest.mark.parametrize(
    ("day", "later"),
    [((2026, 8, 31), (2027, 2, 28)), ((2027, 8, 31), (2028, 2, 29)), ((2026, 1, 15), (2026, 7, 15))],
)
def test_six_months_later_is_a_day_that_exists(day, later):
    assert setup.months_later(date(*day), 6) == date(*later)


def test_addresses_outside_the_operators_domains_are_refused(world, settings):
    settings.ROUND_MAIL_DOMAINS = ["aadorp.nl"]
    assert setup.plan_of(worlds.draft(world)).problems == ()
    Person.objects.filter(name__startswith="Manager-Oost-0").update(email="iemand@elders.nl")
    with pytest.raises(errors.CannotOpen, match="@elders.nl"):
        opening.open_round(world.coordinator, worlds.draft(world))


def test_production_without_domains_invites_nobody(settings):
    assert setup.may_mail("a@b.nl")
    settings.PRODUCTION = True
    assert not setup.may_mail("a@b.nl")


def test_a_closing_date_is_a_midnight_to_come(world):
    for days in (0, -1, 121):
        with pytest.raises(errors.WrongClosingDate):
            worlds.draft(world, days=days)
    draft = worlds.draft(world, days=1)
    local = draft.closes_at.astimezone(worlds.HERE)
    assert (local.hour, local.minute, local.second) == (0, 0, 0)


def test_extending_is_later_only_and_before_the_instant_only(world, open_round):
    was = open_round.closes_at
    for days in (14, 13, 121):
        with pytest.raises(errors.WrongClosingDate):
            opening.extend_round(world.coordinator, open_round, closes_on=worlds.in_days(days))
    opening.extend_round(world.coordinator, open_round, closes_on=worlds.in_days(20))
    open_round.refresh_from_db()
    assert open_round.closes_at > was
    with pytest.raises(errors.NotInThisState):
        opening.extend_round(world.coordinator, open_round, closes_on=worlds.in_days(30), at=open_round.closes_at)


def test_the_last_set_up_is_copied(world, open_round):
    worlds.close(open_round)
    last = setup.last_setup(world.municipality)
    assert last["minimum"] == 5
    assert {team.name for team in last["teams"]} == {"Noord", "Oost", "West"}


def test_a_person_in_an_open_round_cannot_leave_the_list(world, open_round):
    from teams.services import people
    from teams.services.errors import InUse

    with pytest.raises(InUse):
        people.remove_person(world.coordinator, Person.objects.first())


def test_a_municipality_goes_whole(world, open_round):
    worlds.answer(worlds.invitations(open_round)[0])
    world.municipality.delete()
    assert not MeasurementRound.objects.exists() and not Invitation.objects.exists() and not Person.objects.exists()
