"""The guard of the staff pages: sessions end in time, and a second factor comes first."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.shortcuts import redirect

from teams import sessions

# Where somebody may be who still has to set up the second factor.
_ON_THE_WAY = {"mfa_activate_totp", "account_reauthenticate", "mfa_reauthenticate", "account_logout"}


def staff_guard(get_response):
    """Looks at pages that ask for a login only: the others neither read nor touch a session for this."""

    def middleware(request):
        return get_response(request)

    def process_view(request, view, args, kwargs):
        if not getattr(view, "login_required", True) or not sessions.is_staff_session(request):
            return None
        if not request.user.is_authenticated:  # disabled, or ended from elsewhere: nothing of it stays
            request.session.flush()
            return None
        if sessions.is_over(request):
            request.session.flush()
            request.user = AnonymousUser()
            messages.info(request, "Je bent uitgelogd, omdat je een tijd niets deed. Log opnieuw in.")
            return None  # the next guard asks for a login
        if request.resolver_match.url_name not in _ON_THE_WAY and needs_second_factor(request):
            return redirect("mfa_activate_totp")
        return None

    middleware.process_view = process_view
    return middleware


def needs_second_factor(request) -> bool:
    """True when this account must set up a second factor first. The own organisation asks for its own."""
    if not settings.STAFF_NEEDS_TOTP or not request.user.is_authenticated:
        return False
    if came_through_organisation(request):
        return False
    return not Authenticator.objects.filter(user=request.user, type=Authenticator.Type.TOTP).exists()


def came_through_organisation(request) -> bool:
    return any(record["method"] == "socialaccount" for record in get_authentication_records(request, request.user))
