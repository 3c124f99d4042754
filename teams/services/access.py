"""Getting in: invitations, password links, the mails that carry them, and what a new password ends."""

import hashlib
import logging
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from teams import mails
from teams.clock import database_now
from teams.models import AccountInvitation, Municipality, PasswordLink, PasswordRequest, User
from teams.staff_log import staff_act

from .errors import AlreadyColleague, UnknownLink
from .scope import lock_municipality

INVITATION_LIFE = timedelta(days=7)
PASSWORD_LINK_LIFE = timedelta(hours=1)
LINKS_AT_ONCE = 3  # living password links of one account: nobody's mailbox is flooded
_log = logging.getLogger(__name__)


def hash_secret(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


# --- inviting --------------------------------------------------------------------------------------------


@transaction.atomic
def invite_colleague(
    actor: User, *, name: str, email: str, is_coordinator: bool, is_manager: bool, at: datetime | None = None
) -> AccountInvitation:
    """Ask for a mail with a link to `email`; inviting again replaces the earlier link.

    Raises NotAllowed, and AlreadyColleague when the own municipality has this account. An account elsewhere makes no
    difference that a coordinator could see.
    """
    municipality = lock_municipality(actor)
    if municipality.users.filter(email=email.lower()).exists():
        raise AlreadyColleague
    invitation = _invite(municipality, name, email, is_coordinator, is_manager, at or database_now(), mail_asked=True)
    staff_act(actor, "invite_colleague", invitation)
    return invitation


@transaction.atomic
def invite_coordinator(municipality_name: str, email: str, *, name: str = "", at: datetime | None = None) -> str:
    """For the command line: an invitation as coordinator, and the secret of its link, which nobody can ask again.

    Makes the municipality when it does not exist. Raises AlreadyColleague when the address has an account anywhere.
    """
    email = email.lower()
    municipality = Municipality.objects.select_for_update(no_key=True).filter(name__iexact=municipality_name).first()
    municipality = municipality or Municipality.objects.create(name=municipality_name, contact_email=email)
    if User.objects.filter(email=email).exists():
        raise AlreadyColleague
    invitation = _invite(municipality, name or email, email, True, False, at or database_now(), mail_asked=False)
    secret = _draw_secret(invitation)
    staff_act("command-line", "invite_coordinator", invitation)
    return secret


def _invite(municipality, name, email, is_coordinator, is_manager, at, *, mail_asked) -> AccountInvitation:
    return AccountInvitation.objects.update_or_create(
        municipality=municipality,
        email=email.lower(),
        defaults={
            "name": name,
            "is_coordinator": is_coordinator,
            "is_manager": is_manager,
            "secret_hash": None,
            "mail_asked": mail_asked,
            "expires_at": at + INVITATION_LIFE,
        },
    )[0]


def _draw_secret(invitation: AccountInvitation) -> str:
    secret = secrets.token_urlsafe(32)
    invitation.secret_hash = hash_secret(secret)
    invitation.mail_asked = False
    invitation.save(update_fields=["secret_hash", "mail_asked"])
    return secret


@transaction.atomic
def withdraw_invitation(actor: User, invitation: AccountInvitation) -> None:
    """The link stops working at once. Withdrawing what is gone changes nothing. Raises NotAllowed."""
    municipality = lock_municipality(actor)
    AccountInvitation.objects.filter(pk=invitation.pk, municipality=municipality).delete()
    staff_act(actor, "withdraw_invitation", invitation)


# --- using a link ----------------------------------------------------------------------------------------


def find_link(secret_hash: str, *, at: datetime | None = None) -> AccountInvitation | PasswordLink:
    """The living link with this hash. Raises UnknownLink for unknown, used up and expired alike."""
    link = (
        AccountInvitation.objects.alive(at).filter(secret_hash=secret_hash).first()
        or PasswordLink.objects.alive(at).filter(secret_hash=secret_hash, user__is_active=True).first()
    )
    if link is None:
        raise UnknownLink
    return link


@transaction.atomic
def use_link(secret_hash: str, password: str | None, *, at: datetime | None = None) -> User:
    """Set the password that belongs to a link; for an invitation this makes the account. Works once.

    `password` None makes an account that can log in through the own organisation only. Ends every session of the
    account and every other link to it. Raises UnknownLink.
    """
    invitation = AccountInvitation.objects.select_for_update().alive(at).filter(secret_hash=secret_hash).first()
    if invitation is not None:
        return _make_account(invitation, password)
    link = PasswordLink.objects.select_for_update().alive(at).filter(secret_hash=secret_hash).first()
    user = link and User.objects.select_for_update().filter(pk=link.user_id, is_active=True).first()
    if not user or password is None:
        raise UnknownLink
    set_password(user, password)
    staff_act(user, "set_password")
    return user


def _make_account(invitation: AccountInvitation, password: str | None) -> User:
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                invitation.email,
                password,
                name=invitation.name,
                municipality=invitation.municipality,
                is_coordinator=invitation.is_coordinator,
                is_manager=invitation.is_manager,
            )
    except IntegrityError as error:  # the address got an account in the meantime
        raise UnknownLink from error
    invitation.delete()
    staff_act(user, "make_account")
    return user


