"""What may be said of a round that still runs: until when. From its closing date alone, whatever was answered."""

from dataclasses import dataclass
from datetime import date

from scans.clock import local_day
from scans.models import MeasurementRound
from scans.rounds.selectors import last_day_of


@dataclass(frozen=True)
class Running:
    """`results_from`: the day that begins with closing."""

    public_id: str
    last_day: date
    results_from: date


def running_round(municipality) -> Running | None:
    """The open round of this municipality; it has one at most."""
    found = MeasurementRound.objects.open().filter(municipality=municipality).only("public_id", "closes_at").first()
    return found and Running(found.public_id, last_day_of(found), local_day(found.closes_at))
