"""While a round is open nothing that staff can open, and nothing that staff can do, tells who answered, or what."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from scans.models import Invitation, Tally
from scans.rounds import errors, inviting, responding, selectors, setup
from scans.rounds.mail import send_waiting
from tests.attack import harvest
from tests.attack import town as towns
from tests.attack.explained import Reasons, dates, short_phrases, unexplained
from tests.attack.harvest import TOKEN, crawl, every_address, get
from tests.attack.town import STAFF
from tests.attack.twins import ALFA, MANAGERS, POLICY, different, everything, made, night
from tests.teams import files

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db):
    return towns.build()


@pytest.fixture
def opened(town):
    return towns.opened(town, made(2))


def looked_at(town, savepoint, world, opened) -> dict:
    """Everything that staff sees when these people have answered and a night has passed."""
    with savepoint():
        towns.answer_all(town, opened, world)
        night(opened)
        return everything(town)


def frozen(town, savepoint, world, opened) -> str:
    with savepoint():
        towns.answer_all(town, opened, world)
        return towns.close(opened).content


def other_answers():
    return made(0), made(4)


def other_people():
    """Eight and nine of eighteen: the same band."""
    return made(1, silent={0, 1, 2, *POLICY, *MANAGERS}), made(3, silent={3, 4, 5, 6, 7, 8, 9, 10, 12})


@pytest.mark.parametrize("worlds", [other_answers, other_people])
def test_every_page_of_all_staff_is_byte_equal(town, opened, savepoint, worlds):
    first, second = worlds()
    assert frozen(town, savepoint, first, opened) != frozen(town, savepoint, second, opened)  # something to leak
    seen = looked_at(town, savepoint, first, opened)
    assert {who for who, _ in seen} == set(STAFF) and len(seen) > 100
    assert any(b" mensen. Stand van" in body for _, _, body in seen.values())
    assert different(seen, looked_at(town, savepoint, second, opened)) == []


def running_pages(seen, opened) -> dict:
    """Who → the page at the address where the result will be."""
    address = reverse("round_result", args=[opened.public_id])
    return {who: body for (who, asked), (status, _, body) in seen.items() if asked == address and status == 200}


@pytest.mark.parametrize("worlds", [other_answers, other_people])
def test_where_the_result_will_be_stands_only_the_day_of_closing(town, opened, savepoint, worlds):
    first, second = (running_pages(looked_at(town, savepoint, world, opened), opened) for world in worlds())
    assert first == second and set(first) == set(STAFF)
    days = {*dates(selectors.last_day_of(opened)), *dates(towns.local_day(opened.closes_at))}
    known = Reasons(frozenset(), frozenset(), short_phrases(days), frozenset(), frozenset())
    for body in first.values():
        page = harvest.Served("/", "round_result", (), 200, "", harvest.HTML, body)
        assert unexplained(page, known) == []
        nothing = replace(known, phrases=short_phrases(()))
        assert len(unexplained(page, nothing)) >= 3, "the days stand there, and the eye sees them"


@pytest.mark.parametrize(
    ("worlds", "words"),
    [
        (other_people, lambda band: str(Invitation.objects.filter(used=True).count())),
        (other_answers, lambda band: str([one.counters for one in Tally.objects.order_by("pk")])),
    ],
    ids=["a live count", "live counters"],
)
def test_a_page_that_counts_is_seen(town, opened, savepoint, monkeypatch, worlds, words):
    monkeypatch.setattr(selectors, "band_words", words)
    pages = [looked_at(town, savepoint, world, opened) for world in worlds()]
    leaks = different(*pages)
    assert leaks and {address for _, address in leaks} == {reverse("round", args=[opened.public_id])}


# --- nothing is left out -------------------------------------------------------------------------------------


def prepared(town):
    towns.settle(town, made(2))
    last = towns.local_day(towns.database_instant()) + towns.timedelta(days=14)
    teams = town.municipality.teams.all()
    return setup.save_draft(town.coordinator, closes_on=last, minimum=5, teams=teams)


def running(town):
    return towns.opened(town, made(2))


def over(town):
    return towns.play(town, made(2))


def without_a_link(town, measurement_round) -> set[str]:
    """Pages that the resolver can make of what is there, and that the crawl does not open."""
    rows = (town.municipality.teams, town.municipality.people, measurement_round.invitations)
    one_of_each = [measurement_round, town.coordinator, *(one for found in rows for one in found.all()[:1])]
    found = set()
    for who in STAFF:
        client = town.enter(who)
        opened = crawl(client, every_address(()))
        left = set(every_address([one.public_id for one in one_of_each])) - opened.keys()
        found |= {address for address in left if get(client, address).status == 200}
    return found


@pytest.mark.parametrize("state", [prepared, running, over])
def test_links_lead_to_every_page_that_is_about_something(town, state):
    assert without_a_link(town, state(town)) == set()


def test_a_page_without_a_link_is_seen(town, monkeypatch):
    measurement_round = over(town)
    monkeypatch.setattr(harvest, "links_of", lambda served: ())
    assert reverse("round_json", args=[measurement_round.public_id]) in without_a_link(town, measurement_round)


# --- what the coordinator does --------------------------------------------------------------------------------


def answered(opened, invitation):
    towns.answer(invitation, made(3).answers[invitation.person.name], consent=True)


def begun(opened, invitation):
    responding.begin(invitation.public_id)


def silent(opened, invitation):
    pass


def acts_on(town, invitation) -> dict[str, list[tuple[str, dict]]]:
    """Name → the posts of one act. All that a coordinator can do with a round, an address or a person in it."""
    own, person = [invitation.public_id], [invitation.person.public_id]
    opened, bravo = [invitation.measurement_round.public_id], town.municipality.teams.get(name="Bravo")
    same = {"role": invitation.role, "team": invitation.team.public_id}
    now = {"name": invitation.person.name, "email": invitation.person.email, **same}
    row = [now["name"], now["email"], "Bravo", "manager"]
    list_of_one = SimpleUploadedFile("lijst.csv", files.csv([files.HEAD, row]))
    withdraw = (reverse("withdraw_round_address", args=own), {})
    mail = (reverse("mail_round_address", args=own), {})
    last_day = selectors.last_day_of(invitation.measurement_round)
    return {
        "remind": [(reverse("remind_round", args=opened), {})],
        "withdraw": [withdraw],
        "withdraw twice": [withdraw, withdraw],
        "mail again": [mail],
        "mail again after withdrawing": [withdraw, mail],
        "correct to the same": [(reverse("round_address", args=own), same)],
        "correct": [(reverse("round_address", args=own), {"role": "manager", "team": bravo.public_id})],
        "extend": [(reverse("extend_round", args=opened), {"last_day": last_day.replace(year=last_day.year + 1)})],
        "extend a little": [(reverse("extend_round", args=opened), {"last_day": last_day + towns.timedelta(3)})],
        "change the person": [(reverse("edit_person", args=person), now | {"email": "anders@aadorp.nl"})],
        "another team": [(reverse("edit_person", args=person), now | {"team": bravo.public_id})],
        "remove the person": [(reverse("remove_person", args=person), {})],
        "remove the team": [(reverse("remove_team", args=[invitation.team.public_id]), {})],
        "import": [(reverse("import_people"), {"file": list_of_one})],
        "open again": [(reverse("open_round", args=opened), {})],
        "throw away": [(reverse("delete_round", args=opened), {})],
    }


def outcomes(town, opened, savepoint, number: int, state) -> dict[str, list]:
    """Act → everything that came back and what the pages say afterwards, when this person is in this state."""
    found = {}
    with savepoint():
        towns.answer_all(town, opened, made(2, silent={number, 1, 2, 3, 4, *MANAGERS}))
        night(opened)
        invitation = opened.invitations.get(person__name=towns.name_of(number))
        state(opened, invitation)
        night(opened, 2)
        for name, posts in acts_on(town, opened.invitations.get(pk=invitation.pk)).items():
            with savepoint():
                found[name] = outcome(town.enter("coordinator"), posts, invitation)
    return found


def outcome(client, posts, invitation) -> list:
    seen = []
    for address, data in posts:
        response = client.post(address, data)
        seen.append((response.status_code, response.headers.get("Location"), TOKEN.sub(b"", response.content)))
        if response.status_code == 302:
            seen.append(get(client, response.url))
    while send_waiting():
        pass
    own, person = invitation.public_id, invitation.person.public_id
    round_ = invitation.measurement_round.public_id
    after = [reverse("round", args=[round_]), reverse("round_address", args=[own]), reverse("people")]
    after += [reverse("edit_person", args=[person]), reverse("remove_person", args=[person]), reverse("rounds")]
    return seen + [get(client, address) for address in after]


@pytest.fixture
def mails_are_out(opened):
    while send_waiting():
        pass


@pytest.mark.parametrize("number", [ALFA[0], POLICY[0]], ids=["in a group", "by consent"])
def test_every_act_gives_the_same_whoever_answered(town, opened, savepoint, mails_are_out, number):
    nothing = outcomes(town, opened, savepoint, number, silent)
    assert b"ingetrokken" in nothing["withdraw"][1].body  # the messages are really there
    for state in (answered, begun):
        found = outcomes(town, opened, savepoint, number, state)
        assert [name for name in nothing if found[name] != nothing[name]] == []


def withdraw_if_unused(actor, invitation, *, at=None):
    if invitation.used:
        raise errors.NotInThisState


def remind_who_is_silent(actor, measurement_round, *, at=None):
    for invitation in measurement_round.invitations.filter(used=False):
        inviting.OutgoingMail.objects.create(invitation=invitation, kind="reminder", status="uncertain")


@pytest.mark.parametrize(
    ("act", "broken", "seen"),
    [
        ("withdraw", withdraw_if_unused, {"withdraw", "withdraw twice", "mail again after withdrawing"}),
        ("remind", remind_who_is_silent, {"remind"}),
    ],
)
def test_an_act_that_tells_is_seen(town, opened, savepoint, mails_are_out, monkeypatch, act, broken, seen):
    monkeypatch.setattr(inviting, act, broken)
    nothing, found = (outcomes(town, opened, savepoint, 0, state) for state in (silent, answered))
    assert {name for name in nothing if found[name] != nothing[name]} == seen
