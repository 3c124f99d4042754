"""A copy of the fixtures that a test may break, and a fingerprint of the content in the database."""

import hashlib
import re
import shutil
from pathlib import Path

from django.conf import settings

from advice.models import AdviceRule, Intervention, ThemeAdvice
from scans.content_files import FOLDERS
from scans.models import AnswerOption, Publication, Question, Questionnaire, Theme
from tests.database import everything
from tests.scans.versions import open_the_content

FIRST = "km-omschrijving-discriminatie"  # the first question of the client managers


def copy_of_the_fixtures(tmp_path: Path) -> Path:
    for folder in FOLDERS:
        shutil.copytree(settings.FIXTURE_DIRS[0] / folder, tmp_path / folder)
    return tmp_path


def break_file(path: Path, old: str, new: str) -> int:
    """Replace the first `old`, which must be there, and return the line on which it stood."""
    before, found, after = path.read_text(encoding="utf-8").partition(old)
    assert found, f"{path.name} has no {old!r}"
    path.write_text(before + new + after, encoding="utf-8")
    return before.count("\n") + 1


def cut(path: Path, *marks: str) -> int:
    """Take out every object in which all marks stand; return the line of the first one."""
    text = path.read_text(encoding="utf-8")
    pieces = re.split(r"(?m)^(?=- )", text)
    gone = [piece for piece in pieces if all(mark in piece for mark in marks)]
    assert gone, f"{path.name} has no object with {marks}"
    path.write_text("".join(piece for piece in pieces if piece not in gone), encoding="utf-8")
    return text[: text.index(gone[0])].count("\n") + 1


def fingerprint() -> dict[str, str]:
    """A hash per table of the content: what a failed load must leave as it was."""
    tables = {name: sorted(rows) for name, rows in everything().items() if name.startswith(("scans_", "advice_"))}
    return {name: hashlib.sha256("\n".join(rows).encode()).hexdigest() for name, rows in tables.items()}


def empty_the_content() -> None:
    """As before the first load, but with the triggers off. The end of the test brings everything back."""
    open_the_content()
    for model in (AdviceRule, ThemeAdvice, Intervention, Publication, AnswerOption, Question, Questionnaire, Theme):
        model.objects.all().delete()
