"""The small guards at the front door, outermost first in settings.MIDDLEWARE."""

from urllib.parse import urlsplit

from csp.constants import HEADER as CONTENT_SECURITY_POLICY
from csp.utils import build_policy
from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, HttpResponseNotAllowed

from quickscan.views import database_away, not_allowed

_FEATURES = """
    accelerometer autoplay camera clipboard-read display-capture encrypted-media fullscreen geolocation gyroscope
    hid idle-detection magnetometer microphone midi payment picture-in-picture publickey-credentials-get
    screen-wake-lock serial usb xr-spatial-tracking
"""
_PERMISSIONS = ", ".join(f"{feature}=()" for feature in _FEATURES.split())


def loopback_only(get_response):
    """Development mode answers this machine only, whatever address the server was bound to."""

    def middleware(request):
        if request.META.get("REMOTE_ADDR", "127.0.0.1") not in {"127.0.0.1", "::1", ""}:
            return HttpResponse(
                "Development mode answers on the loopback address only. See docs/operations.md.",
                status=403,
                content_type="text/plain; charset=utf-8",
            )
        return get_response(request)

    return middleware


def private_headers(get_response):
    """Headers that Django does not set, on every response, static files and errors included."""
    # One policy for all, built once: no page of ours has a nonce or an exception.
    content_security_policy = build_policy()

    def middleware(request):
        response = get_response(request)
        response.headers[CONTENT_SECURITY_POLICY] = content_security_policy
        response.headers.setdefault("Permissions-Policy", _PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        # Everything but static files may hold somebody's answers.
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def database_errors(get_response):
    """A database that is away gives a plain page that says to try again, and no stack trace."""

    def middleware(request):
        return get_response(request)

    def process_exception(request, exception):
        if isinstance(exception, OperationalError | InterfaceError):
            return database_away(request)
        return None

    middleware.process_exception = process_exception
    return middleware


def strict_requests(get_response):
    """Refuses requests that no page of ours sends: another method or content type, broken text, a field sent twice.

    Nothing is saved. "Last value wins" would let a repeated field change what a person chose.
    """
    forms = {"application/x-www-form-urlencoded", "multipart/form-data"}
    methods = ("GET", "HEAD", "OPTIONS", "POST")

    def middleware(request):
        if request.method not in methods:
            return HttpResponseNotAllowed(methods)
        _check_port(request)
        if request.method == "POST":
            if request.content_type not in forms:
                raise BadRequest("A form was expected.")
            _check_size(request)
            for name, values in request.POST.lists():
                if len(values) > 1:
                    raise BadRequest("A field was sent twice.")
                # NUL breaks PostgreSQL; U+FFFD is what remains of bytes that are not UTF-8.
                if any("\x00" in text or "\ufffd" in text for text in (name, *values)):
                    raise BadRequest("This text cannot be read.")
            # Browsers write such a form in ASCII; Django would guess at any other byte.
            if request.content_type == "application/x-www-form-urlencoded" and not request.body.isascii():
                raise BadRequest("This text cannot be read.")
        response = get_response(request)
        if response.status_code == 405 and request.method == "GET":
            return _explain_not_allowed(request, response)
        return response

    return middleware


def _check_port(request) -> None:
    """Django checks the host's name but not that its port exists; a personal link is made with both."""
    try:
        _ = urlsplit(f"//{request.get_host()}").port
    except ValueError as error:
        raise BadRequest("This port does not exist.") from error


def _check_size(request) -> None:
    """Django limits fields but not files. One page takes a file: settings.BIG_FORMS says which and how big.

    What is too big is read and dropped, up to a bound: a browser that is cut off while sending shows no page.
    """
    length = str(request.META.get("CONTENT_LENGTH") or "")
    most = settings.BIG_FORMS.get(request.path_info, settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    if not length.isdecimal() or int(length) <= most:
        return
    left = 32 * 1024 * 1024
    while left > 0 and (piece := request.read(64 * 1024)):
        left -= len(piece)
    raise RequestDataTooBig("The form is too big.")


def _explain_not_allowed(request, response):
    """Somebody opened the address of a button, for instance with Enter in the address bar."""
    page = not_allowed(request)
    page.headers["Allow"] = response.headers["Allow"]
    return page
