"""Pages of a closed round, for coordinators and managers of the own municipality. Every page reads; none writes."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from teams.views.scope import as_staff

from .frozen import closed_results, frozen_or_404, frozen_until, thaw
from .grid import grid_of
from .mirror import mirror_lines
from .team import team_page
from .trend import trend_page


def _group(frozen, number: int):
    found = frozen.group(number)
    if found is None:
        raise Http404
    return found


@require_safe
@as_staff
def results(request, municipality):
    """The closed rounds, newest first."""
    return render(request, "advice/rounds/results.html", {"rounds": thaw(closed_results(municipality))})


@require_safe
@as_staff
def result(request, municipality, public_id):
    """The grid, and the way to everything else of this round."""
    frozen = frozen_or_404(municipality, public_id)
    return render(request, "advice/rounds/result.html", {"frozen": frozen, "grid": grid_of(frozen)})


@require_safe
@as_staff
def group(request, municipality, public_id, number):
    frozen = frozen_or_404(municipality, public_id)
    page = team_page(frozen, _group(frozen, number))
    return render(request, "advice/rounds/group.html", {"frozen": frozen, "page": page})


@require_safe
@as_staff
def mirror(request, municipality, public_id):
    frozen = frozen_or_404(municipality, public_id)
    return render(request, "advice/rounds/mirror.html", {"frozen": frozen, "lines": mirror_lines(frozen)})


@require_safe
@as_staff
def over_time(request, municipality, public_id, number):
    frozen = frozen_or_404(municipality, public_id)
    page = trend_page(frozen_until(municipality, frozen), _group(frozen, number))
    return render(request, "advice/rounds/over_time.html", {"frozen": frozen, "page": page})


@require_safe
@as_staff
def as_json(request, municipality, public_id):
    """The frozen result byte for byte: its SHA-256 is the one on the pages."""
    frozen = frozen_or_404(municipality, public_id)
    response = HttpResponse(frozen.text.encode(), content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="uitkomst-{frozen.last_day.isoformat()}.json"'
    return response
