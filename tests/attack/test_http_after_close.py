"""After close everything comes from the shown figures, and nothing that happens later changes a byte of it."""

import hashlib
from contextlib import suppress
from datetime import timedelta

import pytest

from advice.remembered import forget_content
from advice.rounds import frozen as freezer
from scans import services
from scans.clock import database_instant, database_today
from scans.models import AnswerOption, Publication, Role, RoundResult, Scan
from scans.rounds import closing, errors, inviting, opening, responding, retention
from scans.selectors.content import questionnaire_content
from teams.models import Municipality, Person
from teams.services import people as lists
from tests.attack import town as towns
from tests.attack.harvest import HTML, crawl
from tests.attack.twins import ALFA, different, everything, made
from tests.scans.versions import VERSION, second_version

pytestmark = pytest.mark.django_db
LATE = 17  # somebody with a full draft when the round closes


@pytest.fixture
def town(db):
    return towns.build()


# --- from the shown figures and nothing else ------------------------------------------------------------------


def closed_with(town, savepoint, world, opened, **how) -> tuple[str, str, dict]:
    """(what is shown, what is only remembered, all pages of all staff)"""
    with savepoint():
        towns.answer_all(town, opened, world)
        result = towns.close(opened)
        return result.content, result.remembered, everything(town, **how)


def unlike_worlds():
    """Other people, another number of people, other answers; and the same figures."""
    return made(2, silent={ALFA[5]}), made(2, others={ALFA[0]: 3})


def test_the_same_shown_figures_give_the_same_bytes(town, savepoint):
    """So no page, export or document holds a mean, a count, a sum or an order that is not in the shown figures."""
    opened = towns.opened(town, made(2))
    first, second = (closed_with(town, savepoint, world, opened) for world in unlike_worlds())
    assert first[0] == second[0] and '"shown":"50"' in first[0]
    assert first[1] != second[1]  # there is something to leak: the numbers of people, kept for the next round
    assert len(first[2]) > 100
    assert different(first[2], second[2]) == []


def test_a_page_with_an_exact_number_is_seen(town, savepoint, monkeypatch):
    real = freezer._thaw

    def leaking(result, ids):
        found = real(result, ids)
        kept = RoundResult.objects.values_list("remembered", flat=True).get(pk=result.pk)
        object.__setattr__(found, "policy", str(sum(int(n) for n in kept if n.isdigit())))
        return found

    monkeypatch.setattr(freezer, "_thaw", leaking)
    opened = towns.opened(town, made(2))
    first, second = (closed_with(town, savepoint, world, opened, documents=False) for world in unlike_worlds())
    assert {address.rpartition("/uitkomst/")[1] for _, address in different(first[2], second[2])} == {"/uitkomst/"}


# --- whatever happens later -----------------------------------------------------------------------------------


def late_submit(town, closed):
    scan = Scan.objects.get(submitted_on=None)
    with suppress(errors.RoundClosed):
        services.submit_scan(scan.pk, in_round=True)
    services.submit_scan(scan.pk, in_round=False)  # as a scan of one's own


def erasing_every_scan(town, closed):
    for scan in Scan.objects.all():
        services.erase_scan(scan.pk)
    assert not Scan.objects.exists()


def the_end_of_every_scan(town, closed):
    while services.erase_expired(today=database_today() + timedelta(days=400)):
        pass


def retention_of_people(town, closed):
    assert retention.erase_people(today=towns.local_day(closed.closes_at) + timedelta(days=400))
    assert not Person.objects.exists()


def renaming_teams(town, closed):
    for number, team in enumerate(town.municipality.teams.all()):
        lists.rename_team(town.coordinator, team, name=f"Anders {number}")


def renaming_the_municipality(town, closed):
    Municipality.objects.filter(pk=town.municipality.pk).update(name="Heel anders")


def merging_teams(town, closed):
    bravo = town.municipality.teams.get(name="Bravo")
    for person in town.municipality.people.all():
        lists.change_person(
            town.coordinator, person, name=person.name, email=person.email, team=bravo, role=person.role
        )


def removing_teams(town, closed):
    retention_of_people(town, closed)
    for team in town.municipality.teams.all():
        lists.remove_team(town.coordinator, team)
    assert not town.municipality.teams.exists()


def every_act_of_the_coordinator(town, closed):
    invitation, bravo = closed.invitations.first(), town.municipality.teams.get(name="Bravo")
    later = towns.local_day(closed.closes_at) + timedelta(days=3)
    for act in (
        lambda: inviting.withdraw(town.coordinator, invitation),
        lambda: inviting.correct(town.coordinator, invitation, role="manager", team=bravo),
        lambda: inviting.send_again(town.coordinator, invitation),
        lambda: inviting.remind(town.coordinator, closed),
        lambda: opening.extend_round(town.coordinator, closed, closes_on=later),
    ):
        with pytest.raises(errors.NotInThisState):
            act()


