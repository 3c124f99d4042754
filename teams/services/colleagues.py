"""What a coordinator, or the command line, does to an account."""

from functools import partial

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from teams import mails
from teams.models import PasswordLink, User
from teams.staff_log import staff_act

from .access import end_sessions
from .errors import NotAllowed
from .scope import lock_municipality


@transaction.atomic
def disable_colleague(actor: User, colleague: User) -> None:
    """No way in from now on; every session ends at once. Raises NotAllowed, for the own account too."""
    disable_user(_lock_colleague(actor, colleague), by=actor)


@transaction.atomic
def enable_colleague(actor: User, colleague: User) -> None:
    """Gives the way in back. Old sessions and links stay dead. Raises NotAllowed."""
    colleague = _lock_colleague(actor, colleague)
    colleague.is_active = True
    colleague.save(update_fields=["is_active"])
    staff_act(actor, "enable", colleague)


@transaction.atomic
def change_rights(actor: User, colleague: User, *, is_coordinator: bool, is_manager: bool) -> None:
    """Raises NotAllowed, for the own account too: so a municipality keeps a coordinator."""
    colleague = _lock_colleague(actor, colleague)
    colleague.is_coordinator, colleague.is_manager = is_coordinator, is_manager
    colleague.save(update_fields=["is_coordinator", "is_manager"])
    staff_act(actor, f"change_rights:coordinator={is_coordinator:d},manager={is_manager:d}", colleague)


@transaction.atomic
def reset_colleague(actor: User, colleague: User) -> None:
    """Forget the second factor of a colleague who lost it. Raises NotAllowed, for the own account too."""
    reset_second_factor(_lock_colleague(actor, colleague), by=actor)


def _lock_colleague(actor: User, colleague: User) -> User:
    municipality = lock_municipality(actor)
    if colleague.pk == actor.pk:
        raise NotAllowed
    found = User.objects.select_for_update().filter(pk=colleague.pk, municipality=municipality).first()
    if found is None:
        raise NotAllowed
    return found


@transaction.atomic
def disable_user(user: User, *, by) -> None:
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user)
    PasswordLink.objects.filter(user=user).delete()
    staff_act(by, "disable", user)


@transaction.atomic
def reset_second_factor(user: User, *, by) -> None:
    """Delete the TOTP secret, the recovery codes and the tie to the own organisation's login; end every session.

    The password stays: who resets learns nothing, and the next login asks for a new second factor. The owner gets a
    mail, after the commit.
    """
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()
    end_sessions(user)
    staff_act(by, "reset_second_factor", user)
    transaction.on_commit(partial(mails.tell_second_step_was_reset, user.email, user.name))


@transaction.atomic
def new_recovery_codes(user: User) -> list[str]:
    """Ten new codes; the old ones stop working. Raises NotAllowed without a second factor."""
    User.objects.select_for_update().get(pk=user.pk)
    mine = Authenticator.objects.filter(user=user)
    if not mine.filter(type=Authenticator.Type.TOTP).exists():
        raise NotAllowed
    mine.filter(type=Authenticator.Type.RECOVERY_CODES).delete()
    staff_act(user, "new_recovery_codes")
    return RecoveryCodes.activate(user).generate_codes()
