"""The few mails to staff. Plain text; the link is the only thing in them that is secret.

Nothing is sent here inside a transaction: what is rolled back must not have been mailed.
"""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

_log = logging.getLogger(__name__)


def invitation(invitation, secret: str) -> EmailMessage:
    return _message(
        invitation.email,
        "Je bent uitgenodigd voor Quickscan",
        "teams/mail_invitation.txt",
        {"name": invitation.name, "municipality": invitation.municipality.name, "link": access_link(secret)},
    )


def has_account(email: str, municipality: str) -> EmailMessage:
    return _message(
        email, "Je hebt al een account bij Quickscan", "teams/mail_has_account.txt", {"municipality": municipality}
    )


def password_link(email: str, secret: str) -> EmailMessage:
    return _message(
        email, "Kies een nieuw wachtwoord voor Quickscan", "teams/mail_password.txt", {"link": access_link(secret)}
    )


def no_password(email: str) -> EmailMessage:
    context = {"provider": settings.OIDC_NAME}
    return _message(email, "Je logt in via je organisatie", "teams/mail_no_password.txt", context)


def tell_second_step_was_reset(email: str, name: str) -> None:
    """Send it now, once: the owner must know, but a mail server that is away must not keep the reset from working."""
    message = _message(email, "Je tweede stap is gewist", "teams/mail_reset.txt", {"name": name})
    try:
        message.send()
    except (SMTPException, OSError):
        _log.warning("the mail about a second step that was reset was not accepted")


def access_link(secret: str) -> str:
    return settings.SITE_URL + reverse("access", args=[secret])


def _message(email: str, subject: str, template: str, context: dict) -> EmailMessage:
    context = context | {"login": settings.SITE_URL + reverse("account_login"), "contact": settings.CONTACT_EMAIL}
    return EmailMessage(subject, render_to_string(template, context), to=[email])
