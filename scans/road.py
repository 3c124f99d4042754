"""The road of one respondent: which scan this browser session holds, and who may stand on which page."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth import SESSION_KEY as STAFF_KEY
from django.shortcuts import redirect, render

from scans.selectors.scan import ScanState, scan_state

_SCAN = "scan"
_QUESTIONNAIRE = "questionnaire"
CARRIED = ("my_list",)  # what a reader keeps in the library comes along when a scan begins or is opened
_IN_ROUND = "round"  # only that it is one, not which: the session knows the scan


def enter(request, scan, *, in_round: bool = False) -> None:
    """Put a scan in a fresh session: a new id, and never together with a staff login."""
    kept = {} if STAFF_KEY in request.session else {k: v for k, v in request.session.items() if k in CARRIED}
    request.session.flush()
    request.session.update(kept)
    request.session[_SCAN] = str(scan.pk)
    request.session[_QUESTIONNAIRE] = scan.questionnaire_id
    if in_round:
        request.session[_IN_ROUND] = True


def leave(request) -> None:
    request.session.flush()


def scan_in_session(request) -> tuple[str, int] | None:
    """(scan id, questionnaire id) without touching the scan itself, or None."""
    if STAFF_KEY in request.session or _SCAN not in request.session:
        return None
    return request.session[_SCAN], request.session[_QUESTIONNAIRE]


def is_in_round(request) -> bool:
    """Whether this visitor began as somebody whose answers are counted. The round may have closed since."""
    return bool(request.session.get(_IN_ROUND))


def stop_counting(request) -> None:
    request.session.pop(_IN_ROUND, None)


def current_scan(request) -> ScanState | None:
    held = scan_in_session(request)
    return scan_state(held[0]) if held else None


def no_scan(request):
    """One page for every reason why there is no scan here: session over, link unused, expired, erased."""
    return render(request, "scans/no_scan.html", status=404)


def with_draft(view):
    """Hands the view the open draft. Without one: the page that explains; when already sent: the result."""

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        state = current_scan(request)
        if state is None:
            return no_scan(request)
        if state.submitted_on:
            messages.info(request, "Je scan is al verstuurd. Je antwoorden zijn niet veranderd.")
            return redirect("result")
        return view(request, state, *args, **kwargs)

    return wrapper


def with_result(view):
    """Hands the view the sent scan. A draft goes back to its own road."""

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        state = current_scan(request)
        if state is None:
            return no_scan(request)
        if not state.submitted_on:
            return redirect("continue")
        return view(request, state, *args, **kwargs)

    return wrapper
