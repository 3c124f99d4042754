"""Closing: once, at the instant, frozen with a hash, and the counters gone."""

import hashlib
import json
from datetime import timedelta

import pytest

from scans import services
from scans.models import Attribution, Invitation, InvitationSecret, OutgoingMail, RoundDraft, RoundResult, Tally
from scans.rounds import closing, inviting, retention
from teams.models import Person
from tests.scans.rounds import world as worlds

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def fill(open_round, choice="2"):
    for invitation in worlds.invitations(open_round, team="Noord"):
        worlds.answer(invitation, choice=choice)


def frozen(open_round) -> dict:
    return json.loads(RoundResult.objects.get(measurement_round=open_round).content)


def test_nobody_closes_early(open_round):
    assert not worlds.close(open_round, after=timedelta(microseconds=-1))
    assert closing.close_due() == 0
    assert Tally.objects.count() == 3 and not RoundResult.objects.exists()


def test_closing_freezes_and_forgets(open_round):
    fill(open_round)
    worlds.begin(worlds.invitations(open_round, team="Oost")[0])
    worlds.mailed_secrets()
    assert worlds.close(open_round)
    result = RoundResult.objects.get()
    assert result.sha256 == hashlib.sha256(result.content.encode()).hexdigest()
    assert (result.policy_version, len(result.questionnaires)) == ("1", 3)
    for gone in (Tally, Attribution, RoundDraft, InvitationSecret):
        assert not gone.objects.exists(), gone
    assert not OutgoingMail.objects.filter(status="waiting").exists()
    assert not Invitation.objects.filter(used=True).exists()
    figures = [one for one in frozen(open_round)["figures"] if one["group"].startswith("team:")]
    assert len([one for one in figures if one["kind"] == "score"]) == 12
    assert {one["shown"] for one in figures if one["kind"] == "score"} == {"50"}
    assert {one["people"] for one in figures} == {"5–9"}


def test_four_people_show_nothing_and_five_do(open_round):
    for invitation in worlds.invitations(open_round, team="Noord")[:4]:
        worlds.answer(invitation)
    for invitation in worlds.invitations(open_round, role="manager"):
        worlds.answer(invitation)
    worlds.close(open_round)
    shown = {one["group"].split(":")[0] for one in frozen(open_round)["figures"]}
    assert shown == {"role"}
    assert {one["reason"] for one in frozen(open_round)["suppressed"]} == {"too_few"}


def test_closing_twice_closes_once_and_the_result_stays(open_round):
    fill(open_round)
    worlds.close(open_round)
    before = RoundResult.objects.get().content
    assert not worlds.close(open_round)
    assert closing.close_due(at=open_round.closes_at + timedelta(days=1)) == 0
    assert RoundResult.objects.get().content == before


def test_the_same_answers_in_another_order_give_the_same_hash(world, stranger):
    hashes = []
    for place, order in ((world, 1), (stranger, -1)):
        open_round = worlds.opened(place)
        for number, invitation in list(enumerate(worlds.invitations(open_round, role="manager")))[::order]:
            worlds.answer(invitation, choice=str(number % 5))
        worlds.close(open_round)
        figures = [one for one in frozen(open_round)["figures"] if one["group"] == "role:manager"]
        hashes.append(figures)
    assert hashes[0] == hashes[1] != []


def test_attributed_levels_are_words_without_a_person(open_round):
    for number, invitation in enumerate(worlds.invitations(open_round, role="policy_officer")):
        worlds.answer(invitation, choice="3", attribute=True, own_secret=str(number) * 43)
    worlds.close(open_round)
    attributed = frozen(open_round)["attributed"]
    assert len(attributed) == 24
    assert {tuple(sorted(one)) for one in attributed} == {("level", "role", "text", "theme")}
    assert {one["text"] for one in attributed} == {"Vaste werkwijze"}


