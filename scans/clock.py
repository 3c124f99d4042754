"""One clock: the database's. Two servers with different clocks must agree on what day it is."""

from datetime import date

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
