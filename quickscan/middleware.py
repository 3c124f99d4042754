"""The small guards at the front door, outermost first in settings.MIDDLEWARE."""

from django.core.exceptions import BadRequest
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.shortcuts import render

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
    """Headers that Django and django-csp do not set, on every response, static files and errors included."""

    def middleware(request):
        response = get_response(request)
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
            response = render(request, "503.html", status=503)
            response.headers["Retry-After"] = "10"
            return response
        return None

    middleware.process_exception = process_exception
    return middleware


def strict_requests(get_response):
    """Refuses forms that no page of ours sends: another content type, broken text, a field sent twice.

    Nothing is saved. "Last value wins" would let a repeated field change what a person chose.
    """
    forms = {"application/x-www-form-urlencoded", "multipart/form-data"}

    def middleware(request):
        if request.method == "POST":
            if request.content_type not in forms:
                raise BadRequest("A form was expected.")
            for name, values in request.POST.lists():
                if len(values) > 1:
                    raise BadRequest("A field was sent twice.")
                # NUL breaks PostgreSQL; U+FFFD is what remains of bytes that are not UTF-8.
                if any("\x00" in text or "\ufffd" in text for text in (name, *values)):
                    raise BadRequest("This text cannot be read.")
        return get_response(request)

    return middleware
