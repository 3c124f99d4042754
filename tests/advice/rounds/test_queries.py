"""Pages of staff cost the same number of queries for a hamlet with one round as for a city with twenty.

The addresses come from the resolver, so a page or an export that is added is measured too.
"""

from contextlib import ExitStack

import pytest
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from advice import pdf
from advice.rounds import frozen, views
from advice.rounds.urls import urlpatterns
from scans.models import RoundResult
from scans.rounds import selectors
from scans.rounds.urls import staff_patterns
from teams.models import Team
from teams.urls import urlpatterns as team_patterns
from tests.scans.rounds import crowd
from tests.scans.rounds import world as worlds
from tests.scans.rounds.test_pages import enter

FEW, MANY = 5, 5000
MOST = 15  # of any page, the session, the account and the municipality included
QUICK = {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"], "ROUND_MAIL_DOMAINS": []}
RESULTS = {pattern.name: pattern for pattern in urlpatterns}
STAFF = {
    pattern.name: pattern
    for pattern in (*staff_patterns, *team_patterns)
    if str(pattern.pattern).startswith("gemeente/")
}
# What an address with a public id is about. Everything in STAFF that has one must be here.
SUBJECT = {
    "round": ("open", "closed", "draft"),
    "open_round": ("draft",),
    "extend_round": ("open",),
    "round_address": ("invitation",),
    "edit_team": ("team",),
    "edit_person": ("person",),
    "remove_person": ("person",),
    "colleague": ("colleague",),
    "reset_colleague": ("colleague",),
}


@pytest.fixture(scope="module")
def places(django_db_setup, django_db_blocker):
    """Made once for this file, inside a transaction that is undone after it; each test has its own within that."""
    with django_db_blocker.unblock(), ExitStack() as stack:
        stack.enter_context(override_settings(**QUICK))
        stack.enter_context(transaction.atomic())
        stack.callback(transaction.set_rollback, True)
        yield [
            place("Gehucht", teams=1, people=FEW, rounds=1),
            place("Grootstad", teams=26, people=MANY, rounds=20),
        ]


def place(name: str, *, teams: int, people: int, rounds: int):
    """It has this size from the last closed round on; making twenty rounds of a city would only take longer."""
    world = crowd.municipality(name, teams=1, people=FEW)
    closed = crowd.closed_rounds(world, rounds, before_last=lambda: crowd.grow(world, teams=teams, people=people))[-1]
    world.closed, world.open = closed, worlds.opened(world)
    world.draft = worlds.draft(world)
    world.invitation = world.open.invitations.order_by("pk").first()
    world.team, world.person = next(iter(world.teams.values())), world.municipality.people.first()
    world.colleague = world.manager
    world.last_group = len(frozen.frozen_or_404(world.municipality, closed.public_id).groups)
    return world


@pytest.fixture(autouse=True)
def no_pdf(monkeypatch):
    """A document is as long as the round; what counts here is what was read to make it."""
    monkeypatch.setattr(pdf._Worker, "render", lambda *args: b"%PDF-")


def results_of(world) -> dict[str, str]:
    """Address of every result page and export; of a group the last, which exists, and the municipality."""
    found = {}
    for name, pattern in RESULTS.items():
        for number in (0, world.last_group):
            values = {"public_id": world.closed.public_id, "number": number}
            kwargs = {key: values[key] for key in pattern.pattern.converters}
            found[f"{name} {'group' if number else 'municipality'}"] = reverse(name, kwargs=kwargs)
    return found


def staff_pages_of(world) -> dict[str, str]:
    found = {}
    for name, pattern in STAFF.items():
        if not pattern.pattern.converters:
            found[name] = reverse(name)
        for subject in SUBJECT.get(name, ()):
            found[f"{name} {subject}"] = reverse(name, args=[getattr(world, subject).public_id])
    return found


def counted(client: Client, address: str) -> int | None:
    """Queries of one GET, the content of the scan already read; None for an address that only takes a POST."""
    response = client.get(address)
    if response.status_code in (302, 405):
        return None
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200, address
    return len(captured)


def costs(addresses: dict[str, str], user) -> dict[str, int | None]:
    client = enter(Client(), user)
    return {name: counted(client, address) for name, address in addresses.items()}


def differing(places, addresses_of, who="coordinator", most=MOST) -> dict[str, tuple]:
    """Pages that do not cost the same in both places, with what they cost there."""
    few, many = (costs(addresses_of(world), getattr(world, who)) for world in places)
    assert max(cost for cost in many.values() if cost) <= most, many
    return {name: (few[name], many[name]) for name in few if few[name] != many[name]}


# --- the guard ---------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_there_is_something_to_grow_with(places):
    hamlet, city = places
    for world, teams, people, rounds in ((hamlet, 1, FEW, 1), (city, 26, MANY, 20)):
        assert len(world.teams) == teams and world.open.invitations.count() == people + 10
        assert RoundResult.objects.filter(measurement_round__municipality=world.municipality).count() == rounds
        last = frozen.frozen_or_404(world.municipality, world.closed.public_id)
        assert len(last.team_groups) == teams and len(last.scores) >= 12 * teams


@pytest.mark.django_db
def test_every_staff_address_about_something_is_measured(places):
    """What stands in no table takes no GET."""
    client = enter(Client(), places[0].coordinator)
    for name, pattern in STAFF.items():
        if pattern.pattern.converters and name not in SUBJECT:
            assert client.get(reverse(name, args=["x" * 16])).status_code == 405, name


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["manager", "coordinator"])
def test_results_cost_the_same_for_a_hamlet_and_a_city(places, who):
    assert differing(places, results_of, who) == {}


@pytest.mark.django_db
def test_pages_of_the_coordinator_cost_the_same_for_five_people_and_for_5000(places):
    assert differing(places, staff_pages_of, "coordinator") == {}


# --- is it seen when they do not? --------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_query_per_round_is_seen(places, monkeypatch):
    thaw = frozen.thaw
    monkeypatch.setattr(frozen, "thaw", lambda results: [one for row in results for one in thaw([row])])
    assert set(differing(places, results_of, most=999)) >= {"round_over_time group", "round_over_time municipality"}


@pytest.mark.django_db
def test_a_query_per_team_is_seen(places, monkeypatch):
    grid_of = views.grid_of

    def asks_for_every_team(found):
        for group in found.team_groups:
            Team.objects.filter(public_id__in=[team for team, _ in group.teams]).first()
        return grid_of(found)

    monkeypatch.setattr(views, "grid_of", asks_for_every_team)
    assert "round_result group" in differing(places, results_of, most=999)


@pytest.mark.django_db
def test_a_query_per_invited_person_is_seen(places, monkeypatch):
    plain = selectors.invitations_of
    monkeypatch.setattr(selectors, "invitations_of", lambda one: plain(one).select_related(None))
    assert set(differing(places, staff_pages_of, most=999)) == {"round open", "round closed"}
