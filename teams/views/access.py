"""Getting in without a session: the mailed link, a new password, a forgotten one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from teams import throttle
from teams.adapters import speaks_for
from teams.forms import ForgottenForm, NewPasswordForm
from teams.models import AccountInvitation
from teams.responses import see_other
from teams.services import access
from teams.services.errors import UnknownLink

_LINK = "access_link"


def _no_link(request, *, guessed: bool = False):
    """One page for every reason why a link does not work: unknown, used, expired, withdrawn."""
    if guessed:
        throttle.failed("ip", throttle.client_address(request))
    return render(request, "teams/no_link.html", status=404)


def _find(request, secret_hash: str):
    throttle.slow_down(ip=throttle.client_address(request))
    return access.find_link(secret_hash)


def _busy(request):
    response = render(request, "teams/busy.html", status=503)
    response.headers["Retry-After"] = "10"
    return response


@login_not_required
@require_safe
@sensitive_variables("secret")
def link(request, secret):
    """A page with a button. Mail scanners open links; only the button does something."""
    try:
        _find(request, access.hash_secret(secret))
    except UnknownLink:
        return _no_link(request, guessed=True)
    except throttle.Busy:
        return _busy(request)
    return render(request, "teams/access.html", {"secret": secret})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("secret")
def open_link(request):
    """Takes the link into a fresh session (POST). Read without a secret, for instance after a reload, it explains."""
    if request.method != "POST":
        return _no_link(request)
    secret_hash = access.hash_secret(request.POST.get("secret", ""))
    try:
        _find(request, secret_hash)
    except UnknownLink:
        return _no_link(request, guessed=True)
    except throttle.Busy:
        return _busy(request)
    request.session.flush()
    request.session[_LINK] = secret_hash
    return see_other("choose_password")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password", "again")
def choose_password(request):
    """Choose the password that belongs to the link in this session."""
    try:
        found = access.find_link(request.session.get(_LINK, ""))
    except UnknownLink:
        return _no_link(request)
    is_new = isinstance(found, AccountInvitation)
    email = found.email if is_new else found.user.email
    by_organisation = is_new and speaks_for(email)
    form = NewPasswordForm(request.POST if request.method == "POST" else None)
    without = by_organisation and "organisation" in request.POST
    if request.method == "POST" and (without or form.is_valid()):
        return _use(request, None if without else form.cleaned_data["password"])
    if without:
        form = NewPasswordForm()
    context = {"form": form, "email": email, "is_new": is_new, "by_organisation": by_organisation}
    return render(request, "teams/choose_password.html", context)


def _use(request, password: str | None):
    try:
        access.use_link(request.session[_LINK], password)
    except UnknownLink:
        return _no_link(request)
    request.session.flush()
    text = "Je wachtwoord is klaar." if password else "Je account is klaar."
    messages.success(request, f"{text} Log nu in.")
    return redirect("account_login")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request):
    """Ask for a link. The answer is the same for every address, and the address is not looked up here."""
    form = ForgottenForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        address = throttle.client_address(request)
        try:
            throttle.slow_down(ip=address)
        except throttle.Busy:
            return _busy(request)
        throttle.failed("ip", address)
        access.ask_new_password(form.cleaned_data["email"])
        return redirect("password_asked")
    return render(request, "teams/forgotten.html", {"form": form})


@login_not_required
@require_safe
def password_asked(request):
    return render(request, "teams/password_asked.html")
