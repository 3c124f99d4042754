"""The simulator: the real services, the shown figures, and nothing kept."""

import json

import pytest
from django.core.management import CommandError, call_command

from scans.models import MeasurementRound, RoundResult, Scan
from scans.rounds import retention
from scans.rounds.simulation import BadWorld, simulate
from scans.selectors.content import current_questionnaire
from teams.models import Municipality, Person, User
from tests.scans.rounds import world as worlds

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def people(team, number, level, role="client_manager", **more):
    codes = [question.code for question in current_questionnaire(role).questions]
    answers = None if level is None else dict.fromkeys(codes, level)
    return [
        {"id": f"{role}-{team}-{n}", "team": team, "role": role, "answers": answers} | more for n in range(number)
    ]


def one_round(level=2):
    everybody = people("Noord", 6, level) + people("Oost", 2, 4) + people("Oost", 5, 3, "manager")
    return {"k": 5, "people": everybody + people("Noord", 1, 3, "policy_officer", consent=True)}


def test_what_is_shown_is_printed_and_nothing_is_kept(tmp_path, capsys):
    file = tmp_path / "world.json"
    file.write_text(json.dumps({"rounds": [one_round(), one_round(level=4)]}))
    call_command("simulate_round", input=file)
    out = json.loads(capsys.readouterr().out)
    assert set(out) == {"rounds", "trends", "mirror"}
    first = out["rounds"][0]
    assert set(first) == {"groups", "figures", "attributed", "suppressed"}
    assert {group["kind"] for group in first["groups"]} == {"team", "role", "municipality"}
    noord = [one for one in first["figures"] if one["group"].startswith("team") and one["kind"] == "score"]
    assert {(one["shown"], one["low"], one["high"], one["people"]) for one in noord} == {("50", 45.0, 55.0, "5–9")}
    assert {(one["role"], one["level"]) for one in first["attributed"]} == {("policy_officer", 3)}
    changes = {one["shown"] for one in out["trends"] if one["group"].startswith("team")}
    assert changes == {"hoger"}
    assert len(out["mirror"]) == 24
    for model in (MeasurementRound, RoundResult, Scan, Municipality, Person, User):
        assert not model.objects.exists(), model


@pytest.fixture
def somebody_else():
    """A real municipality with a round that closed today; its people may stay for weeks."""
    closed = worlds.opened(worlds.municipality())
    worlds.close(closed)
    return closed


def counts_while_playing(monkeypatch, erase) -> set[tuple[int, int]]:
    """(invitations, people) of the real round after each time the simulation erases its own."""
    seen, others = set(), MeasurementRound.objects.get()

    def spy(**asked):
        erase(**asked)
        here = others.municipality
        seen.add((others.invitations.count(), Person.objects.filter(municipality=here).count()))

    monkeypatch.setattr(retention, "erase_people", spy)
    simulate({"rounds": [one_round(), one_round()]})
    return seen


def test_real_people_are_not_touched_while_it_runs(somebody_else, monkeypatch):
    assert counts_while_playing(monkeypatch, retention.erase_people) == {(18, 18)}
    assert not Person.objects.exclude(municipality=somebody_else.municipality).exists()


def test_without_the_municipality_real_people_would_be_gone_while_it_runs(somebody_else, monkeypatch):
    """Negative control: the transaction brings them back, but until then their rows are locked."""
    real = retention.erase_people
    seen = counts_while_playing(monkeypatch, lambda *, today, municipality: real(today=today))
    assert seen == {(0, 0)} and somebody_else.invitations.count() == 18


def test_a_municipality_too_small_for_any_group_shows_nothing():
    shown = simulate({"rounds": [{"k": 5, "people": people("Noord", 4, 4)}]})["rounds"][0]
    assert shown["groups"] == [] == shown["figures"]


def test_who_did_not_answer_and_who_did_not_choose_look_the_same():
    silent = simulate({"rounds": [{"people": people("A", 5, 2) + people("A", 1, None, "manager")}]})
    unchosen = simulate({"rounds": [{"people": people("A", 5, 2) + people("A", 1, 4, "manager")}]})
    absent = simulate({"rounds": [{"people": people("A", 5, 2)}]})
    for one in (silent, unchosen, absent):
        for group in one["rounds"][0]["groups"]:
            group.pop("id", None)
        for kind in ("figures", "suppressed"):
            for figure in one["rounds"][0][kind]:
                figure["group"] = figure["group"].split(":")[0]
    assert silent == unchosen == absent


def test_a_question_left_out_counts_as_not_applicable():
    whole, left_out = people("Noord", 6, 4), people("Noord", 6, 4)
    code = next(iter(whole[0]["answers"]))
    whole[0]["answers"][code] = "not_applicable"  # the six share their answers
    del left_out[0]["answers"][code]
    figures = [simulate({"rounds": [{"people": each}]})["rounds"][0]["figures"] for each in (whole, left_out)]
    shown = [[(one["theme"], one["shown"]) for one in each] for each in figures]
    assert shown[0] == shown[1] != []


@pytest.mark.parametrize(
    ("world", "message"),
    [
        ([], "one object"),
        ({"rounds": [{"k": 4, "people": []}]}, "k lies"),
        ({"rounds": [{"people": [{"id": 1, "team": "A", "role": "boss"}]}]}, "role is one of"),
        ({"rounds": [{"people": [{"id": 1, "team": "A", "role": "manager", "answers": {"x": 9}}]}]}, "levels 0–4"),
        ({"rounds": [{"people": [{"id": 1, "team": "A", "role": "manager", "answers": {"x": 1}}]}]}, "not asked"),
        ({"rounds": [{"people": [{"id": 1}, {"id": 1}]}]}, "id of its own"),
        ({"rounds": [{"people": []}]}, "niemand"),
    ],
)
def test_a_world_that_cannot_be_says_why(world, message):
    with pytest.raises(BadWorld, match=message):
        simulate(world)
    assert not Municipality.objects.exists()


def test_the_command_names_the_file(tmp_path):
    with pytest.raises(CommandError, match="nowhere.json"):
        call_command("simulate_round", input=tmp_path / "nowhere.json")
