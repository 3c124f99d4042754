"""One clock: the database's. Two servers with different clocks must agree on what day it is."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection


def database_today() -> date:
    """Today according to the database, in UTC: a promise "until 20 December" is never kept too short."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT CURRENT_DATE")
        (today,) = cursor.fetchone()
    return as_date(today)


def as_date(value: date | str | None) -> date | None:
    """A day as a cursor gives it: PostgreSQL a date, SQLite its text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def database_instant() -> datetime:
    """This very moment according to the database. Not CURRENT_TIMESTAMP, which is when the transaction began:
    somebody who waited for a lock must read the clock after the wait.
    """
    postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()" if postgresql else "SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')")
        (now,) = cursor.fetchone()
    return datetime.fromisoformat(now).replace(tzinfo=UTC) if isinstance(now, str) else now


def local_day(instant: datetime) -> date:
    """The day that it then is on the wall clock here."""
    return instant.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def local_midnight(day: date) -> datetime:
    """00:00 on the wall clock, at the start of this day."""
    return datetime.combine(day, time(), tzinfo=ZoneInfo(settings.TIME_ZONE))
