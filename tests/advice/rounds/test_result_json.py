"""docs/privacy/result-json.md is true: its fields are those of a real result, and what it tells you to do works."""

import io
import json
import re
import subprocess
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from scans.models import RoundResult
from scans.rounds import closing
from scans.rounds.simulation import simulate
from scans.scoring.groups import ROLE, ROLES, SMALL_TEAMS, TEAM
from scans.scoring.publication import DIFFERENCE, DONT_KNOW, MUNICIPALITY, POLICY_VERSION, REASON_WORDS, SCORE
from scans.scoring.rounding import BANDS
from tests.scans.rounds.test_simulation import one_round

pytestmark = [pytest.mark.both, pytest.mark.django_db]
FOLDER = Path(settings.BASE_DIR) / "docs" / "privacy"
PAGE = (FOLDER / "result-json.md").read_text()
NAME = "uitkomst-2027-03-14.json"  # in the examples


def documented() -> dict[str, list[str]]:
    """Part of the result → the fields in its table; "" is the whole."""
    found = {}
    for part in PAGE.split("\n### ")[1:]:
        heading, _, text = part.partition("\n")
        rows = re.findall(r"^\| (`.+?) \|", text.split("\n## ")[0], re.MULTILINE)
        found["".join(re.findall("`(.+?)`", heading))] = [name for row in rows for name in re.findall("`(.+?)`", row)]
    return found


def wrong_fields(content: dict) -> list[str]:
    """Every place where the page and a real result differ."""
    names, wrong = documented(), []
    for part in ("", "groups", "figures", "suppressed", "attributed"):
        for line in content[part] if part else [content]:
            if sorted(line) != sorted(names[part]):
                wrong.append(f"{part}: {sorted(set(line) ^ set(names[part]))}")
    return wrong


def examples(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.+?)```", PAGE, re.DOTALL)


def run_python(example: str) -> tuple[dict, str]:
    """Its variables and what it printed."""
    names, out = {}, io.StringIO()
    with redirect_stdout(out):
        exec(compile(example, "result-json.md", "exec"), names)
    return names, out.getvalue().strip()


@pytest.fixture
def frozen(monkeypatch):
    """(what the simulator printed of a round, the text that was frozen for it)."""
    texts, freeze = [], closing.freeze
    monkeypatch.setattr(closing, "freeze", lambda one: texts.append(freeze(one).content))
    (printed,) = simulate({"rounds": [one_round()]})["rounds"]
    (text,) = texts
    return printed, text


def test_every_field_is_described_and_no_other(closed, frozen):
    contents = [json.loads(RoundResult.objects.get().content), json.loads(frozen[1])]
    for part in ("groups", "figures", "suppressed", "attributed"):
        assert any(content[part] for content in contents), part  # there is something to compare
    assert [wrong_fields(content) for content in contents] == [[], []]


@pytest.mark.parametrize("part", ["groups", "figures", "suppressed"])
def test_a_field_more_or_less_would_be_noticed(closed, part):
    content = json.loads(RoundResult.objects.get().content)
    content[part][0]["mean"] = 47.5
    assert wrong_fields(content) == [f"{part}: ['mean']"]
    assert len(wrong_fields({**content, "responses": 12})) == 2
    del content[part][0]["mean"], content[part][0][missing := sorted(content[part][0])[1]]
    assert wrong_fields(content) == [f"{part}: ['{missing}']"]


def test_every_word_that_can_stand_in_a_field_is_described():
    kinds = [TEAM, SMALL_TEAMS, ROLE, MUNICIPALITY, SCORE, DONT_KNOW, DIFFERENCE]
    for word in [*kinds, *ROLES, *REASON_WORDS, *BANDS, POLICY_VERSION]:
        assert f"`{word}`" in PAGE, word


def test_the_hash_is_checked_as_described(manager, closed, tmp_path, monkeypatch):
    response = manager.get(reverse("round_json", args=[closed.public_id]))
    shown = manager.get(reverse("round_result", args=[closed.public_id])).content.decode()
    monkeypatch.chdir(tmp_path)
    file = tmp_path / NAME
    (shell,), (python, _) = examples("sh"), examples("python")

    def numbers():
        ran = subprocess.run(shell, shell=True, capture_output=True, check=True, text=True)
        return ran.stdout.split()[0], run_python(python)[1]

    file.write_bytes(response.content)
    real = RoundResult.objects.get().sha256
    assert numbers() == (real, real) and real in shown
    file.write_text(json.dumps(response.json(), indent=2))  # laid out again: other bytes, the same text
    by_bytes, by_text = numbers()
    assert by_bytes != real and by_text == real
    file.write_bytes(response.content.replace(b'"20 of meer"', b'"10\xe2\x80\x9319"', 1))
    assert file.read_bytes() != response.content and real not in numbers()


def test_a_download_becomes_what_the_simulator_prints(frozen, tmp_path, monkeypatch):
    printed, text = frozen
    monkeypatch.chdir(tmp_path)
    (tmp_path / NAME).write_text(text)
    assert json.loads(text)["figures"] != printed["figures"]
    result = run_python(examples("python")[1])[0]["result"]
    for part in ("figures", "suppressed", "attributed"):
        assert result[part] == printed[part] != [], part
    (municipal,) = [group for group in printed["groups"] if group not in result["groups"]]
    assert result["groups"] == printed["groups"][:-1]
    assert (municipal["id"], municipal["invited"]) == (MUNICIPALITY, result["client_managers_invited"])


@pytest.mark.parametrize("page", ["simulate.md", "policy.md"])
def test_it_is_found_from_the_pages_beside_it(page):
    assert "(result-json.md)" in (FOLDER / page).read_text()
