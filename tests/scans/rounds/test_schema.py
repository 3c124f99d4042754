"""After sending no path leads from a scan to anybody or anything of a round; nothing counts up beside it."""

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection, models

from scans.models import (
    Answer,
    Attribution,
    Group,
    Invitation,
    InvitationSecret,
    MeasurementRound,
    OutgoingMail,
    ResumeLink,
    RoundDraft,
    RoundResult,
    Scan,
    Tally,
)
from teams.models import Municipality, Person, Team
from tests.scans.rounds import world as worlds
from tests.scans.test_no_finer_than_a_day import columns_that_tell, tells_when_or_who_came_first

pytestmark = [pytest.mark.both, pytest.mark.django_db]
ROUND = {Group, Invitation, InvitationSecret, MeasurementRound, OutgoingMail, RoundResult, Tally, Attribution,
         Municipality, Person, Team}  # fmt: skip
CONTENT = {"Questionnaire", "Question", "Theme"}  # the same for everybody: no path to a person


def related(model) -> set:
    """Models that a row of this one points to, or that point to it: both directions of every key."""
    found = {field.related_model for field in model._meta.get_fields() if field.is_relation and field.related_model}
    return {one for one in found if one.__name__ not in CONTENT}


def reach(start, without=frozenset()) -> set:
    seen, todo = set(), [start]
    while todo:
        model = todo.pop()
        if model not in seen and model not in without:
            seen.add(model)
            todo += related(model)
    return seen


def test_the_only_bridge_from_a_scan_to_a_round_is_the_draft():
    assert reach(Scan) >= {Person, Invitation, Tally}, "with the bridge everything hangs together"
    assert reach(Scan, without={RoundDraft}) == {Scan, Answer, ResumeLink}
    assert not reach(Scan, without={RoundDraft}) & ROUND


def test_the_database_has_no_other_key_to_a_scan_or_an_answer():
    """The same, read from the tables themselves."""
    pointing = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            keys = connection.introspection.get_relations(cursor, table).values()
            pointing |= {table for target in keys if target[1] in ("scans_scan", "scans_answer")}
    assert pointing == {"scans_answer", "scans_resumelink", "scans_rounddraft"}


def test_after_sending_the_bridge_is_gone_and_no_value_stands_on_both_sides(open_round):
    drafting, sending = worlds.invitations(open_round, role="policy_officer")
    worlds.begin(drafting)
    scan = worlds.answer(sending, attribute=True, own_secret="s" * 43)
    assert RoundDraft.objects.count() == 1 and not RoundDraft.objects.filter(scan=scan).exists()
    mine = values(Scan.objects.filter(pk=scan.pk)) | values(ResumeLink.objects.filter(scan=scan))
    theirs = set().union(*(values(model.objects.all()) for model in ROUND))
    assert mine and theirs
    assert not mine & theirs


def values(rows) -> set[str]:
    """Texts and random ids: what one could search for elsewhere. Numbers and days say nothing by being equal."""
    return {str(value) for row in rows.values_list() for value in row if len(str(value)) > 12}


def test_after_close_there_is_no_counter_no_tie_and_nobody_who_answered(open_round):
    worlds.answer(worlds.invitations(open_round)[0])
    worlds.begin(worlds.invitations(open_round)[1])
    worlds.close(open_round)
    assert not any(model.objects.exists() for model in (Tally, RoundDraft, Attribution, InvitationSecret))
    assert not Invitation.objects.filter(used=True).exists()


TIMELESS = [RoundDraft, Tally, Attribution, InvitationSecret, Scan, Answer, ResumeLink]


@pytest.mark.parametrize("model", TIMELESS)
def test_nothing_about_answering_knows_the_hour_or_the_order(model):
    assert tells_when_or_who_came_first(model) == []
    # SQLite calls any whole number that is a key a counter; this one is the number of the group, made at opening.
    assert set(columns_that_tell(model._meta.db_table)) <= ({"group_id"} if model is Tally else set())


@pytest.mark.parametrize("model", [Invitation, OutgoingMail, Group, RoundResult])
def test_what_is_made_at_opening_knows_no_hour_either(model):
    timed = (models.DateTimeField, models.TimeField)
    assert [field.name for field in model._meta.local_fields if isinstance(field, timed)] == []


def test_only_the_round_itself_knows_an_instant_the_one_that_everybody_knows():
    room = apps.get_app_config("scans").get_models()
    timed = [
        f"{m.__name__}.{f.name}" for m in room for f in m._meta.local_fields if isinstance(f, models.DateTimeField)
    ]
    assert timed == ["MeasurementRound.closes_at"]


def test_no_session_knows_both_a_scan_and_an_invitation(client, open_round):
    secret = worlds.mailed_secrets()[0]
    client.post("/uitnodiging/", {"secret": secret})
    assert sessions() == [{"invitation"}]
    client.post("/ronde/beginnen/")
    assert sessions() == [{"scan", "questionnaire", "round"}]


def sessions() -> list[set[str]]:
    return [set(one.get_decoded()) - {"_csrftoken"} for one in Session.objects.all()]
