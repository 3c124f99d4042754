"""Start: what this is, which role, begin."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from scans import road, services
from scans.forms import RoleForm
from scans.models import Role
from scans.selectors.content import current_questionnaire

ROLE_CHOICES = (
    (Role.CLIENT_MANAGER, "Klantmanager", "Je begeleidt klanten. Je heet misschien ook consulent of werkcoach."),
    (Role.POLICY_OFFICER, "Beleidsmedewerker", "Je maakt of evalueert beleid voor Werk en Inkomen."),
    (Role.MANAGER, "Manager", "Je geeft leiding aan een team of afdeling. Ook teamleiders kiezen deze rol."),
)


@login_not_required
@require_safe
def home(request):
    return render(
        request,
        "scans/home.html",
        {"draft_days": settings.DRAFT_DAYS, "result_days": settings.RESULT_DAYS},
    )


@login_not_required
@require_safe
def choose_role(request):
    return render(request, "scans/choose_role.html", {"roles": ROLE_CHOICES, "current": road.current_scan(request)})


@login_not_required
@require_POST
def start(request):
    form = RoleForm(request.POST)
    if not form.is_valid():
        context = {"roles": ROLE_CHOICES, "form": form, "current": road.current_scan(request)}
        return render(request, "scans/choose_role.html", context)
    scan = services.start_scan(current_questionnaire(form.cleaned_data["role"]))
    road.enter(request, scan)
    return redirect("theme", step=1)


@login_not_required
@require_safe
@road.with_draft
def wrong_role(request, state):
    if road.is_in_round(request):  # the coordinator corrects it; starting anew would not be counted
        return render(request, "rounds/other_role.html")
    return render(request, "scans/wrong_role.html", {"state": state})


@login_not_required
@require_POST
@road.with_draft
def restart(request, state):
    services.erase_scan(state.id)
    road.leave(request)
    return redirect("choose_role")
