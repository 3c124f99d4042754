"""Pages that belong to no room: explanation, health, and what people see when something goes wrong."""

import sys
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from advice.chapters import level_rows
from scans.models import FEWEST, Source

ERROR_PAGES = {
    400: ("Dit kunnen wij niet lezen", "Ga terug en probeer het opnieuw. Er is niets veranderd."),
    403: ("Probeer opnieuw", "Deze pagina was te lang open. Ga terug, ververs de pagina en probeer het opnieuw."),
    404: ("Deze pagina is er niet", "Misschien klopt het adres niet helemaal, of is de pagina weggehaald."),
    405: ("Deze pagina kun je zo niet openen", "Ga terug en gebruik de knop op de pagina. Er is niets veranderd."),
    413: ("Dit is te veel tekst", "Er is niets bewaard van dit formulier. Je andere antwoorden zijn er nog."),
    500: ("Er ging iets mis bij ons", "Probeer het over een minuut opnieuw. Wat was opgeslagen, is er nog."),
}


@login_not_required
@require_safe
def explanation(request):
    context = {
        "levels": level_rows(),
        "draft_days": settings.DRAFT_DAYS,
        "result_days": settings.RESULT_DAYS,
        "contact": settings.CONTACT_EMAIL,
    }
    return render(request, "explanation.html", context)


@login_not_required
@require_safe
def rounds_explained(request):
    """What an employee wants to know before taking part. docs/privacy/ says the same in other forms."""
    context = {
        "fewest": FEWEST,
        "draft_days": settings.DRAFT_DAYS,
        "result_days": settings.RESULT_DAYS,
        "people_days": settings.ROUND_PEOPLE_DAYS,
        "contact": settings.CONTACT_EMAIL,
    }
    return render(request, "rounds_explained.html", context)


@login_not_required
@require_safe
def sources(request):
    return render(request, "sources.html", {"sources": Source.objects.prefetch_related("citations")})


@login_not_required
@require_safe
def accessibility(request):
    return render(request, "accessibility.html", {"contact": settings.CONTACT_EMAIL})


@login_not_required
@require_safe
def healthz(request):
    """200 when the database answers, 503 when it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"database": "away"}, status=503)
    return JsonResponse({"database": "ok"})


@login_not_required
@require_safe
def security_txt(request):
    lines = [
        f"Contact: mailto:{settings.CONTACT_EMAIL}",
        f"Expires: {timezone.now() + timedelta(days=180):%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: nl, en",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def robots_txt(request):
    lines = ["User-agent: *", "Disallow: /scan/", "Disallow: /verder/", "Disallow: /resultaat/"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _error_page(request, status: int) -> HttpResponse:
    title, text = ERROR_PAGES[status]
    return render(request, "error.html", {"title": title, "text": text}, status=status)


def bad_request(request, exception=None):
    return _error_page(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def forbidden(request, exception=None):
    return _error_page(request, 403)


def csrf_failure(request, reason=""):
    return _error_page(request, 403)


def not_found(request, exception=None):
    return _error_page(request, 404)


def not_allowed(request):
    return _error_page(request, 405)


def server_error(request):
    # Middleware that reads the session meets an absent database before any view does.
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        return database_away(request)
    return _error_page(request, 500)


def database_away(request):
    response = render(request, "503.html", status=503)
    response.headers["Retry-After"] = "10"
    return response
