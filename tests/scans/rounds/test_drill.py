"""The restore drill of docs/operations.md, command by command, on a copy of a database with a closed round."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from scans.models import RoundResult, Scan
from teams.models import Municipality
from tests.postgres import binaries
from tests.scans.rounds import world as worlds

pytestmark = pytest.mark.alone
OPERATIONS = (settings.BASE_DIR / "docs" / "operations.md").read_text()
BLOCK = re.search(r"\*\*The drill\*\*.*?```\n(.*?)```", OPERATIONS, re.DOTALL)
CHANGE = "SET session_replication_role = replica; UPDATE scans_roundresult SET content = content || ' '"


@pytest.fixture
def closed(django_db_setup, django_db_blocker, settings):
    """A municipality with a closed round that other connections can see; it goes whole afterwards."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with django_db_blocker.unblock():
        world = worlds.municipality("Drildorp", {("Noord", "client_manager"): 5})
        opened = worlds.opened(world)
        for invitation in worlds.invitations(opened):
            worlds.answer(invitation)
        worlds.close(opened)
        yield world.municipality
        Scan.objects.all().delete()
        Municipality.objects.all().delete()


@pytest.fixture
def shell(tmp_path):
    """Runs lines in a shell with the programs and the server of the suite; the copy is gone afterwards."""
    own = {
        "PGHOST": os.environ["QUICKSCAN_TEST_CLUSTER"], "PGUSER": "postgres",
        "PATH": f"{binaries()}:{os.environ['PATH']}", "DUMP": str(tmp_path / "dump"),
    }  # fmt: skip

    def run(lines: str) -> str:
        script = lines.replace("latest.dump", '"$DUMP"').replace(".venv/bin/python", f'"{sys.executable}"')
        done = subprocess.run(
            ["sh", "-euc", script], cwd=settings.BASE_DIR, env=os.environ | own,
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    yield run
    run("dropdb --if-exists drill")


def drill_with(lines: str) -> str:
    """The drill of the documentation with something that happens just before the results are checked."""
    before, check = BLOCK[1].split("psql drill -c", 1)
    return f"{before}{lines}\npsql drill -c{check}"


def changed(output: str) -> int:
    return int(re.search(r"count\s*\n-+\s*\n\s*(\d+)", output)[1])


def test_the_drill_of_the_documentation_runs_to_its_end(closed, shell):
    shell(f"pg_dump -Fc {connection.settings_dict['NAME']} --file latest.dump")
    copied = shell(drill_with("psql drill -Atc 'SELECT count(*) FROM scans_roundresult'"))
    assert RoundResult.objects.count() == 1 and copied.splitlines()[0] == "1"
    assert changed(copied) == 0


def test_it_finds_a_result_that_was_changed(closed, shell):
    shell(f"pg_dump -Fc {connection.settings_dict['NAME']} --file latest.dump")
    assert changed(shell(drill_with(f'psql -q drill -c "{CHANGE}"'))) == 1


def test_a_deletion_is_repeated_after_a_restore(closed, shell):
    shell(f"pg_dump -Fc {connection.settings_dict['NAME']} --file latest.dump")
    call_command("delete_municipality", municipality=closed.public_id, yes=True)
    restored = shell(drill_with(
        f"psql drill -Atc 'SELECT count(*) FROM teams_municipality'\n"
        f".venv/bin/python manage.py delete_municipality --municipality={closed.public_id} --yes >&2\n"
        f"psql drill -Atc 'SELECT count(*) FROM teams_municipality'"
    ))  # fmt: skip
    assert restored.splitlines()[:2] == ["1", "0"]