def withdrawing_levels(town, closed):
    for invitation in closed.invitations.all():
        assert not responding.withdraw_levels(f"{invitation.public_id:_>43}")


def closing_again(town, closed):
    assert not closing.close_round(closed.pk, at=closed.closes_at + timedelta(days=1))
    assert closing.close_due(at=closed.closes_at + timedelta(days=1)) == 0
    closing.note_bands(at=closed.closes_at + timedelta(minutes=5))


def a_new_version(town, closed, settings):
    for role in Role.values:
        draft = second_version(role)
        draft.questions.update(text="Anders?", relation="reworded")
        AnswerOption.objects.filter(question__questionnaire=draft).update(label="Anders")
        Publication.objects.create(questionnaire=draft, published_on=database_today(), sha256="x")
    settings.QUESTIONNAIRE_VERSION = VERSION
    forget_content()
    assert "Anders?" in {question.text for question in questionnaire_content(draft.pk).questions}


def a_later_round(town, closed):
    retention_of_people(town, closed)
    at = closed.closes_at + timedelta(days=200)
    later = towns.play(town, made(4), at)
    assert '"shown":"70 of hoger"' in later.result.content


def a_round_elsewhere(town, closed):
    elsewhere = towns.build("Beedorp")
    towns.play(elsewhere, made(0), closed.closes_at - timedelta(days=100))


def deleting_another_municipality(town, closed):
    a_round_elsewhere(town, closed)
    Municipality.objects.get(name="Beedorp").delete()


LATER = (
    late_submit, erasing_every_scan, the_end_of_every_scan, retention_of_people, renaming_teams,
    renaming_the_municipality, merging_teams, removing_teams, every_act_of_the_coordinator, withdrawing_levels,
    closing_again, a_later_round, a_round_elsewhere, deleting_another_municipality, a_new_version,
)  # fmt: skip


@pytest.fixture
def closed(town):
    """Two rounds with results. In the last one somebody was too late."""
    world = made(1, silent={LATE}, others={0: 4})
    town.consenting = {towns.name_of(11)}
    towns.play(town, made(3), database_instant() - timedelta(days=250), forget=True)
    measurement_round = towns.opened(town, world)
    towns.answer_all(town, measurement_round, world)
    scan = responding.begin(measurement_round.invitations.get(person__name=towns.name_of(LATE)).public_id)
    content = questionnaire_content(scan.questionnaire_id)
    services.save_answers(scan.pk, {question.id: "0" for question in content.questions})
    towns.close(measurement_round)
    return measurement_round


def results(town) -> dict:
    """Every page and export of results, as coordinator and as manager. Not the list of rounds: that one grows. PDFs
    take seconds each and have a test of their own.
    """
    pages = everything(town, ("coordinator", "manager"), alike=1, documents=False)
    return {key: page for key, page in pages.items() if "/uitkomst/" in key[1]}


def rows(of=None) -> list[dict]:
    """The frozen rows of these rounds, or of all that there are."""
    found = RoundResult.objects.filter(pk__in=of) if of else RoundResult.objects.all()
    return list(found.order_by("pk").values())


def test_nothing_later_changes_a_byte(town, closed, savepoint, settings):
    pages, kept, changed = results(town), rows(), {}
    assert len(kept) == 2 and len(pages) > 20
    for later in LATER:
        with savepoint():
            later(town, closed, settings) if later is a_new_version else later(town, closed)
            after = results(town)
            old = {key: after.get(key) for key in pages}
            if rows([row["measurement_round_id"] for row in kept]) != kept or old != pages:
                changed[later.__name__] = different(pages, old) or "the row"
    assert changed == {}
    for row in kept:
        assert hashlib.sha256(row["content"].encode()).hexdigest() == row["sha256"]


def exports(town) -> dict:
    """All that can be taken along, PDFs too."""
    pages = crawl(town.enter("manager"), alike=1)
    return {address: one.body for address, one in pages.items() if one.kind != HTML and one.status == 200}


def test_nothing_later_changes_a_byte_of_what_was_taken_along(town, closed, savepoint):
    before, changed = exports(town), {}
    assert before
    for later in (renaming_teams, removing_teams, a_later_round):
        with savepoint():
            later(town, closed)
            after = exports(town)
            changed[later.__name__] = [address for address in before if before[address] != after[address]]
    assert changed == {"renaming_teams": [], "removing_teams": [], "a_later_round": []}


def test_a_page_that_reads_the_names_of_today_is_seen(town, closed, savepoint, monkeypatch):
    real = freezer._group

    def with_todays_name(number, one):
        for team in one["teams"]:
            team[1] = town.municipality.teams.get(public_id=team[0]).name
        return real(number, one)

    monkeypatch.setattr(freezer, "_group", with_todays_name)
    pages = results(town)
    renaming_teams(town, closed)
    assert different(pages, results(town))
