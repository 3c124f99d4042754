"""Sessions in the database, with an end that is rounded to a whole day.

The standard store writes the second at which a session was last touched. Next to a scan that would say when a
person filled it in, so the end is moved up to the next midnight: nothing here knows a time finer than a day.
"""

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.db import connection

# Every request reads its session: said once here, instead of built anew by the ORM each time.
_LOAD = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > CURRENT_TIMESTAMP"


class SessionStore(DatabaseSessionStore):
    def load(self):
        with connection.cursor() as cursor:
            cursor.execute(_LOAD, [self.session_key])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        return self.decode(row[0])

    def get_expire_at_browser_close(self):
        # Also for staff, whose sessions set an expiry: it ends the row, never lengthens the life of the cookie.
        return settings.SESSION_EXPIRE_AT_BROWSER_CLOSE

    def create_model_instance(self, data):
        session = super().create_model_instance(data)
        next_day = session.expire_date.astimezone(UTC).date() + timedelta(days=1)
        session.expire_date = datetime.combine(next_day, time(), tzinfo=UTC)
        return session

    def _validate_session_key(self, key):
        # A cookie can say anything, NUL included, which PostgreSQL refuses; our own keys are letters and digits.
        return super()._validate_session_key(key) and key.isascii() and key.isalnum()
