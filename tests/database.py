"""Look at the database as its host would: every table, every row, sessions unpacked."""

from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection, transaction


def everything() -> dict[str, list[str]]:
    """Every row of every table as text, {table: rows}; sessions also with their content."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found[table] = [repr(row) for row in cursor.fetchall()]
    found["sessions, unpacked"] = [repr(session.get_decoded()) for session in Session.objects.all()]
    return found


def tables_with(*texts: str) -> set[str]:
    """The tables in which one of these texts stands. An id is found with and without its hyphens."""
    wanted = {form for text in texts for form in (str(text), str(text).replace("-", ""))}
    return {table for table, rows in everything().items() if any(text in row for row in rows for text in wanted)}


def refusal(change) -> str:
    """Why the database refuses what `change` does, or "" when it lets it through. What was refused is undone."""
    try:
        with transaction.atomic():
            change()
            connection.check_constraints()  # foreign keys are otherwise looked at only at the end
    except DatabaseError as error:
        return str(error) or type(error).__name__
    return ""
