"""The few mails to staff. Plain text; the link is the only thing in them that is secret."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse


def send_invitation(invitation, secret: str) -> None:
    _send(
        invitation.email,
        "Je bent uitgenodigd voor Quickscan",
        "teams/mail_invitation.txt",
        {"name": invitation.name, "municipality": invitation.municipality.name, "link": access_link(secret)},
    )


def send_has_account(email: str, municipality: str) -> None:
    _send(email, "Je hebt al een account bij Quickscan", "teams/mail_has_account.txt", {"municipality": municipality})


def send_password_link(email: str, secret: str) -> None:
    _send(email, "Kies een nieuw wachtwoord voor Quickscan", "teams/mail_password.txt", {"link": access_link(secret)})


def send_no_password(email: str) -> None:
    context = {"provider": settings.OIDC_NAME}
    _send(email, "Je logt in via je organisatie", "teams/mail_no_password.txt", context)


def access_link(secret: str) -> str:
    return settings.SITE_URL + reverse("access", args=[secret])


def _send(email: str, subject: str, template: str, context: dict) -> None:
    context = context | {"login": settings.SITE_URL + reverse("account_login"), "contact": settings.CONTACT_EMAIL}
    EmailMessage(subject, render_to_string(template, context), to=[email]).send()
