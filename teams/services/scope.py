"""The first line of every verb of a coordinator."""

from teams.models import Municipality, User

from .errors import NotAllowed


def lock_municipality(actor: User) -> Municipality:
    """The municipality of this coordinator, locked: acts of two coordinators come one after the other.

    Not against new keys to it: who makes an account would wait for us, and we for the invitation that it came from.
    The actor is read again under the lock, so somebody who was disabled a moment ago does nothing any more. Raises
    NotAllowed.
    """
    municipality = Municipality.objects.select_for_update(no_key=True).filter(pk=actor.municipality_id).first()
    still = User.objects.filter(pk=actor.pk).first()
    if municipality is None or still is None or not Municipality.objects.managed_by(still).exists():
        raise NotAllowed
    return municipality
