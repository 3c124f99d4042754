"""The one scheduled verb. Running it twice at once or not at all for a day does no harm."""

from dataclasses import dataclass

from django.contrib.sessions.models import Session
from django.utils import timezone

from scans.services import erase_expired


@dataclass(frozen=True)
class Done:
    """How much was erased."""

    scans: int
    sessions: int

    def __str__(self) -> str:
        return f"erased: {self.scans} scans, {self.sessions} sessions"


def tick() -> Done:
    """Erase the scans whose day has come and the sessions that have ended."""
    scans = 0
    while erased := erase_expired():
        scans += erased
    sessions, _ = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    return Done(scans, sessions)
