"""Colleagues with an account: invite, change rights, disable, reset the second factor."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from teams.forms import InviteForm, RightsForm
from teams.models import AccountInvitation, User
from teams.selectors import rights_text
from teams.services import access, colleagues
from teams.services.errors import AlreadyColleague

from .scope import as_coordinator


def _colleague(request, public_id: str) -> User:
    return get_object_or_404(User.objects.managed_by(request.user), public_id=public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@as_coordinator
@reauthentication_required
def invite(request, municipality):
    form = InviteForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            access.invite_colleague(request.user, **form.cleaned_data)
        except AlreadyColleague:
            form.add_error("email", "Deze collega heeft al een account bij jullie gemeente.")
        else:
            messages.success(request, "De uitnodiging gaat per mail naar je collega. De link werkt zeven dagen.")
            return redirect("municipality_home")
    return render(request, "teams/invite.html", {"form": form})


@require_POST
@as_coordinator
def withdraw(request, municipality, public_id):
    invitation = get_object_or_404(AccountInvitation.objects.managed_by(request.user), public_id=public_id)
    access.withdraw_invitation(request.user, invitation)
    messages.success(request, "De uitnodiging is ingetrokken. De link werkt niet meer.")
    return redirect("municipality_home")


@require_http_methods(["GET", "HEAD", "POST"])
@as_coordinator
def colleague(request, municipality, public_id):
    """One colleague: what this person may do, and the buttons that change it."""
    person = _colleague(request, public_id)
    now = {"is_coordinator": person.is_coordinator, "is_manager": person.is_manager}
    form = RightsForm(request.POST if request.method == "POST" else None, initial=now)
    if form.is_bound and form.is_valid():
        colleagues.change_rights(request.user, person, **form.cleaned_data)
        messages.success(request, "De rechten zijn veranderd.")
        return redirect("colleague", public_id=public_id)
    context = {"form": form, "colleague": person, "rights": rights_text(person), "is_me": person == request.user}
    return render(request, "teams/colleague.html", context)


@require_POST
@as_coordinator
def disable(request, municipality, public_id):
    colleagues.disable_colleague(request.user, _colleague(request, public_id))
    messages.success(request, "Je collega kan niet meer inloggen en is overal uitgelogd.")
    return redirect("colleague", public_id=public_id)


@require_POST
@as_coordinator
@reauthentication_required
def enable(request, municipality, public_id):
    colleagues.enable_colleague(request.user, _colleague(request, public_id))
    messages.success(request, "Je collega kan weer inloggen.")
    return redirect("colleague", public_id=public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@as_coordinator
@reauthentication_required
def reset(request, municipality, public_id):
    """Sure? And then forget the second factor of a colleague."""
    person = _colleague(request, public_id)
    if request.method != "POST":
        return render(request, "teams/reset_totp.html", {"colleague": person, "is_me": person == request.user})
    colleagues.reset_colleague(request.user, person)
    messages.success(request, "De tweede stap is gewist. Je collega stelt bij het inloggen een nieuwe in.")
    return redirect("colleague", public_id=public_id)
