"""The way back: make a personal link, and come in by one."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from scans import guessing, road, services
from scans.rounds import responding
from teams.responses import see_other


@login_not_required
@require_safe
def later(request):
    """How to go on later: a button that makes a link. Reading this page changes nothing."""
    state = road.current_scan(request)
    return render(request, "scans/later.html", {"state": state}) if state else road.no_scan(request)


@login_not_required
@require_POST
@sensitive_variables("secret", "link")
def make_link(request):
    """A new link, shown once: only its hash is kept. Earlier links go on working."""
    state = road.current_scan(request)
    if state is None:
        return road.no_scan(request)
    secret = services.make_resume_link(state.id)
    link = request.build_absolute_uri(reverse("resume", args=[secret]))
    return render(request, "scans/later.html", {"state": state, "link": link})


@sensitive_variables("secret")
def _find(request, secret, known=False):
    guessing.slow_down(request)
    try:
        return services.find_by_secret(secret)
    except services.UnknownLink:
        if not known:
            guessing.count_wrong(request)
        raise


@login_not_required
@require_safe
@sensitive_variables("secret")
def resume(request, secret):
    """A page with a button. Mail scanners open links; only the button opens the scan."""
    shows_levels = responding.shows_levels(secret)
    try:
        _find(request, secret, known=shows_levels)
    except services.UnknownLink:
        if shows_levels:  # the scan is gone, the choice can still be taken back
            return render(request, "rounds/levels.html", {"secret": secret})
        return road.no_scan(request)
    context = {"secret": secret, "shows_levels": shows_levels}
    return render(request, "scans/resume.html", context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("secret")
def open_link(request):
    """Opens the scan (POST). Read without a secret, for instance after a reload, it explains."""
    if request.method != "POST":
        return road.no_scan(request)
    try:
        scan = _find(request, request.POST.get("secret", ""))
    except services.UnknownLink:
        return road.no_scan(request)
    road.enter(request, scan, in_round=responding.in_round(scan.pk))
    return see_other("result" if scan.submitted_on else "continue")