@transaction.atomic
def set_password(user: User, password: str) -> None:
    """A new password ends every session and every password link of the account."""
    user.set_password(password)
    user.save(update_fields=["password"])
    end_sessions(user)
    PasswordLink.objects.filter(user=user).delete()


def end_sessions(user: User) -> None:
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.refresh_from_db(fields=["session_epoch"])


# --- a forgotten password, and mail ------------------------------------------------------------------------


def ask_new_password(email: str, *, at: datetime | None = None) -> None:
    """Note that somebody asked. The address is not looked up here, so the answer cannot tell whether it is known."""
    _ask(email.lower(), (at or database_now()) + PASSWORD_LINK_LIFE)


def _ask(email: str, expires_at: datetime) -> None:
    request = PasswordRequest(email=email, expires_at=expires_at)
    PasswordRequest.objects.bulk_create([request], ignore_conflicts=True)


def send_access_mails(*, at: datetime | None = None) -> int:
    """Send what was asked: a new secret per mail, known only to the mail. Returns how many went out.

    First it is committed that this mail is no longer asked for, and only then it is handed over. So nothing goes out
    with a link that was rolled back, and who dies in between loses a mail, which can be asked again, but sends none
    twice. One that the mail server refuses is asked again, until it expires; the others go on.
    """
    waiting = [(_take_invitation, pk) for pk in _asked(AccountInvitation.objects.filter(mail_asked=True), at)]
    waiting += [(_take_password_request, pk) for pk in _asked(PasswordRequest.objects.all(), at)]
    return sum(_send(take(pk, at or database_now())) for take, pk in waiting)


def _send(taken: tuple[EmailMessage, Callable] | None) -> bool:
    """Hand over what was taken; when it is refused, ask for it again."""
    if taken is None:
        return False
    message, ask_again = taken
    try:
        message.send()
    except (SMTPException, OSError):
        ask_again()
        _log.warning("a staff mail was not accepted; trying again")
        return False
    return True


def _asked(rows, at) -> list:
    return list(rows.alive(at).values_list("pk", flat=True))


def _locked(rows, pk):
    """The row when nobody else is sending it."""
    skip = connection.features.has_select_for_update_skip_locked
    return rows.select_for_update(skip_locked=skip, of=("self",) if skip else ()).filter(pk=pk).first()


@transaction.atomic(durable=True)  # committed when it returns, whoever calls
def _take_invitation(pk: int, at: datetime):
    """(mail, how to ask for it again), or None when another process has it."""
    rows = AccountInvitation.objects.filter(mail_asked=True).select_related("municipality")
    invitation = _locked(rows, pk)
    if invitation is None:
        return None
    if User.objects.filter(email=invitation.email).exists():  # told to the address itself and to nobody else
        AccountInvitation.objects.filter(pk=pk).update(mail_asked=False)
        message = mails.has_account(invitation.email, invitation.municipality.name)
    else:
        message = mails.invitation(invitation, _draw_secret(invitation))
    this_link = AccountInvitation.objects.filter(pk=pk, secret_hash=invitation.secret_hash)
    return message, partial(this_link.update, mail_asked=True)


@transaction.atomic(durable=True)
def _take_password_request(pk: str, at: datetime):
    """The same for a forgotten password; None also when this address gets no mail."""
    request = _locked(PasswordRequest.objects.all(), pk)
    if request is None:
        return None
    user = User.objects.filter(email=request.email, is_active=True).first()
    request.delete()
    if user is None or PasswordLink.objects.alive(at).filter(user=user).count() >= LINKS_AT_ONCE:
        return None
    ask_again = partial(_ask, pk, request.expires_at)
    if not user.has_usable_password():
        return mails.no_password(user.email), ask_again
    secret = secrets.token_urlsafe(32)
    link = PasswordLink.objects.create(secret_hash=hash_secret(secret), user=user, expires_at=at + PASSWORD_LINK_LIFE)
    return mails.password_link(user.email, secret), lambda: (link.delete(), ask_again())


@transaction.atomic
def erase_expired(*, at: datetime | None = None) -> int:
    """Delete links, invitations and requests whose time has passed. Returns how many."""
    models = (AccountInvitation, PasswordLink, PasswordRequest)
    return sum(model.objects.expired(at).delete()[0] for model in models)
