"""Our answers to the questions that django-allauth asks."""

import time
from base64 import urlsafe_b64encode
from hashlib import sha256

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.html import format_html
from qrcode import QRCode

from teams import sessions, throttle
from teams.models import User
from teams.staff_log import staff_act

RECENT = 300  # seconds in which somebody who logged in is not asked for the password again


def proved_lately(request) -> bool:
    """Whether this person logged in, or gave the password or a code again, a moment ago."""
    records = get_authentication_records(request, request.user)
    return bool(records and time.time() - records[-1]["at"] < RECENT)


class AccountAdapter(DefaultAccountAdapter):
    """Login by e-mail address: nobody signs up, guessing is slow, and a login starts a session of its own."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "Dit e-mailadres en wachtwoord horen niet bij elkaar.",
        "incorrect_password": "Dit wachtwoord klopt niet.",
    }

    def is_open_for_signup(self, request):
        return False

    def pre_authenticate(self, request, **credentials):
        try:
            throttle.slow_down(ip=throttle.client_address(request), account=credentials.get("email", "").lower())
        except throttle.Busy as error:
            raise ValidationError("Het is nu erg druk. Probeer het over tien seconden opnieuw.") from error

    def authenticate(self, request, **credentials):
        user = super().authenticate(request, **credentials)
        if user is not None and not user.is_active:  # the same answer as for a wrong password
            self.authentication_failed(request, **credentials)
            return None
        return user

    def authentication_failed(self, request, **credentials):
        throttle.failed("ip", throttle.client_address(request))
        throttle.failed("account", credentials.get("email", "").lower())
        staff_act("somebody", "login_failed")

    def reauthenticate(self, user, password):
        return self.authenticate(context.request, email=user.email, password=password) == user

    def is_reauthentication_required(self, *, app, **kwargs):
        return not proved_lately(context.request)

    def pre_login(self, request, user, **kwargs):
        """The password was right (or the own organisation said so): leave behind whatever this session held."""
        if not user.is_active:
            return redirect("account_login")
        sessions.keep_only_login(request)
        return None

    def login(self, request, user):
        sessions.keep_only_login(request)
        super().login(request, user)
        sessions.begin(request)
        staff_act(user, "login")

    def logout(self, request):
        staff_act(request.user, "logout")
        super().logout(request)

    def add_message(self, request, level, message_template=None, message_context=None, extra_tags="", message=None):
        """Our pages say themselves what happened; allauth's own texts are left out."""


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Deze code klopt niet. Kijk of de tijd op je telefoon goed staat.",
    }

    def encrypt(self, text):
        """So that a copy of the database alone gives nobody a second factor."""
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return _fernet().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url):
        """The QR code as SVG without any style: the content policy allows none. Dark on light in every scheme."""
        code = QRCode(border=4)
        code.add_data(url)
        rows = code.get_matrix()
        path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
        return format_html(
            '<svg class="qr" viewBox="0 0 {size} {size}" role="img" aria-label="QR-code">'
            '<rect width="{size}" height="{size}" fill="#ffffff"/><path d="{path}" fill="#000000"/></svg>',
            size=len(rows),
            path=path,
        )


def _fernet() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(Fernet(urlsafe_b64encode(sha256(f"second factor:{key}".encode()).digest())) for key in keys)


class OrganisationAdapter(DefaultSocialAccountAdapter):
    """Login through the own organisation (OpenID Connect): for existing accounts only."""

    def is_open_for_signup(self, request, sociallogin):
        return False

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None):
        staff_act("somebody", "login_failed")

    def pre_social_login(self, request, sociallogin):
        """Find the account that this login may enter, or stop with one and the same page.

        What counts: the subject that the account was tied to before; else a verified address in one of the domains
        that this provider may speak for, of an active account that is not tied to another subject.
        """
        claims = sociallogin.account.extra_data
        user = None
        if sociallogin.state.get("process") in (None, "login") and _same_subject(claims):
            user = sociallogin.user if sociallogin.is_existing else _user_by_claims(claims)
        if user is None or not user.is_active:
            staff_act("somebody", "login_failed")
            raise ImmediateHttpResponse(render(request, "socialaccount/authentication_error.html", status=401))
        sociallogin.user = sociallogin.account.user = user
        sociallogin.account.extra_data = {}  # we need to know who it is, and nothing else about this person
        sociallogin.account.save()


def _same_subject(claims: dict) -> bool:
    """What the provider says about a person must be about the person that it logged in."""
    subjects = {part.get("sub") for part in (claims.get("id_token"), claims.get("userinfo")) if part}
    return len(subjects) == 1 and None not in subjects


def _user_by_claims(claims: dict) -> User | None:
    said = claims.get("userinfo") or claims.get("id_token") or {}
    email = str(said.get("email") or "").strip().lower()
    verified = said.get("email_verified") is True or settings.OIDC_TRUST_EMAIL
    if not verified or not speaks_for(email):
        return None
    user = User.objects.filter(email=email, is_active=True).first()
    return None if user is None or SocialAccount.objects.filter(user=user).exists() else user


def speaks_for(email: str) -> bool:
    """Whether the configured provider may say who has this address."""
    return bool(settings.OIDC_SERVER) and email.rpartition("@")[2].lower() in settings.OIDC_DOMAINS