def test_a_crash_half_way_leaves_everything_as_it_was(open_round, monkeypatch):
    fill(open_round)
    before = list(Tally.objects.order_by("pk").values_list("pk", "counters"))
    with monkeypatch.context() as broken:
        broken.setattr(closing, "_remembered", lambda one: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            worlds.close(open_round)
    assert list(Tally.objects.order_by("pk").values_list("pk", "counters")) == before
    assert not RoundResult.objects.exists()
    assert worlds.close(open_round)


def test_a_rename_a_withdrawal_and_an_erasure_do_not_touch_the_result(world, open_round):
    fill(open_round)
    worlds.close(open_round)
    before = RoundResult.objects.values().get()
    world.teams["Noord"].name = "Anders"
    world.teams["Noord"].save()
    retention.erase_people(today=worlds.in_days(90))
    assert not Person.objects.exists()
    assert RoundResult.objects.values().get() == before
    assert "Noord" in before["content"]


def test_no_figure_holds_an_exact_number_or_mean(open_round):
    fill(open_round, choice="1")
    worlds.close(open_round)
    kept = frozen(open_round)
    keys = {key for figure in kept["figures"] for key in figure}
    assert keys == {"group", "theme", "question", "kind", "shown", "low", "high", "people"}
    assert {group["invited"] for group in kept["groups"]} == {"5–9"}


@pytest.mark.parametrize("forgets", [False, True])
def test_the_next_round_remembers_the_last(world, open_round, monkeypatch, forgets):
    """Six people and then five of them: beside the earlier figure the later would speak about one person. With a
    round that forgets the earlier one (negative control) it would be shown.
    """
    fill(open_round)
    worlds.close(open_round)
    kept = json.loads(RoundResult.objects.get().remembered)
    assert {one["people"] for one in kept} == {6}
    if forgets:
        monkeypatch.setattr(closing, "_earlier", lambda closing: [])
    at = open_round.closes_at + timedelta(days=200)
    second = worlds.opened(world, at=at)
    for invitation in worlds.invitations(second, team="Noord")[:5]:
        worlds.answer(invitation, at=at)
    assert worlds.close(second)
    shown = [one["shown"] for one in frozen(second)["figures"] if one["group"].startswith("team:")]
    reasons = {one["reason"] for one in frozen(second)["suppressed"] if one["group"].startswith("team:")}
    assert (shown == ["50"] * 12) is forgets
    assert ("one_person" in reasons) is not forgets


@pytest.mark.parametrize(("days", "stays"), [(-1, True), (0, False), (1, False)])
def test_people_and_invitations_go_on_their_day(open_round, settings, days, stays):
    worlds.mailed_secrets()
    fill(open_round)
    worlds.close(open_round)
    closed_on = worlds.in_days(0, open_round.closes_at)
    retention.erase_people(today=closed_on + timedelta(days=settings.ROUND_PEOPLE_DAYS + days))
    assert Invitation.objects.exists() is stays
    assert Person.objects.exists() is stays
    assert RoundResult.objects.exists()


def test_an_open_round_keeps_its_people(open_round):
    retention.erase_people(today=worlds.in_days(1000))
    assert Invitation.objects.count() == 18


def test_the_band_is_noted_in_the_first_hour_only(open_round):
    day = worlds.in_days(1)
    fill(open_round)
    assert (open_round.band, open_round.band_on) == ("minder dan 5", worlds.in_days(0))
    for hour, minute in ((1, 0), (12, 0)):
        closing.note_bands(at=worlds.at_clock(day, hour, minute))
        open_round.refresh_from_db()
        assert open_round.band == "minder dan 5"
    closing.note_bands(at=worlds.at_clock(day, 0, 1))
    open_round.refresh_from_db()
    assert (open_round.band, open_round.band_on) == ("5–9", day)
    for invitation in worlds.invitations(open_round, role="manager"):
        worlds.answer(invitation)
    closing.note_bands(at=worlds.at_clock(day, 0, 59))
    open_round.refresh_from_db()
    assert open_round.band == "5–9"


def test_the_band_stands_still_when_nearly_everybody_was_withdrawn(world, open_round):
    *others, last = worlds.invitations(open_round, team="Noord")
    for invitation in others:
        worlds.answer(invitation)
    for invitation in Invitation.objects.exclude(pk=last.pk):
        inviting.withdraw(world.coordinator, invitation)
    closing.note_bands(at=worlds.at_clock(worlds.in_days(1), 0, 1))
    open_round.refresh_from_db()
    assert (open_round.band, open_round.band_on) == ("minder dan 5", worlds.in_days(0))


def test_a_round_that_cannot_be_closed_does_not_hold_up_another(world, stranger, open_round, monkeypatch):
    other = worlds.opened(stranger)
    freeze = closing.freeze
    monkeypatch.setattr(closing, "freeze", lambda one: 1 / 0 if one.pk == open_round.pk else freeze(one))
    assert closing.close_due(at=other.closes_at) == 1
    assert RoundResult.objects.get().measurement_round == other


def test_a_scan_of_its_own_is_not_counted(open_round, scan, content):
    services.save_answers(scan.pk, {question.id: "2" for question in content.questions})
    services.submit_scan(scan.pk)
    assert all(tally.counters == {} for tally in Tally.objects.all())
