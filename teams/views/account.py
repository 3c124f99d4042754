"""My own account: password, second factor, recovery codes."""

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teams.forms import NewPasswordForm
from teams.middleware import came_through_organisation
from teams.selectors import rights_text
from teams.services import access, colleagues
from teams.services.errors import NotAllowed
from teams.staff_log import staff_act


def _codes_of(user):
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()


@require_safe
def my_account(request):
    mine = Authenticator.objects.filter(user=request.user)
    codes = _codes_of(request.user)
    context = {
        "rights": rights_text(request.user),
        "municipality": request.user.municipality,
        "has_password": request.user.has_usable_password(),
        "has_second_factor": mine.filter(type=Authenticator.Type.TOTP).exists(),
        "by_organisation": came_through_organisation(request),
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else 0,
    }
    return render(request, "teams/my_account.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password", "again")
@reauthentication_required
def change_password(request):
    """A new password. It ends every other session of this account; this one goes on under a new id."""
    if not request.user.has_usable_password():
        raise Http404
    form = NewPasswordForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        access.set_password(request.user, form.cleaned_data["password"])
        update_session_auth_hash(request, request.user)
        staff_act(request.user, "change_password")
        messages.success(request, "Je wachtwoord is veranderd. Op andere apparaten ben je uitgelogd.")
        return redirect("my_account")
    return render(request, "teams/change_password.html", {"form": form})


@require_safe
@reauthentication_required
def recovery_codes(request):
    """Shown until the owner says that they are kept; after that never again."""
    found = _codes_of(request.user)
    if found is None:
        raise Http404
    codes = found.wrap()
    context = {"codes": [] if codes.did_view else codes.get_unused_codes(), "left": len(codes.get_unused_codes())}
    return render(request, "teams/recovery_codes.html", context)


@require_POST
def recovery_codes_kept(request):
    found = _codes_of(request.user)
    if found is None:
        raise Http404
    found.wrap().mark_as_viewed()
    messages.success(request, "Goed. Je herstelcodes zijn bewaard.")
    return redirect("my_account")


@require_POST
@reauthentication_required
def new_recovery_codes(request):
    try:
        colleagues.new_recovery_codes(request.user)
    except NotAllowed as error:
        raise Http404 from error
    return redirect("mfa_view_recovery_codes")
