"""What docs/operations.md tells an operator to do about rounds does what it says."""

import re

import pytest
from django.conf import settings
from django.db import connection

from scans import services
from scans.models import Invitation, MeasurementRound, RoundResult, Tally
from scans.rounds import closing, errors
from tests.scans.rounds import world as worlds

OPERATIONS = (settings.BASE_DIR / "docs" / "operations.md").read_text()
pytestmark = pytest.mark.django_db


def changed_results() -> int:
    sql = re.search(r'psql drill -c "(SELECT .*)"', OPERATIONS)[1]
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def test_the_drill_finds_a_result_that_is_not_what_was_frozen(world, open_round):
    world.municipality.name = "Súdwest"  # letters outside ASCII too
    world.municipality.save()
    for invitation in worlds.invitations(open_round, team="Noord"):
        worlds.answer(invitation)
    worlds.close(open_round)
    assert changed_results() == 0 and RoundResult.objects.exists()
    result = RoundResult.objects.get()
    RoundResult.objects.update(content=result.content.replace("klantmanager", "x", 1) + " ")
    assert changed_results() == 1


def test_a_round_that_came_back_with_a_restore_can_be_taken_out(open_round):
    command = re.search(r"as R; (R\.objects.*\.delete\(\))", OPERATIONS)[1].replace("…", open_round.public_id)
    eval(command, {"R": MeasurementRound})  # noqa: S307  our own documentation
    assert not Invitation.objects.exists() and not Tally.objects.exists()
    assert closing.close_due(at=open_round.closes_at) == 0


def test_after_the_instant_nothing_counts_though_nobody_closed(open_round):
    """A `tick` that is late changes what nobody sees, and no figure."""
    invitation, late = worlds.invitations(open_round, team="Noord")[:2]
    worlds.answer(invitation)
    scan = worlds.begin(late)
    with pytest.raises(errors.RoundClosed):
        services.submit_scan(scan.pk, in_round=True, at=open_round.closes_at)
    assert worlds.close(open_round, after=worlds.timedelta(days=3))
