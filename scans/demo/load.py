"""The demo: where it may be made, and making it, all or nothing."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from scans import services
from scans.rounds import mail, setup
from teams.models import Municipality

from .life import live
from .municipalities import MUNICIPALITIES


class DemoRefused(Exception):
    """The demo is for development only."""


class DemoLeftOut(Exception):
    """There is nothing to do, or it would not fit here; the message says why."""


@dataclass(frozen=True)
class Loaded:
    """How much was made."""

    municipalities: int
    teams: int
    rounds: int
    scans: int


def load_demo() -> Loaded:
    """Make the demo, all or nothing. Raises DemoRefused in production, and DemoLeftOut for a second time."""
    _check_place()
    with transaction.atomic():
        sent = sum(live(one) for one in MUNICIPALITIES)
        _forget_old()
    with transaction.atomic():  # one commit for all: a mail of the demo reaches nobody
        while mail.send_waiting():
            pass
    return Loaded(
        municipalities=len(MUNICIPALITIES),
        teams=sum(len(one.teams) for one in MUNICIPALITIES),
        rounds=sum(len(one.opened) for one in MUNICIPALITIES),
        scans=sent,
    )


def _check_place() -> None:
    if settings.PRODUCTION:
        raise DemoRefused("The demo is for development. Nothing was written.")
    if Municipality.objects.filter(name__in=[one.name for one in MUNICIPALITIES]).exists():
        raise DemoLeftOut("the demo is there already")
    if Municipality.objects.exists():  # its accounts have a known password: never beside those of a real one
        raise DemoLeftOut("no demo: this database has municipalities of its own")
    if not all(setup.may_mail(f"demo@{one.domain}") for one in MUNICIPALITIES):
        raise DemoLeftOut("no demo: QUICKSCAN_ROUND_MAIL_DOMAINS leaves out its addresses")


def _forget_old() -> None:
    """The scans of long ago go as they would have gone."""
    while services.erase_expired():
        pass
