"""The outbox: sends what waits. A secret exists in memory and in the mail, and nowhere else.

First "onzeker" is committed, then the mail is handed over, then "verstuurd" is committed. Whoever dies in between
leaves "onzeker", which is never repeated unless a coordinator asks.
"""

import logging
import secrets
from collections import deque
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables

from scans.clock import local_day
from scans.models import InvitationSecret, MeasurementRound, OutgoingMail

from .responding import hash_secret
from .setup import may_mail

PER_TICK = 200
CONNECTIONS = 5  # in one tick: a server that hangs up, or one address that makes it, holds up nobody else's mail
SHUTTING_DOWN = 421
_log = logging.getLogger(__name__)
_SUBJECTS = {
    OutgoingMail.Kind.INVITATION: "Uitnodiging: hoe werken jullie? Tien minuten, {closes}",
    OutgoingMail.Kind.REMINDER: "Herinnering: hoe werken jullie? {closes}",
}


def send_waiting(*, most: int = PER_TICK) -> int:
    """Send at most so many mails. Returns how many the server took. A server that is away or hangs up leaves the rest
    waiting for the next tick.
    """
    waiting = OutgoingMail.objects.filter(
        status=OutgoingMail.Status.WAITING, invitation__measurement_round__state=MeasurementRound.State.OPEN
    )
    ids = deque(waiting.order_by("pk").values_list("pk", flat=True)[:most])
    sent = 0
    for _ in range(CONNECTIONS):
        if ids:
            sent += _send_over_one_connection(ids)
    return sent


def _send_over_one_connection(ids: deque[int]) -> int:
    """Send until the server hangs up. What was tried leaves `ids`; to end the tick it is emptied."""
    server = get_connection()
    try:
        server.open()
    except OSError:  # SMTPException is one; nothing was handed over
        _log.warning("the mail server is away; trying again")
        ids.clear()
        return 0
    sent = 0
    try:
        while ids and _is_there(server):
            status = _send_one(ids.popleft(), server)
            sent += status == OutgoingMail.Status.SENT
            if status == OutgoingMail.Status.UNCERTAIN:
                ids.clear()  # the connection broke: the next mail would be uncertain too, and for nothing
    finally:
        server.close()
    return sent


def _is_there(server) -> bool:
    """Whether the server still answers. Asked before a mail is taken: Django keeps a connection that is dead, and a
    mail that meets one would be uncertain although it was never offered.
    """
    smtp = getattr(server, "connection", None)
    if smtp is None:  # mail to memory or to files
        return True
    try:
        smtp.ehlo_or_helo_if_needed()
        return smtp.noop()[0] != SHUTTING_DOWN
    except OSError:
        return False


@sensitive_variables("message")
def _send_one(pk: int, server) -> str | None:
    """The new status; None when there was nothing to hand over."""
    message = _take(pk)
    if message is None:
        return None
    status = _hand_over(message, server)
    OutgoingMail.objects.filter(pk=pk, status=OutgoingMail.Status.UNCERTAIN).update(status=status)
    return status


@transaction.atomic
@sensitive_variables("secret")
def _take(pk: int) -> EmailMessage | None:
    """The message of a mail that still waits, which from here on is uncertain. None when another process took it."""
    rows = OutgoingMail.objects.filter(pk=pk, status=OutgoingMail.Status.WAITING)
    skip = connection.features.has_select_for_update_skip_locked
    mail = rows.select_for_update(skip_locked=skip).first()
    if mail is None:
        return None
    invitation = mail.invitation
    if mail.kind == OutgoingMail.Kind.REMINDER and invitation.no_reminder:
        rows.update(status=OutgoingMail.Status.SENT)  # the status is that of everybody else: it must not tell
        return None
    if not may_mail(invitation.email):
        rows.update(status=OutgoingMail.Status.REFUSED)
        return None
    rows.update(status=OutgoingMail.Status.UNCERTAIN)
    secret = secrets.token_urlsafe(32)
    InvitationSecret.objects.create(secret_hash=hash_secret(secret), invitation=invitation)
    return message_for(invitation.measurement_round, mail.kind, invitation.person.name, invitation.email, secret)


def _hand_over(message: EmailMessage, server) -> str:
    try:
        message.connection = server
        return OutgoingMail.Status.SENT if message.send() else OutgoingMail.Status.UNCERTAIN
    except SMTPRecipientsRefused as error:
        return _said_no(max(code for code, _ in error.recipients.values()))
    except SMTPResponseException as error:
        return _said_no(error.smtp_code)
    except OSError:
        _log.warning("a mail may or may not have gone out; it stands as uncertain")
        return OutgoingMail.Status.UNCERTAIN


def _said_no(code: int) -> str:
    """For good (5xx), or for now."""
    return OutgoingMail.Status.REFUSED if code >= 500 else OutgoingMail.Status.WAITING


@sensitive_variables("secret")
def message_for(measurement_round: MeasurementRound, kind: str, name: str, email: str, secret: str) -> EmailMessage:
    last_day = local_day(measurement_round.closes_at) - timedelta(days=1)
    context = {
        "name": name,
        "municipality": measurement_round.municipality.name,
        "last_day": last_day,
        "link": settings.SITE_URL + reverse("round_invitation", args=[secret]),
        "is_reminder": kind == OutgoingMail.Kind.REMINDER,
        "contact": measurement_round.municipality.contact_email,
    }
    subject = _SUBJECTS[kind].format(closes=f"tot en met {last_day.day}-{last_day.month}-{last_day.year}")
    return EmailMessage(subject, render_to_string("rounds/mail_invitation.txt", context), to=[email])


def send_test(measurement_round: MeasurementRound, actor) -> bool:
    """The invitation as others will get it, to the own address, with a link that leads nowhere."""
    message = message_for(measurement_round, OutgoingMail.Kind.INVITATION, str(actor), actor.email, "voorbeeld")
    message.subject = f"[proef] {message.subject}"
    try:
        return bool(message.send())
    except OSError:
        return False
