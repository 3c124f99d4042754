"""Loading all the content: all of it or nothing, as often as you like."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from advice.content_load import load_content
from advice.models import AdviceRule, Intervention
from advice.remembered import forget_content
from scans.content_files import ContentError
from scans.models import Citation, Publication, Questionnaire
from tests.advice.fixture_copy import FIRST, break_file, copy_of_the_fixtures, cut, empty_the_content, fingerprint

pytestmark = pytest.mark.django_db
ASKED = "questionnaires/1-klantmanager.yaml"
LEVELS = "rubrics/1-klantmanager.yaml"
OFFERED = "interventions/01-visie.yaml"
RULES = "rules/01-visie.yaml"


@pytest.fixture
def root(tmp_path):
    yield copy_of_the_fixtures(tmp_path)
    forget_content()


def refuses(root):
    """The message of a load that fails and leaves the database as it was."""
    before = fingerprint()
    with pytest.raises(ContentError) as raised:
        load_content(root)
    assert fingerprint() == before
    return str(raised.value)


def test_loading_the_same_again_changes_nothing(root):
    before, out = fingerprint(), StringIO()
    call_command("load_content", stdout=out)
    assert re.fullmatch(r"1\d\d\d content records loaded; nothing new to publish\n", out.getvalue())
    assert fingerprint() == before


def test_advice_stays_correctable(root):
    """Also the control of every "nothing has changed" in this file: a correction shows in the fingerprint."""
    before = fingerprint()
    break_file(root / RULES, 'first_step: "', 'first_step: "Anders: ')
    break_file(root / RULES, f'code: "{FIRST}-0-1"', f'code: "{FIRST}-laag"')  # takes the place of the old one
    spare = add_intervention(root)
    load_content(root)
    assert Intervention.objects.filter(code=spare).exists()
    assert list(AdviceRule.objects.filter(question__code=FIRST, lowest=0).values_list("code", flat=True)) == [
        f"{FIRST}-laag"
    ]
    assert {table.removesuffix("s") for table, mark in fingerprint().items() if mark != before[table]} >= {
        "advice_advicerule",
        "advice_intervention",
    }
    # What leaves the fixtures leaves the database.
    cut(root / OFFERED, f'code: "{spare}"')
    load_content(root)
    assert not Intervention.objects.filter(code=spare).exists()


def add_intervention(root):
    """One more intervention, which no rule names."""
    text = (root / OFFERED).read_text()
    piece = next(piece for piece in re.split(r"(?m)^(?=- )", text) if 'code: "gedeelde-definities"' in piece)
    (root / OFFERED).write_text(text + "\n" + piece.replace("gedeelde-definities", "los-aanbod"))
    return "los-aanbod"


def test_a_mistake_on_the_last_page_leaves_nothing_of_the_first(root):
    break_file(root / "sources/bo.yaml", "position: 1}", "position: 999}")
    last = sorted((root / "rules").glob("*.yaml"))[-1]
    break_file(last, "theme: [", "theme: [geen-")
    assert f"rules/{last.name}, line " in refuses(root)
    assert not Citation.objects.filter(position=999).exists()


def test_a_published_question_that_is_gone_is_named_with_its_file(root):
    cut(root / ASKED, f'code: "{FIRST}"')
    cut(root / LEVELS, FIRST)
    cut(root / RULES, f"{FIRST}]")
    message = refuses(root)
    assert re.match(
        rf"{ASKED}, line \d+: scans.question client_manager / 2026-1 / {FIRST} is in the database", message
    )


def test_a_published_level_that_is_gone_is_named_with_its_file(root):
    cut(root / LEVELS, FIRST, "level: 3")
    message = refuses(root)
    assert re.match(rf"{ASKED}, line \d+: scans.answeroption .* / {FIRST} / 3 is in the database", message)


def test_the_first_load_publishes_only_what_is_complete(root):
    empty_the_content()
    missing = (root / LEVELS).read_text()
    cut(root / LEVELS, FIRST, "level: 3")
    message = refuses(root)
    assert re.search(rf"- {ASKED}, line 1\d: question {FIRST} has the levels \[0, 1, 2, 4\]", message)
    assert not Publication.objects.exists()
    (root / LEVELS).write_text(missing)
    assert len(load_content(root).published) == Questionnaire.objects.count() == 3


def test_every_fault_is_told_at_once_with_its_place(root):
    cut(root / RULES, f'code: "{FIRST}-2"')
    cut(root / RULES, "themeadvice", '"manager"')
    line = break_file(root / RULES, "interventions: [[gedeelde-definities]]\n", "interventions: []\n")
    message = refuses(root)
    assert f"question {FIRST}: its rules cover the levels [0, 1, 3, 4]" in message
    assert "questionnaires/0-themes.yaml, line 3: theme visie has no question to discuss for manager" in message
    place = re.search(rf"- {RULES}, line (\d+): rule {FIRST}-0-1 leads to 0 interventions", message)
    assert 5 < line - int(place[1]) < 25


def test_an_intervention_that_a_rule_still_names_cannot_leave(root):
    cut(root / OFFERED, 'code: "gedeelde-definities"')
    assert "gedeelde-definities" in refuses(root)


def test_the_command_says_what_is_wrong(settings, root):
    break_file(root / "sources/bo.yaml", "year: ", "jaar: ")
    settings.FIXTURE_DIRS = [root]
    with pytest.raises(CommandError, match="^sources/bo.yaml, line 3: .*jaar"):
        call_command("load_content")
