"""Pages of the coordinator, in the order in which a round is lived."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from scans.models import Invitation, MeasurementRound
from scans.rounds import copying, errors, inviting, mail, opening, pictures, selectors, setup
from scans.rounds.forms import CorrectForm, ExtendForm, RoundForm
from teams.views.scope import as_coordinator

WRONG_DATE = "Deze dag kan niet. Kies een dag van vandaag tot en met {latest}."
TOO_LATE = "Dat kan niet meer: de ronde is niet meer open."
DONE = "Dat is gedaan."  # the same words for who answered and who did not


def _round(request, public_id) -> MeasurementRound:
    return get_object_or_404(MeasurementRound.objects.managed_by(request.user), public_id=public_id)


def _draft(request, public_id) -> MeasurementRound:
    return get_object_or_404(MeasurementRound.objects.managed_by(request.user).draft(), public_id=public_id)


def _invitation(request, public_id) -> Invitation:
    own = MeasurementRound.objects.managed_by(request.user).open()
    rows = Invitation.objects.filter(measurement_round__in=own).select_related("measurement_round", "person", "team")
    return get_object_or_404(rows, public_id=public_id)


@require_safe
@as_coordinator
def rounds(request, municipality):
    context = {
        "rounds": selectors.round_lines(municipality),
        "draft": municipality.rounds.draft().first(),
        "is_open": municipality.rounds.open().exists(),
        "copy": copying.last_setup_of(municipality),
        "people_days": settings.ROUND_PEOPLE_DAYS,
    }
    return render(request, "rounds/rounds.html", context)


@require_POST
@as_coordinator
def copy_setup(request, municipality):
    try:
        draft = copying.copy_last_setup(request.user)
    except errors.NothingToCopy:
        messages.error(request, "Er is nu geen opzet om over te nemen. Er is niets veranderd.")
        return redirect("rounds")
    messages.success(request, "De opzet is overgenomen. Er gaat nog niets uit.")
    return redirect("round", public_id=draft.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@as_coordinator
def edit(request, municipality):
    """The draft: k and teams begin as in the last round."""
    last = setup.last_setup(municipality)
    initial = {"minimum": last["minimum"]} | {f"team-{team.public_id}": True for team in last["teams"]}
    if "closes_on" in last:
        initial["last_day"] = last["closes_on"] - timedelta(days=1)
    data = request.POST if request.method == "POST" else None
    form = RoundForm(data, initial=initial, teams=municipality.teams.order_by("name"))
    if form.is_bound and form.is_valid():
        try:
            draft = setup.save_draft(
                request.user,
                closes_on=form.cleaned_data["last_day"] + timedelta(days=1),
                minimum=form.cleaned_data["minimum"],
                teams=form.chosen_teams(),
            )
            return redirect("round", public_id=draft.public_id)
        except errors.WrongClosingDate:
            form.add_error("last_day", WRONG_DATE.format(latest=f"{setup.latest_day():%d-%m-%Y}"))
        except (ValidationError, OverflowError):
            form.add_error(None, "Dit kan niet worden bewaard. Kijk de velden nog eens na.")
    context = {
        "form": form,
        "team_fields": [form[f"team-{team.public_id}"] for team in form.all_teams],
        "has_last": municipality.rounds.exclude(opened_on=None).exists(),
    }
    return render(request, "rounds/edit.html", context)


@require_safe
@as_coordinator
def show(request, municipality, public_id):
    found = _round(request, public_id)
    if found.state != MeasurementRound.State.DRAFT:
        page = selectors.round_page(found, request.GET.get("bladzijde"))
        return render(request, "rounds/round.html", {"round": page})
    return render(request, "rounds/preview.html", _preview(found))


def _preview(draft) -> dict:
    plan = setup.plan_of(draft)
    found = pictures.pictures_of(plan, draft.minimum)
    last_day, version = selectors.last_day_of(draft), settings.QUESTIONNAIRE_VERSION
    return {"draft": draft, "plan": plan, "pictures": found, "last_day": last_day, "version": version}


@require_POST
@as_coordinator
def delete(request, municipality, public_id):
    try:
        setup.delete_draft(request.user, _draft(request, public_id))
    except errors.NotInThisState:
        messages.error(request, "Deze ronde is al geopend.")
    return redirect("rounds")


@require_POST
@as_coordinator
def test_mail(request, municipality, public_id):
    if mail.send_test(_draft(request, public_id), request.user):
        messages.success(request, f"De proefmail is verstuurd naar {request.user.email}. De link daarin werkt niet.")
    else:
        messages.error(request, "De proefmail kon niet worden verstuurd.")
    return redirect("round", public_id=public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@as_coordinator
def open_round(request, municipality, public_id):
    if request.method != "POST":
        limits = {"latest": setup.latest_day(), "people_days": settings.ROUND_PEOPLE_DAYS}
        return render(request, "rounds/confirm_open.html", _preview(_draft(request, public_id)) | limits)
    found = _round(request, public_id)
    try:
        opening.open_round(request.user, found)
    except errors.CannotOpen as refused:
        for reason in refused.reasons:
            messages.error(request, reason)
    except errors.NotInThisState:
        messages.info(request, "Deze ronde was al geopend.")
    else:
        messages.success(request, "De ronde is open. De uitnodigingen gaan er binnen enkele minuten uit.")
    return redirect("round", public_id=public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@as_coordinator
def extend(request, municipality, public_id):
    found = get_object_or_404(MeasurementRound.objects.managed_by(request.user).open(), public_id=public_id)
    form = ExtendForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            closes_on = form.cleaned_data["last_day"] + timedelta(days=1)
            opening.extend_round(request.user, found, closes_on=closes_on)
            messages.success(request, "De ronde loopt langer. Zeg het erbij in een herinnering.")
            return redirect("round", public_id=public_id)
        except errors.NotInThisState:
            messages.error(request, TOO_LATE)
            return redirect("round", public_id=public_id)
        except (errors.WrongClosingDate, OverflowError):
            form.add_error("last_day", "Kies een latere dag, en niet later dan hierboven staat.")
    last_day, latest = selectors.last_day_of(found), setup.latest_day(found.opened_on)
    context = {"form": form, "last_day": last_day, "latest": latest, "can_extend": last_day < latest,
               "public_id": public_id}  # fmt: skip
    return render(request, "rounds/extend.html", context)


def _during(request, public_id, act, text=DONE):
    """One act in an open round, with the same message whoever had answered."""
    try:
        act()
        messages.success(request, text)
    except errors.NotInThisState:
        messages.error(request, TOO_LATE)
    return redirect("round", public_id=public_id)


@require_POST
@as_coordinator
def remind(request, municipality, public_id):
    found = _round(request, public_id)
    text = (
        "De herinnering gaat naar iedereen die er een wil, ook naar wie al meedeed. "
        "Niemand van de gemeente ziet wie dat zijn."
    )
    return _during(request, public_id, lambda: inviting.remind(request.user, found), text)


@require_http_methods(["GET", "HEAD", "POST"])
@as_coordinator
def invitation(request, municipality, public_id):
    """One address: another role or team, mail again, withdraw."""
    found = _invitation(request, public_id)
    teams = municipality.teams.order_by("name")
    now = {"role": found.role, "team": found.team.public_id}
    form = CorrectForm(request.POST if request.method == "POST" else None, initial=now, teams=teams)
    if form.is_bound and form.is_valid():
        role, team = form.cleaned_data["role"], teams.get(public_id=form.cleaned_data["team"])
        return _during(
            request,
            found.measurement_round.public_id,
            lambda: inviting.correct(request.user, found, role=role, team=team),
            "Rol en team zijn aangepast. Wie al meedeed, blijft tellen zoals het toen was.",
        )
    return render(request, "rounds/invitation.html", {"form": form, "invitation": found})


@require_POST
@as_coordinator
def withdraw(request, municipality, public_id):
    found = _invitation(request, public_id)
    text = "De uitnodiging is ingetrokken. Wie al meedeed, blijft meetellen."
    return _during(request, found.measurement_round.public_id, lambda: inviting.withdraw(request.user, found), text)


@require_POST
@as_coordinator
def mail_again(request, municipality, public_id):
    found = _invitation(request, public_id)
    text = "De mail gaat nog een keer. Oudere links blijven werken."
    return _during(request, found.measurement_round.public_id, lambda: inviting.send_again(request.user, found), text)
