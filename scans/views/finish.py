"""Finishing: check, send, close on this computer, and erase."""

import re
import secrets

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from scans import road, services
from scans.rounds import responding
from scans.rounds.errors import GroupChanged, RoundClosed

_OWN_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")  # as secrets.token_urlsafe(32) makes them


@login_not_required
@require_safe
@road.with_draft
def check(request, state):
    rows = [
        {
            "step": step,
            "theme": theme,
            "answers": [
                (question, question.label(state.choices[question.code]) if question.code in state.choices else None)
                for question in theme.questions
            ],
        }
        for step, theme in enumerate(state.content.themes, 1)
    ]
    open_count = len(state.content.questions) - len(state.answers)
    return render(
        request,
        "scans/check.html",
        {
            "rows": rows,
            "open_count": open_count,
            "first_gap": state.first_gap,
            "can_submit": open_count == 0,
            "role_label": state.content.role_label,
            # Drawn for the page, not stored: sending the same page twice is sending the same secret twice.
            "own_secret": secrets.token_urlsafe(32) if road.is_in_round(request) else "",
        },
    )


@login_not_required
@require_POST
@sensitive_post_parameters("own_secret")
@sensitive_variables("own_secret", "link")
def submit(request):
    """Sends the scan. However often this arrives, there is one sent scan and one answer: its result.

    A scan of a round gets a page with its own link first: nothing else leads back to it.
    """
    held = road.scan_in_session(request)
    if held is None:
        return road.no_scan(request)
    own_secret = request.POST.get("own_secret", "")
    in_round = road.is_in_round(request)
    if not in_round or not _OWN_SECRET.fullmatch(own_secret):
        own_secret = ""
    try:
        services.submit_scan(held[0], in_round=in_round, own_secret=own_secret)
    except RoundClosed:
        return render(request, "rounds/too_late.html", status=409)
    except GroupChanged:
        return render(request, "rounds/group_changed.html", status=409)
    except services.ScanClosed:
        return road.no_scan(request)
    except services.ScanIncomplete as incomplete:
        messages.warning(request, "Er is nog een vraag open. Kies een antwoord, dan kun je versturen.")
        return redirect("theme", step=incomplete.step)
    return _sent_in_round(request, own_secret) if own_secret else redirect("result")


@sensitive_variables("own_secret", "link")
def _sent_in_round(request, own_secret):
    try:
        services.find_by_secret(own_secret)
    except services.UnknownLink:  # another window had sent it already, with its own link
        return redirect("result")
    link = request.build_absolute_uri(reverse("resume", args=[own_secret]))
    context = {"link": link, "secret": own_secret, "shows_levels": responding.shows_levels(own_secret)}
    return render(request, "rounds/sent.html", context)


@login_not_required
@require_POST
def send_alone(request):
    """Too late for the round: send it for oneself, counted nowhere."""
    held = road.scan_in_session(request)
    if held is None:
        return road.no_scan(request)
    responding.leave_round(held[0])
    road.stop_counting(request)
    return redirect("check")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def close_here(request):
    """On a desk that others use: this browser forgets the scan, and nothing is erased."""
    if request.method == "POST":
        road.leave(request)
        return redirect("closed_here")
    state = road.current_scan(request)
    return render(request, "scans/close_here.html", {"state": state}) if state else road.no_scan(request)


@login_not_required
@require_safe
def closed_here(request):
    return render(request, "scans/closed_here.html")


@login_not_required
@require_safe
def confirm_erase(request):
    state = road.current_scan(request)
    return render(request, "scans/confirm_erase.html", {"state": state}) if state else road.no_scan(request)


@login_not_required
@require_POST
def erase(request):
    held = road.scan_in_session(request)
    if held:
        services.erase_scan(held[0])
        road.leave(request)
    return redirect("erased")


@login_not_required
@require_safe
def erased(request):
    return render(request, "scans/erased.html")
