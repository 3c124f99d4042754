"""My list: entries that a reader keeps while browsing. Codes in the session, no account, no row of its own.

A staff login has no list: what somebody reads before logging in must not be tied to a name.
"""

from django.contrib.auth import SESSION_KEY as STAFF_KEY

from advice.library.content import Library
from advice.selectors import InterventionContent

KEY = "my_list"  # scans.road carries it over to the session of a scan
LIMIT = 50


class ListFull(Exception):
    """The list holds LIMIT entries; one has to go before another can come."""


def may_keep(request) -> bool:
    return STAFF_KEY not in request.session


def codes(request) -> tuple[str, ...]:
    """The codes that this reader keeps, oldest first."""
    return tuple(request.session.get(KEY, ())) if may_keep(request) else ()


def entries(request, library: Library) -> tuple[InterventionContent, ...]:
    """The entries of the list that the library still has, in the order in which they were kept."""
    return tuple(library.by_code[code] for code in codes(request) if code in library.by_code)


def add(request, code: str) -> None:
    """Keep an entry; twice is once. Raises ListFull. Of a staff login nothing is kept."""
    kept = codes(request)
    if not may_keep(request) or code in kept:
        return
    if len(kept) >= LIMIT:
        raise ListFull
    request.session[KEY] = [*kept, code]


def remove(request, code: str) -> None:
    kept = codes(request)
    if code in kept:
        request.session[KEY] = [one for one in kept if one != code]


def empty(request) -> None:
    if may_keep(request):
        request.session.pop(KEY, None)
