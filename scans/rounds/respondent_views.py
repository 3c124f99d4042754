"""Pages of the invited, in the order in which they are met. Opening a link changes nothing; its button does."""

from email import message_from_bytes, policy
from functools import wraps
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from scans import guessing, road
from scans.rounds import responding, selectors
from scans.rounds.errors import UnknownInvitation
from teams.responses import see_other

_INVITATION = "invitation"  # in the session until the scan begins; never beside a scan


def _no_invitation(request):
    return render(request, "rounds/no_invitation.html", status=404)


def _living(view):
    """Hands the view the invitation that this session opened, or the one page for all that is not there."""

    @wraps(view)
    def wrapper(request):
        try:
            return view(request, responding.living_invitation(request.session.get(_INVITATION, "")))
        except UnknownInvitation:  # also when it dies under the button
            return _no_invitation(request)

    return wrapper


@sensitive_variables("secret")
def _find(request, secret):
    guessing.slow_down(request)
    try:
        return responding.find_invitation(secret)
    except UnknownInvitation:
        guessing.count_wrong(request)
        raise


@login_not_required
@require_safe
@sensitive_variables("secret")
def link(request, secret):
    """A page with a button. Mail scanners open links."""
    try:
        _find(request, secret)
    except UnknownInvitation:
        return _no_invitation(request)
    return render(request, "rounds/link.html", {"secret": secret})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("secret")
def open_link(request):
    if request.method != "POST":
        return _no_invitation(request)
    try:
        found = _find(request, request.POST.get("secret", ""))
    except UnknownInvitation:
        return _no_invitation(request)
    request.session.flush()  # also a staff login: the two never share a session
    request.session[_INVITATION] = found.public_id
    return see_other("round_before")


@login_not_required
@require_safe
@_living
def before(request, invitation):
    return render(request, "rounds/before.html", {"before": selectors.before(invitation)})


@login_not_required
@require_POST
@_living
def begin(request, invitation):
    attribute = request.POST.get("attribute") == "on"
    scan = responding.begin(invitation.public_id, attribute=attribute)
    road.enter(request, scan, in_round=True)  # a fresh session: it no longer knows the invitation
    return redirect("continue")


@login_not_required
@require_POST
@_living
def wrong_role(request, invitation):
    responding.report_wrong_role(invitation.public_id)
    messages.success(
        request,
        "We hebben het doorgegeven. Je coördinator kan je rol of team aanpassen zolang je nog niet hebt verstuurd. "
        "Open de link uit je mail later opnieuw.",
    )
    return redirect("round_before")


@login_not_required
@require_POST
@_living
def no_reminder(request, invitation):
    responding.stop_reminders(invitation.public_id)
    messages.success(
        request,
        "Je krijgt geen herinnering meer voor deze ronde. Je link blijft werken. "
        "Je coördinator kan je de uitnodiging zelf nog wel een keer mailen.",
    )
    return redirect("round_before")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("secret")
def withdraw_levels(request):
    """Take back the choice of rule 5. The same page for every reason why there is nothing to take back."""
    if request.method != "POST":
        return render(request, "rounds/levels.html")
    guessing.slow_down(request)
    done = responding.withdraw_levels(_secret_in(request.POST.get("secret", "")))
    if not done:
        guessing.count_wrong(request)
    return render(request, "rounds/levels.html", {"done": done, "too_late": not done})


def _secret_in(text: str) -> str:
    """The own secret, also when somebody gives the whole link."""
    return text.strip().rstrip("/").rpartition("/")[2]


# --- development only ---------------------------------------------------------------------------------------


@login_not_required
@require_safe
def development_mail(request):
    """The last mails that were "sent". Its address exists in development only."""
    folder = Path(settings.EMAIL_FILE_PATH)
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)[:20]
    found = [mail for file in files for mail in _mails(file.read_bytes())]
    return render(request, "rounds/development_mail.html", {"mails": found[:100]})


def _mails(data: bytes) -> list[dict[str, str]]:
    """The mails of one file as Django's file backend writes it, newest first."""
    parts = [part.strip() for part in data.split(b"-" * 79)]
    read = [message_from_bytes(part, policy=policy.default) for part in parts if part]
    return [{"to": mail["to"], "subject": mail["subject"], "text": mail.get_content()} for mail in reversed(read)]
