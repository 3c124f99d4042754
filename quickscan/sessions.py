"""Sessions in the database, with an end that is rounded to a whole day.

The standard store writes the second at which a session was last touched. Next to a scan that would say when a
person filled it in, so the end is moved up to the next midnight: nothing here knows a time finer than a day.
"""

from datetime import UTC, datetime, time, timedelta

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore


class SessionStore(DatabaseSessionStore):
    def create_model_instance(self, data):
        session = super().create_model_instance(data)
        next_day = session.expire_date.astimezone(UTC).date() + timedelta(days=1)
        session.expire_date = datetime.combine(next_day, time(), tzinfo=UTC)
        return session
