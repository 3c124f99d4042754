"""The one scheduled verb. Running it twice at once or not at all for a day does no harm."""

from dataclasses import dataclass

from django.contrib.sessions.models import Session
from django.utils import timezone

from scans.rounds import closing, retention
from scans.rounds import mail as round_mail
from scans.services import erase_expired
from teams import throttle
from teams.services import access


@dataclass(frozen=True)
class Done:
    """How much was erased."""

    scans: int
    sessions: int

    def __str__(self) -> str:
        return f"erased: {self.scans} scans, {self.sessions} sessions"


def tick() -> Done:
    """Close the rounds whose instant has come; send what waits; erase what has expired."""
    closing.close_due()  # first: nothing may come between the instant and the closing
    closing.note_bands()
    round_mail.send_waiting()
    retention.erase_people()
    scans = 0
    while erased := erase_expired():
        scans += erased
    access.send_access_mails()
    access.erase_expired()
    throttle.forget_old()
    sessions, _ = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    return Done(scans, sessions)
