"""Pages of a closed round, for coordinators and managers of the own municipality. Every page reads; none writes."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from scans.scoring.levels import LEVEL_NAMES
from teams.views.scope import as_staff

from .frozen import frozen_or_404, frozen_until, result_lines
from .grid import grid_of
from .mirror import mirror_lines, mirror_parts
from .running import running_round
from .story import story_of
from .team import team_page
from .trend import trend_page

LEVELS = tuple(name.name for name in LEVEL_NAMES[1:])  # the marks in a bar, from left to right


def _group(frozen, number: int):
    found = frozen.group(number)
    if found is None:
        raise Http404
    return found


@require_safe
@as_staff
def results(request, municipality):
    """The closed rounds, newest first, and whether one runs."""
    context = {"rounds": result_lines(municipality), "running": running_round(municipality)}
    return render(request, "advice/rounds/results.html", context)


@require_safe
@as_staff
def result(request, municipality, public_id):
    """The grid, and the way to everything else of this round. Of an open round: when there is something to see."""
    if (running := running_round(municipality)) and running.public_id == public_id:
        return render(request, "advice/rounds/running.html", {"running": running})
    frozen = frozen_or_404(municipality, public_id)
    municipal = team_page(frozen, frozen.municipal)
    context = {"frozen": frozen, "grid": grid_of(frozen), "levels": LEVELS, "groups": frozen.listed_groups,
               "municipal": municipal, "story": story_of((frozen,), municipal)}  # fmt: skip
    return render(request, "advice/rounds/result.html", context)


@require_safe
@as_staff
def group(request, municipality, public_id, number):
    frozen = frozen_or_404(municipality, public_id)
    page = team_page(frozen, _group(frozen, number))
    story = story_of(frozen_until(municipality, frozen), page)
    return render(request, "advice/rounds/group.html", {"frozen": frozen, "page": page, "story": story})


@require_safe
@as_staff
def mirror(request, municipality, public_id):
    frozen = frozen_or_404(municipality, public_id)
    context = {"frozen": frozen, "parts": mirror_parts(mirror_lines(frozen)), "levels": LEVELS}
    return render(request, "advice/rounds/mirror.html", context)


@require_safe
@as_staff
def over_time(request, municipality, public_id, number):
    frozen = frozen_or_404(municipality, public_id)
    rounds = frozen_until(municipality, frozen)
    page = trend_page(rounds, found := _group(frozen, number))
    story = story_of(rounds, team_page(frozen, found))
    return render(request, "advice/rounds/over_time.html", {"frozen": frozen, "page": page, "story": story})


@require_safe
@as_staff
def as_json(request, municipality, public_id):
    """The frozen result byte for byte: its SHA-256 is the one on the pages."""
    frozen = frozen_or_404(municipality, public_id)
    response = HttpResponse(frozen.text.encode(), content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="uitkomst-{frozen.last_day.isoformat()}.json"'
    return response
