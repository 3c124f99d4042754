"""Finishing: check, send, and erase."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from scans import road, services


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
        },
    )


@login_not_required
@require_POST
def submit(request):
    """Sends the scan. However often this arrives, there is one sent scan and one answer: its result."""
    held = road.scan_in_session(request)
    if held is None:
        return road.no_scan(request)
    try:
        services.submit_scan(held[0])
    except services.ScanClosed:
        return road.no_scan(request)
    except services.ScanIncomplete as incomplete:
        messages.warning(request, "Er is nog een vraag open. Kies een antwoord, dan kun je versturen.")
        return redirect("theme", step=incomplete.step)
    return redirect("result")


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
