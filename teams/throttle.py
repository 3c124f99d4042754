"""Slowing down who guesses. Only failures count; an address is slowed down and never shut out, because a whole town
hall shares one. The counter is one atomic statement in the database, shared by all processes.
"""

import hashlib
import hmac
import ipaddress
import time
from threading import BoundedSemaphore

from django.conf import settings
from django.db import connection

from teams.models import FailedTries

WINDOW = 600  # seconds in which failures are counted together
FREE_TRIES = {"ip": 30, "link": 30, "account": 10}  # wrong ones in a window before there is a delay
CODE_TRIES = 10  # wrong codes in a window after which no code is looked at: the password was already right
DELAY = 1.0  # seconds
_slots = BoundedSemaphore(2)  # waiting takes a thread; never more than these

_COUNT = """
    INSERT INTO teams_failedtries (key, count, since) VALUES (%(key)s, 1, %(now)s)
    ON CONFLICT (key) DO UPDATE SET
        count = CASE WHEN teams_failedtries.since <= %(now)s - %(window)s THEN 1
                ELSE teams_failedtries.count + 1 END,
        since = CASE WHEN teams_failedtries.since <= %(now)s - %(window)s THEN %(now)s
                ELSE teams_failedtries.since END
    RETURNING count
"""


class Busy(Exception):
    """Too many are waiting already; try again in a moment."""


def client_address(request) -> str:
    """Whose failures these are: what our own proxy saw, never what the client wrote in front of it."""
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    trusted = settings.PROXY_HOPS
    text = hops[-trusted] if 0 < trusted <= len(hops) else request.META.get("REMOTE_ADDR", "")
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else str(address)


def failed(kind: str, value: object) -> int:
    """Count one failure. Returns how many there are now in this window."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"key": _key(kind, value), "now": int(time.time()), "window": WINDOW})
        return cursor.fetchone()[0]


def failures(kind: str, value: object) -> int:
    oldest = int(time.time()) - WINDOW
    row = FailedTries.objects.filter(key=_key(kind, value), since__gt=oldest).values_list("count", flat=True).first()
    return row or 0


def slow_down(**who: object) -> None:
    """Wait when an address or an account has failed often: before looking, so that the wait tells nothing.

    `slow_down(ip=…, account=…)`; `link=…` is the address of a respondent. Raises Busy when there is no room to wait.
    """
    if not any(failures(kind, value) >= FREE_TRIES[kind] for kind, value in who.items()):
        return
    if not _slots.acquire(blocking=False):
        raise Busy
    try:
        time.sleep(DELAY)
    finally:
        _slots.release()


def first_use(kind: str, value: object) -> bool:
    """True once per window for the same value: a code that was read along is worth nothing."""
    return failed(kind, value) == 1


def forget_old() -> int:
    """Delete counts of windows that are over. Returns how many."""
    return FailedTries.objects.filter(since__lte=int(time.time()) - WINDOW).delete()[0]


def _key(kind: str, value: object) -> str:
    # Keyed: with the table alone nobody can look up who tried.
    return hmac.new(settings.SECRET_KEY.encode(), f"{kind}:{value}".encode(), hashlib.sha256).hexdigest()
