"""The page on which a coordinator deletes the municipality. It lives here because rounds and results go too."""

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib.auth import logout
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from scans.rounds import deleting
from scans.rounds.forms import DeleteMunicipalityForm
from teams.adapters import proved_lately
from teams.views.scope import as_coordinator


@require_http_methods(["GET", "HEAD", "POST"])
@as_coordinator
@reauthentication_required
def delete_municipality(request, municipality):
    """Asks for the password or a code again, then for the name. Afterwards nobody is left to redirect."""
    if not proved_lately(request):  # the own organisation's login, which has no password to ask for
        return render(request, "rounds/log_in_again.html")
    form = DeleteMunicipalityForm(request.POST if request.method == "POST" else None, municipality=municipality)
    if form.is_bound and form.is_valid():
        deleting.delete_municipality(request.user)
        logout(request)
        return render(request, "rounds/municipality_deleted.html", {"name": municipality.name, **_days()})
    context = {"form": form, "goes": deleting.what_goes(municipality), **_days()}
    return render(request, "rounds/delete_municipality.html", context)


def _days() -> dict[str, int]:
    return {"draft_days": settings.DRAFT_DAYS, "result_days": settings.RESULT_DAYS}
