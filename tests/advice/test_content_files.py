"""A mistake in a fixture stops the loader with file, line and key; one fixture file at a time."""

import shutil

import pytest
from django.conf import settings

from scans.content_files import ContentError, load_records, read_records
from tests.advice.fixture_copy import break_file

pytestmark = [pytest.mark.both, pytest.mark.django_db]

SOURCE = "sources/eaa.yaml"
ASKED = "questionnaires/1-klantmanager.yaml"
LEVELS = "rubrics/1-klantmanager.yaml"
OFFERED = "interventions/01-visie.yaml"
RULES = "rules/01-visie.yaml"


def load_one(tmp_path, name, old, new):
    """Load one file of the fixtures in which `old` was replaced once; the rest is in the database already."""
    (tmp_path / name).parent.mkdir()
    shutil.copy(settings.FIXTURE_DIRS[0] / name, tmp_path / name)
    line = break_file(tmp_path / name, old, new)
    with pytest.raises(ContentError) as raised:
        load_records(read_records([tmp_path / name]))
    return str(raised.value), line


def test_a_whole_file_loads(tmp_path):
    (tmp_path / "sources").mkdir()
    shutil.copy(settings.FIXTURE_DIRS[0] / SOURCE, tmp_path / SOURCE)
    assert load_records(read_records([tmp_path / SOURCE]))


MISTAKES = {
    "unknown citation": (ASKED, '- [bo, "Box: Begrippenlijstje"]', '- [bo, "Box: Lijstje"]', "Box: Lijstje"),
    "unknown source": (ASKED, "- [kis, ", "- [kiss, ", "kiss"),
    "unknown theme": (ASKED, "theme: [visie]", "theme: [visoen]", "visoen"),
    "reference by number": (ASKED, "theme: [visie]", "theme: 1", "theme"),
    "reference of the wrong shape": (ASKED, "theme: [visie]", "theme: [visie, visie]", "visie"),
    "unknown field": (ASKED, "    prompt:", "    promt:", "promt"),
    "unknown model": (ASKED, "model: scans.question\n", "model: scans.quest\n", "quest"),
    "model that is no content": (ASKED, "model: scans.question\n", "model: scans.publication\n", "no content"),
    "unknown version": (ASKED, 'questionnaire: [client_manager, "2026-1"]',
                        'questionnaire: [client_manager, "1999-1"]', "1999-1"),
    "missing text": (ASKED, "    text: ", "    # text: ", "text"),
    "missing reference": (ASKED, "    theme: [visie]\n", "\n", "theme"),
    "text too long": (ASKED, 'text: "', 'text: "' + "x" * 200, "160"),
    "level 5": (LEVELS, "level: 4", "level: 5", "was refused"),
    "level in words": (LEVELS, "level: 0", "level: nul", "nul"),
    "changed text": (ASKED, 'text: "', 'text: "Anders ', "published content is closed"),
    "changed level": (LEVELS, "label: ", "label: Anders ", "published content is closed"),
    "choice that does not exist": (OFFERED, 'evidence: "geen-uitspraak"', 'evidence: "werkt"', "werkt"),
    "half a range of levels": (RULES, "    highest: 1\n", "\n", "rule_covers_levels_or_dont_know"),
    "a range upside down": (RULES, "    lowest: 0\n    highest: 1\n", "    lowest: 1\n    highest: 0\n", "rule_cov"),
    "a step of five weeks": (RULES, "weeks: 2", "weeks: 5", "first_step_within_a_month"),
    "address that is none": (SOURCE, 'url: ', 'url: "nergens" # ', "url"),
    "nothing to know it by": (LEVELS, 'question: [client_manager, "2026-1", km-omschrijving-discriminatie], ', "",
                              "question"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_names_file_line_and_what_is_wrong(tmp_path, mistake):
    name, old, new, said = MISTAKES[mistake]
    message, line = load_one(tmp_path, name, old, new)
    place, _, reason = message.partition(": ")
    assert said in reason
    file, _, number = place.partition(", line ")
    assert file == name
    # The line on which the object begins, at most a screen above the mistake.
    assert line - 25 <= int(number) <= line


def test_a_mistake_names_the_key(tmp_path):
    message, _ = load_one(tmp_path, ASKED, 'text: "', 'text: "Anders ')
    assert "client_manager / 2026-1 / km-omschrijving-discriminatie" in message


def test_a_double_key_names_both_places(tmp_path):
    message, line = load_one(tmp_path, LEVELS, "level: 1", "level: 0")
    assert message.startswith(f"{LEVELS}, line {line}: scans.answeroption client_manager / 2026-1 / ")
    assert f"stands in {LEVELS}, line {line - 1} too" in message


def test_a_field_that_stands_twice_in_one_object_is_found(tmp_path):
    message, line = load_one(tmp_path, ASKED, "    position: 1\n", "    position: 1\n    position: 1\n")
    assert message == f"{ASKED}, line {line + 1}: position stands here twice"


BROKEN = {
    "not YAML": (b"- model: [", "not readable YAML"),
    "not UTF-8": (b"- model: scans.theme\n  fields: {code: \xff}", "not readable YAML"),
    "NUL": (b"- model: scans.theme\n  fields: {code: \x00}", "not readable YAML"),
    "an object instead of a list": (b"model: scans.theme\nfields: {}", "a fixture is a list"),
    "a word": (b"hello", "a fixture is a list"),
    "a list of words": (b"- hello\n- world", "line 1: an object needs a model and fields"),
    "no fields": (b"\n- model: scans.theme", "line 2: an object needs a model and fields"),
    "fields that are a list": (b"- model: scans.theme\n  fields: [1]", "line 1: an object needs"),
    "a tag that runs code": (b"- !!python/object/apply:os.getcwd []", "not readable YAML"),
    "laughing": (b"a: &a [x,x]\n" + b"b: &b [*a,*a]", "a fixture is a list"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_file_that_is_no_fixture_is_told(tmp_path, kind):
    text, said = BROKEN[kind]
    path = tmp_path / "questionnaires" / "x.yaml"
    path.parent.mkdir()
    path.write_bytes(text)
    with pytest.raises(ContentError, match=said) as raised:
        load_records(read_records([path]))
    assert str(raised.value).startswith("questionnaires/x.yaml")


def test_an_empty_file_holds_nothing(tmp_path):
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "x.yaml").write_text("# nothing yet\n")
    assert read_records([tmp_path / "sources" / "x.yaml"]) == []
