"""A new version is a draft until the setting names it; a published one is also guarded by its hash."""

import re

import pytest

from advice.content_load import load_content
from advice.remembered import forget_content
from scans.content_files import ContentError
from scans.models import Publication, Question
from tests.advice.fixture_copy import break_file, copy_of_the_fixtures
from tests.scans.versions import VERSION, open_the_content

pytestmark = pytest.mark.django_db
ASKED = "questionnaires/1-klantmanager.yaml"
LEVELS = "rubrics/1-klantmanager.yaml"


@pytest.fixture
def root(tmp_path):
    yield copy_of_the_fixtures(tmp_path)
    forget_content()


def refuses(root):
    with pytest.raises(ContentError) as raised:
        load_content(root)
    return str(raised.value)


def add_second_version(root):
    """Copies of the client managers' files as version 2026-2; every question names its predecessor."""
    for name, new in ((ASKED, "questionnaires/4-nieuw.yaml"), (LEVELS, "rubrics/4-nieuw.yaml")):
        text = (root / name).read_text().replace('"2026-1"', f'"{VERSION}"')
        before = r'\g<0>    relation: "same"\n    predecessor: [client_manager, "2026-1", \1]\n'
        text = re.sub(r'(?m)^    code: "([\w-]+)"\n', before, text)
        (root / new).write_text(text)


def test_a_second_version_is_a_draft_until_the_setting_names_it(root, settings):
    add_second_version(root)
    assert load_content(root).published == ()
    assert not Publication.objects.filter(questionnaire__version=VERSION).exists()
    assert Question.objects.filter(questionnaire__version=VERSION, predecessor__isnull=False).count() == 24

    break_file(root / "questionnaires/4-nieuw.yaml", 'text: "', 'text: "Verbeterd ')
    load_content(root)
    assert Question.objects.filter(questionnaire__version=VERSION, text__startswith="Verbeterd").count() == 1

    settings.QUESTIONNAIRE_VERSION = VERSION
    message = refuses(root)
    assert f"manager has no questionnaire {VERSION}" in message and "its rules cover the levels []" in message


def test_content_that_changed_behind_the_triggers_is_found_by_its_hash(root):
    open_the_content()
    break_file(root / ASKED, 'text: "', 'text: "Anders ')
    assert refuses(root).endswith("2026-1 was published and has changed. Make a new version.")
