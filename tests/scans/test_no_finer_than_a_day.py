"""Nothing about a respondent knows a time finer than a day, counts people, or stays longer than was promised."""

from datetime import UTC

import pytest
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore as StandardStore
from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, models
from django.urls import reverse

from quickscan.sessions import SessionStore
from quickscan.settings import retention_days
from scans.models import Answer, ResumeLink, Scan

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def ends_at_midnight(store):
    store["something"] = 1
    store.save()
    end = Session.objects.get(pk=store.session_key).expire_date.astimezone(UTC)
    assert (end.hour, end.minute, end.second, end.microsecond) == (0, 0, 0, 0)
    assert end >= store.get_expiry_date(), "rounding must never end a session early"


def test_a_session_ends_on_a_whole_day():
    ends_at_midnight(SessionStore())
    with pytest.raises(AssertionError):
        ends_at_midnight(StandardStore())


def test_every_session_of_a_visitor_ends_on_a_whole_day(client, content):
    client.post(reverse("start"), {"role": "client_manager"})
    ends = [session.expire_date.astimezone(UTC) for session in Session.objects.all()]
    assert ends and all((end.hour, end.minute, end.second, end.microsecond) == (0, 0, 0, 0) for end in ends)


RESPONDENT = [Scan, Answer, ResumeLink]


def tells_when_or_who_came_first(model):
    """The fields that know a time finer than a day or that count up."""
    finer = (models.DateTimeField, models.TimeField, models.DurationField)
    fields = [f for f in model._meta.local_concrete_fields if isinstance(f, (*finer, models.AutoField))]
    return [field.name for field in fields]


@pytest.mark.parametrize("model", RESPONDENT)
def test_no_field_knows_the_hour_or_the_order_of_arrival(model):
    assert tells_when_or_who_came_first(model) == []


def test_a_field_that_does_is_found_out():
    assert tells_when_or_who_came_first(apps.get_model("admin.LogEntry")) == ["id", "action_time"]


def columns_that_tell(table):
    with connection.cursor() as cursor:
        sequences = connection.introspection.get_sequences(cursor, table)
        columns = connection.introspection.get_table_description(cursor, table)
    kinds = {c.name: connection.introspection.get_field_type(c.type_code, c) for c in columns}
    timed = [name for name, kind in kinds.items() if kind in ("DateTimeField", "TimeField")]
    counting = {sequence["column"] for sequence in sequences}
    if connection.vendor == "sqlite":  # calls every primary key a sequence
        counting = {name for name in counting if kinds[name].endswith("AutoField")}
    return timed + sorted(counting)


@pytest.mark.parametrize("model", RESPONDENT)
def test_no_column_knows_the_hour_or_the_order_of_arrival(model):
    assert columns_that_tell(model._meta.db_table) == []


def test_a_column_that_does_is_found_out():
    assert columns_that_tell("django_admin_log") == ["action_time", "id"]


@pytest.mark.parametrize(("name", "limit"), [("QUICKSCAN_DRAFT_DAYS", 14), ("QUICKSCAN_RESULT_DAYS", 30)])
def test_days_of_retention_can_only_go_down(monkeypatch, name, limit):
    monkeypatch.delenv(name, raising=False)
    assert retention_days(name, limit) == limit
    for days in (1, limit - 1, limit):
        monkeypatch.setenv(name, str(days))
        assert retention_days(name, limit) == days
    for days in (-1, 0, limit + 1, 3650):
        monkeypatch.setenv(name, str(days))
        with pytest.raises(ImproperlyConfigured, match=f"{name} is {days}; it may go down"):
            retention_days(name, limit)
