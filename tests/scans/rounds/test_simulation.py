"""The simulator: the real services, the shown figures, and nothing kept."""

import json
import logging
from contextlib import nullcontext

import pytest
from django.core.management import CommandError, call_command

from scans.models import MeasurementRound, RoundResult, Scan
from scans.rounds import opening, retention
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


# --- what never happened is not logged, and nothing is mailed -------------------------------------------------


def played_with_staff_log(caplog, capfd) -> str:
    """All that is logged and written to the terminal while a world is played."""
    caplog.set_level("INFO")
    staff = logging.getLogger("quickscan.staff")
    staff.addHandler(caplog.handler)
    try:
        simulate({"rounds": [one_round()]})
    finally:
        staff.removeHandler(caplog.handler)
    return caplog.text + "".join(capfd.readouterr())


def test_acts_that_never_happened_are_not_in_the_staff_log(caplog, capfd):
    assert played_with_staff_log(caplog, capfd) == ""


def test_without_silence_the_acts_would_be_logged(caplog, capfd, monkeypatch):
    monkeypatch.setattr("scans.rounds.simulation.without_staff_log", nullcontext)
    assert "open_round" in played_with_staff_log(caplog, capfd)


def test_afterwards_real_acts_are_logged_again(world, caplog):
    with pytest.raises(BadWorld):
        simulate({"rounds": [{"people": people("Noord", 1, 2, answers={"no-question": 1})}]})
    simulate({"rounds": [one_round()]})
    caplog.set_level("INFO")
    logging.getLogger("quickscan.staff").addHandler(caplog.handler)
    try:
        worlds.draft(world)
    finally:
        logging.getLogger("quickscan.staff").removeHandler(caplog.handler)
    assert "save_round" in caplog.text


@pytest.mark.parametrize("domains", [[], ["aadorp.nl"]])
def test_it_runs_in_production_whatever_may_be_mailed(settings, domains):
    settings.PRODUCTION, settings.ROUND_MAIL_DOMAINS = True, domains
    assert simulate({"rounds": [one_round()]})["rounds"][0]["figures"]


def test_a_service_that_refuses_is_named_with_the_round(settings, monkeypatch):
    """Also the negative control: a round that would be mailed cannot open here."""
    real = opening.open_round
    monkeypatch.setattr(opening, "open_round", lambda *args, mailed, at: real(*args, at=at))
    settings.PRODUCTION, settings.ROUND_MAIL_DOMAINS = True, []
    with pytest.raises(BadWorld, match=r"^round 0: it cannot open: Naar @example\.org mag deze site niet mailen"):
        simulate({"rounds": [one_round()]})


# --- a world that cannot be ----------------------------------------------------------------------------------


ONE = {"id": 1, "team": "A", "role": "manager"}


@pytest.mark.parametrize(
    ("world", "message"),
    [
        ([], "one object"),
        ({"rounds": [7]}, "round 0: a round is an object, not 7"),
        ({"rounds": [{"k": 4, "people": []}]}, "round 0: k lies between 5 and 50; it is 4"),
        ({"rounds": [{"k": True, "people": []}]}, "round 0: k lies between 5 and 50; it is True"),
        ({"rounds": [{"people": "x"}]}, "round 0: people is a list, not 'x'"),
        ({"rounds": [{"people": []}]}, "round 0: people is empty; a round needs somebody to invite"),
        ({"rounds": [{"people": [ONE]}, {"people": []}]}, "round 1: people is empty"),
        ({"rounds": [{"people": [ONE, 7]}]}, "round 0, people[1]: a person is an object, not 7"),
        ({"rounds": [{"people": [{"id": 1}, {"id": "1"}]}]}, "people[1]: every person has an id of its own; '1'"),
        (
            {"rounds": [{"people": [ONE]}, {"people": [ONE | {"id": 2, "team": "a"}]}]},
            "round 1, person 2: two teams have the same name but for capitals: 'a', and 'A' in round 0, person 1",
        ),
    ],
)
def test_a_world_that_cannot_be_says_why(world, message):
    assert message in refusal(world)


@pytest.mark.parametrize("key", ["id", "team"])
@pytest.mark.parametrize(
    "value", [None, True, 1.5, [1], {}, "", "  ", "a\x00b", "a\nb", "\ud800", "\u2028", "x" * 151, 10**200]
)
def test_an_id_and_a_team_are_text_that_can_be_printed(key, value):
    said = refusal({"rounds": [{"people": [ONE | {key: value}]}]})
    assert said.startswith("round 0, people[0]: id is" if key == "id" else "round 0, person 1: team is")
    assert f"not {value!r}"[:60] in said


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"role": "boss\n"}, r"role is one of client_manager, policy_officer, manager, not 'boss\n'"),
        ({"role": ["manager"]}, "not ['manager']"),
        ({"consent": "false"}, "consent is true or false, not 'false'"),
        ({"consent": None}, "consent is true or false, not None"),
        ({"consent": 1}, "consent is true or false, not 1"),
        ({"answers": [1]}, "answers are null or an object by question code, not [1]"),
        ({"answers": {"x": 9}}, "one of the levels 0–4 or one of dont_know"),
        ({"answers": {"x\n": True}}, r"the answer to 'x\n' is True"),
        ({"answers": {"x": 1.0}}, "the answer to 'x' is 1.0"),
        ({"answers": {"x": [1]}}, "the answer to 'x' is [1]"),
        ({"answers": {"x\n": 1}}, r"not asked of a manager: ['x\n']"),
    ],
)
def test_a_person_who_cannot_be_is_named_with_the_round(wrong, message):
    said = refusal({"rounds": [{"people": [ONE]}, {"people": [ONE | {"id": "7", "team": 3} | wrong]}]})
    assert said.startswith("round 1, person '7': ") and message in said


def refusal(world) -> str:
    """Why the world is refused: one short line, and nothing is left behind."""
    with pytest.raises(BadWorld) as refused:
        simulate(world)
    assert not Municipality.objects.exists()
    assert str(refused.value).isprintable() and len(str(refused.value)) < 300
    return str(refused.value)


def test_whole_numbers_are_good_as_id_and_team():
    numbers = [one | {"id": number, "team": 7} for number, one in enumerate(people("Noord", 6, 2))]
    groups = simulate({"rounds": [{"people": numbers}]})["rounds"][0]["groups"]
    assert {name for group in groups for name in group["teams"]} == {"7"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[" * 20_000, "too deep"),
        ('{"rounds": ' + "[" * 20_000 + "]" * 20_000 + "}", "too deep"),
        ("{", "Expecting"),
        ("1" * 5_000, "digits"),
        ('{"rounds": [{"people": []}]}', "round 0: people is empty"),
    ],
)
def test_the_command_says_in_one_line_what_is_wrong(tmp_path, text, message):
    file = tmp_path / "world.json"
    file.write_text(text)
    with pytest.raises(CommandError, match=message) as refused:
        call_command("simulate_round", input=file)
    assert str(refused.value).startswith(f"{file}: ") and str(refused.value).isprintable()


def test_the_command_names_the_file(tmp_path):
    with pytest.raises(CommandError, match="nowhere.json"):
        call_command("simulate_round", input=tmp_path / "nowhere.json")
