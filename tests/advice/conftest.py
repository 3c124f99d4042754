"""What the tests of the advice share: the report command on a file with answers."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

DAY = "2026-11-20"


@pytest.fixture
def make(tmp_path):
    """Run the command on answers (an object, or bytes as they are) and return what it wrote, as bytes."""

    def run(answers, *more, role="client_manager", format="json", date=DAY):
        source, target = tmp_path / "answers.json", tmp_path / "report"
        source.write_bytes(answers if isinstance(answers, bytes) else json.dumps(answers).encode())
        target.unlink(missing_ok=True)
        options = ["--role", role, "--answers", str(source), "--format", format, "--output", str(target)]
        try:
            call_command("report", *options, "--date", date, *more, stdout=StringIO())
        except CommandError:
            assert not target.exists(), "a command that stops leaves nothing behind"
            raise
        return target.read_bytes()

    return run


@pytest.fixture
def answers(content):
    """One of everything: levels as numbers, and a "weet ik niet"."""
    mixed = {question.code: number % 5 for number, question in enumerate(content.questions)}
    unsure = next(question.code for question in content.questions if "dont_know" in question.non_answers)
    return mixed | {unsure: "dont_know"}
