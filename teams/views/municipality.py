"""The municipality as its staff sees it: start page, teams, people."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from teams import selectors
from teams.forms import PersonForm, TeamForm
from teams.models import Person, Team
from teams.services import people
from teams.services.errors import InUse

from .scope import as_coordinator, as_staff

PER_PAGE = 100


@require_safe
@as_staff
def home(request, municipality):
    context = {
        "municipality": selectors.municipality_page(municipality),
        "may_manage": request.user.is_coordinator,
        "colleagues": selectors.colleague_lines(municipality) if request.user.is_coordinator else (),
        "invitations": selectors.waiting_invitations(municipality) if request.user.is_coordinator else (),
    }
    return render(request, "teams/municipality.html", context)


def _saved(form, save) -> bool:
    """Whether the form was sent, is right, and could be saved; otherwise it says why not."""
    if not (form.is_bound and form.is_valid()):
        return False
    try:
        save(**form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, people.refusal_text(error))
        return False
    return True


# --- teams -----------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@as_coordinator
def add_team(request, municipality):
    form = TeamForm(request.POST if request.method == "POST" else None)
    if _saved(form, lambda name: people.add_team(request.user, name=name)):
        messages.success(request, f"Team {form.cleaned_data['name']} staat erbij.")
        return redirect("municipality_home")
    return render(request, "teams/team.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@as_coordinator
def edit_team(request, municipality, public_id):
    team = get_object_or_404(municipality.teams, public_id=public_id)
    form = TeamForm(request.POST if request.method == "POST" else None, initial={"name": team.name})
    if _saved(form, lambda name: people.rename_team(request.user, team, name=name)):
        messages.success(request, "De naam is veranderd.")
        return redirect("municipality_home")
    return render(request, "teams/team.html", {"form": form, "team": team, "people": team.people.count()})


@require_http_methods(["POST"])
@as_coordinator
def remove_team(request, municipality, public_id):
    team = get_object_or_404(Team.objects.managed_by(request.user), public_id=public_id)
    try:
        people.remove_team(request.user, team)
    except InUse:
        messages.error(request, "Dit team kan niet weg: er horen nog mensen of een ronde bij.")
        return redirect("edit_team", public_id=public_id)
    messages.success(request, f"Team {team.name} is weg.")
    return redirect("municipality_home")


# --- people ----------------------------------------------------------------------------------------------


@require_safe
@as_coordinator
def people_list(request, municipality):
    found = municipality.people.select_related("team").order_by("team__name", "name", "pk")
    team = municipality.teams.filter(public_id=request.GET.get("team", "")).first()
    if team is not None:
        found = found.filter(team=team)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("bladzijde"))
    return render(request, "teams/people.html", {"page": page, "team": team, "municipality": municipality})


@require_http_methods(["GET", "HEAD", "POST"])
@as_coordinator
def add_person(request, municipality):
    form = PersonForm(request.POST if request.method == "POST" else None, municipality=municipality)
    if _saved(form, lambda **fields: people.add_person(request.user, **fields)):
        messages.success(request, f"{form.cleaned_data['name']} staat in de lijst.")
        return redirect("people")
    return render(request, "teams/person.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@as_coordinator
def edit_person(request, municipality, public_id):
    person = get_object_or_404(Person.objects.managed_by(request.user), public_id=public_id)
    now = {"name": person.name, "email": person.email, "team": person.team.public_id, "role": person.role}
    form = PersonForm(request.POST if request.method == "POST" else None, initial=now, municipality=municipality)
    if _saved(form, lambda **fields: people.change_person(request.user, person, **fields)):
        messages.success(request, "De gegevens zijn veranderd.")
        return redirect("people")
    return render(request, "teams/person.html", {"form": form, "person": person})


@require_http_methods(["GET", "HEAD", "POST"])
@as_coordinator
def remove_person(request, municipality, public_id):
    person = get_object_or_404(Person.objects.managed_by(request.user), public_id=public_id)
    if request.method != "POST":
        return render(request, "teams/remove_person.html", {"person": person})
    try:
        people.remove_person(request.user, person)
    except InUse:
        messages.error(request, "Deze persoon kan nog niet weg: er loopt een ronde.")
        return redirect("edit_person", public_id=public_id)
    messages.success(request, f"{person.name} is uit de lijst.")
    return redirect("people")
