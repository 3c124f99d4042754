"""Import in two steps: look at what it would do, then do exactly that.

Between the two the parsed rows wait in the session, and nothing else of the file (docs/decisions/0008).
"""

from dataclasses import astuple

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from teams.forms import ImportForm
from teams.import_file import COLUMNS, Mistake, Row, Unreadable, read_people
from teams.models import PersonRole
from teams.services.errors import PlanChanged
from teams.services.importing import CHANGED, NEW, SAME, apply_import, plan_import

from .scope import as_coordinator

_WAITING = "people_import"
SHOWN_MISTAKES = 100


@require_http_methods(["GET", "HEAD", "POST"])
@as_coordinator
def choose_file(request, municipality):
    """Choose a file; when everything in it is right, its rows wait for the next step."""
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    rows, mistakes = [], []
    if form.is_bound:
        request.session.pop(_WAITING, None)
        if form.is_valid():
            rows, mistakes = _read(form.cleaned_data["file"])
    if rows and not mistakes:
        plan = plan_import(municipality, rows)
        request.session[_WAITING] = {"rows": [astuple(row) for row in rows], "digest": plan.digest}
        return redirect("import_preview")
    context = {
        "form": form,
        "columns": list(COLUMNS.values()),
        "roles": PersonRole.labels,
        "mistakes": mistakes[:SHOWN_MISTAKES],
        "number": len(mistakes),
        "more": max(0, len(mistakes) - SHOWN_MISTAKES),
    }
    return render(request, "teams/import.html", context)


def _read(file) -> tuple[list[Row], list[Mistake]]:
    try:
        return read_people(file.read())
    except Unreadable as error:
        return [], [Mistake(0, "", str(error))]


def _rows(request) -> list[Row]:
    return [Row(*values) for values in request.session[_WAITING]["rows"]]


@require_http_methods(["GET", "HEAD"])
@as_coordinator
def preview(request, municipality):
    """Every row and what it would do, as things are now."""
    if _WAITING not in request.session:
        return redirect("import_people")
    plan = plan_import(municipality, _rows(request))
    context = {
        "plan": plan,
        "digest": plan.digest,
        "new": plan.count(NEW),
        "changed": plan.count(CHANGED),
        "same": plan.count(SAME),
    }
    return render(request, "teams/import_preview.html", context)


@require_POST
@as_coordinator
def apply(request, municipality):
    """Do what the page showed. When the lists changed meanwhile, show again and do nothing."""
    if _WAITING not in request.session:
        return redirect("import_people")
    try:
        plan = apply_import(request.user, _rows(request), request.POST.get("digest", ""))
    except PlanChanged:
        messages.error(request, "De lijst is intussen veranderd. Er is nog niets gedaan. Kijk hieronder opnieuw.")
        return redirect("import_preview")
    del request.session[_WAITING]
    messages.success(request, f"Klaar: {plan.count(NEW)} nieuw en {plan.count(CHANGED)} aangepast.")
    return redirect("people")


@require_POST
@as_coordinator
def cancel(request, municipality):
    request.session.pop(_WAITING, None)
    messages.info(request, "De import is gestopt. Er is niets veranderd.")
    return redirect("people")
