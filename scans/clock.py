"""One clock: the database's. Two servers with different clocks must agree on what day it is."""

from datetime import date

from django.db import connection
from django.db.models import DateField, Func


class CurrentDate(Func):
    """Today according to the database, in UTC on both databases; usable inside a query."""

    template = "CURRENT_DATE"
    output_field = DateField()


def database_today() -> date:
    """Today according to the database, in UTC: a promise "until 20 December" is never kept too short."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT CURRENT_DATE")
        (today,) = cursor.fetchone()
    return date.fromisoformat(today) if isinstance(today, str) else today
