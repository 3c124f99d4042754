"""Sessions of staff: an own session from the login on, idle at most 30 minutes, at most 12 hours in all."""

import time

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

IDLE = 30 * 60  # seconds
LONGEST = 12 * 3600  # seconds
_SINCE, _SEEN = "staff_since", "staff_seen"
# What django-allauth needs between the password and the code. Everything else, a scan above all, stays behind.
_LOGIN_KEYS = ("account_authentication_methods", "account_authentication_methods_user")


def keep_only_login(request) -> None:
    """A fresh session that holds how somebody proved who they are, and nothing else."""
    kept = {key: request.session[key] for key in _LOGIN_KEYS if key in request.session}
    request.session.flush()
    request.session.update(kept)


def begin(request) -> None:
    """Start the clocks. The row in the database ends with them; the cookie ends with the browser."""
    request.session[_SINCE] = request.session[_SEEN] = int(time.time())
    request.session.set_expiry(LONGEST)


def is_staff_session(request) -> bool:
    return SESSION_KEY in request.session


def is_over(request) -> bool:
    """Whether this staff session has been idle or has lasted too long. Notes that it was seen, once a minute."""
    now = int(time.time())
    if _SINCE not in request.session:  # a login that did not come through our adapter: the admin in development
        begin(request)
    if now - request.session[_SEEN] >= IDLE or now - request.session[_SINCE] >= LONGEST:
        return True
    if now - request.session[_SEEN] >= 60:
        request.session[_SEEN] = now
    return False


def erase_sessions_of(users: list[int]) -> int:
    """Erase every session of these accounts, also one that waits for the code. Returns how many.

    One look at each session: this is for the day on which a municipality goes.
    """
    wanted = {str(user) for user in users}
    found = [row.pk for row in Session.objects.order_by("pk").iterator() if wanted & _accounts_in(row.get_decoded())]
    return Session.objects.filter(pk__in=found).delete()[0]


def _accounts_in(data: dict) -> set[str]:
    waiting = data.get("account_login") or {}  # between the password and the code
    return {str(one) for one in (data.get(SESSION_KEY), data.get(_LOGIN_KEYS[1]), waiting.get("user_pk"))}
