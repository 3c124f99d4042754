"""Closing: once, at the set instant, in one transaction that freezes the result and deletes the counters."""

import hashlib
import json
import logging
from collections import Counter
from datetime import datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F

from scans.clock import database_instant, local_day
from scans.models import (
    Attribution,
    InvitationSecret,
    MeasurementRound,
    OutgoingMail,
    Role,
    RoundDraft,
    RoundResult,
    Tally,
)
from scans.scoring import (
    Group,
    Grouping,
    Remembered,
    RememberedRound,
    ScoredQuestion,
    Shown,
    attributed,
    people_band,
    publish,
)
from scans.selectors.content import questionnaire_content

from .counting import as_tally

_log = logging.getLogger(__name__)


def close_due(*, at: datetime | None = None) -> int:
    """Close every round whose instant has come. Returns how many this call closed."""
    due = MeasurementRound.objects.due(at or database_instant()).values_list("pk", flat=True)
    return sum(_close_one(pk, at) for pk in list(due))


def _close_one(round_id: int, at: datetime | None) -> bool:
    """One round that cannot be closed must not keep the others open."""
    try:
        return close_round(round_id, at=at)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        _log.exception("a round could not be closed; nothing of it has changed")
        return False


@transaction.atomic
def close_round(round_id: int, *, at: datetime | None = None) -> bool:
    """Close it if it is open and its instant has come; False otherwise. Nobody can close early.

    The row lock waits for everybody who is sending; the database's clock is read after it.
    """
    _lock(round_id)
    closing = MeasurementRound.objects.filter(pk=round_id).select_related("municipality").first()
    if closing is None or closing.state != MeasurementRound.State.OPEN:
        return False
    if closing.closes_at > (at or database_instant()):
        return False
    freeze(closing)
    groups = closing.groups.all()
    Tally.objects.filter(group__in=groups).delete()
    Attribution.objects.filter(measurement_round=closing).delete()
    RoundDraft.objects.filter(invitation__measurement_round=closing).delete()
    InvitationSecret.objects.filter(invitation__measurement_round=closing).delete()
    OutgoingMail.objects.filter(
        invitation__measurement_round=closing, status=OutgoingMail.Status.WAITING
    ).delete()  # fmt: skip
    # Who answered is no longer needed by anybody, nor where a corrected invitation was counted.
    closing.invitations.update(used=False, group=None, counts_as=F("role"))
    closing.state = MeasurementRound.State.CLOSED
    closing.save(update_fields=["state"])
    return True


def _lock(round_id: int) -> None:
    lock = " FOR UPDATE" if connection.vendor == "postgresql" else ""  # SQLite has one writer at a time
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM scans_measurementround WHERE id = %s{lock}", [round_id])


def freeze(closing: MeasurementRound) -> RoundResult:
    """Make the published figures and write them down, with their hash."""
    themes = themes_of(closing)
    stored = {
        tally.group_id: as_tally(tally.counters) for tally in Tally.objects.filter(group__in=closing.groups.all())
    }
    for group_id in sunk_groups(closing):
        stored[group_id] = {}
    groups = sorted(closing.groups.all(), key=lambda group: group.key)
    counted = [(_pure(group), stored[group.pk]) for group in groups]
    publication = publish(counted, themes, closing.minimum, _earlier(closing))
    content = {
        "municipality": closing.municipality.name,  # as it is called now: a later name changes no document
        "policy": closing.policy_version,
        "k": closing.minimum,
        "opened_on": closing.opened_on.isoformat(),
        # The last day that counted: the round closed at 00:00 of the next.
        "last_day": (local_day(closing.closes_at) - timedelta(days=1)).isoformat(),
        "questionnaires": _versions(closing),
        "groups": [
            {"id": group.key, "kind": group.kind, "role": group.role, "teams": group.teams,
             "invited": people_band(group.invited)}
            for group in groups
        ],
        # For the municipal figure: over all groups of client managers together.
        "client_managers_invited": people_band(sum(g.invited for g in groups if g.role == Role.CLIENT_MANAGER)),
        "figures": [_figure(one) for one in publication.figures if isinstance(one.shown, Shown)],
        "suppressed": [
            {"group": one.group, "theme": one.theme, "kind": one.kind, "reason": one.shown.reason}
            for one in publication.figures
            if not isinstance(one.shown, Shown)
        ],
        "attributed": _attributed(closing),
    }  # fmt: skip
    text = canonical(content)
    return RoundResult.objects.create(
        measurement_round=closing,
        content=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        policy_version=closing.policy_version,
        questionnaires=content["questionnaires"],
        remembered=canonical([_remembered(one) for one in publication.remembered.figures]),
    )


def sunk_groups(closing: MeasurementRound) -> set[int]:
    """Groups that have fewer than k people left, seen as the coordinator sees it: who was withdrawn or moved away is
    gone. A figure of such a group would tell that somebody who was withdrawn had answered. Reads no answer.
    """
    groups = list(closing.groups.all())
    left = Counter()
    for one in closing.invitations.filter(withdrawn=False).select_related("team"):
        left[next((group.pk for group in groups if group.takes(one.role, one.team.public_id)), None)] += 1
    return {group.pk for group in groups if left[group.pk] < closing.minimum}


def themes_of(measurement_round: MeasurementRound) -> dict[str, dict[str, list[ScoredQuestion]]]:
    """role → theme code → its questions, from the pinned questionnaires."""
    contents = [questionnaire_content(one.pk) for one in measurement_round.questionnaires.all()]
    return {
        content.role: {
            theme.code: [ScoredQuestion(question.code, question.weight) for question in theme.questions]
            for theme in content.themes
        }
        for content in contents
    }


def _pure(group) -> Group:
    teams = tuple(public_id for public_id, _ in group.teams)
    return Group(group.kind, group.role, teams, frozenset())  # nobody's name is needed to publish


def _earlier(closing: MeasurementRound) -> list[RememberedRound]:
    results = RoundResult.objects.filter(measurement_round__municipality=closing.municipality_id)
    results = results.exclude(measurement_round=closing).order_by("measurement_round__opened_on")
    return [
        RememberedRound(
            tuple(as_remembered(one) for one in json.loads(result.remembered)),
            frozenset(team for group in json.loads(result.content)["groups"] for team, _ in group["teams"]),
        )
        for result in results
    ]


def _versions(closing: MeasurementRound) -> list[list[str]]:
    return sorted([one.role, one.version] for one in closing.questionnaires.all())


def _figure(figure) -> dict:
    shown = figure.shown
    return {
        "group": figure.group, "theme": figure.theme, "question": figure.question, "kind": figure.kind,
        "shown": shown.text, "low": str(shown.low), "high": str(shown.high), "people": shown.people,
    }  # fmt: skip


# A page over twenty rounds reads tens of thousands of bounds, and they are a few hundred different ones.
_exact = lru_cache(maxsize=1000)(Fraction)


def as_shown(figure: dict) -> Shown:
    """A frozen figure as the policy knows it: bounds are exact fractions ("35/2")."""
    return Shown(figure["shown"], _exact(figure["low"]), _exact(figure["high"]), figure["people"])


def _attributed(closing: MeasurementRound) -> list[dict]:
    grouping = Grouping((), (), tuple(closing.by_consent))
    found = []
    for role in closing.by_consent:
        rows = Attribution.objects.filter(measurement_round=closing, role=role).values_list("theme__code", "level")
        found += attributed(grouping, role, [{theme: level} for theme, level in rows])
    return [{"role": one.role, "theme": one.theme, "level": one.level, "text": one.text} for one in found]


def _remembered(one: Remembered) -> dict:
    kind, role, teams = one.definition
    return {"kind": kind, "role": role, "teams": list(teams), "theme": one.theme, "people": one.people,
            "low": str(one.low), "high": str(one.high)}  # fmt: skip


def as_remembered(one: dict) -> Remembered:
    definition = (one["kind"], one["role"], tuple(one["teams"]))
    return Remembered(definition, one["theme"], one["people"], Fraction(one["low"]), Fraction(one["high"]))


def canonical(value) -> str:
    """JSON in the one form of which the hash is taken."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


# --- the response band -------------------------------------------------------------------------------------

HERE = ZoneInfo(settings.TIME_ZONE)
FIRST_HOUR = 1  # a later look would tell something about the day that is going on


def note_bands(*, at: datetime | None = None) -> int:
    """Once a day, in the first hour, write down in which band the response of each open round lies.

    Who is too late for a day waits for the next midnight, and the page goes on naming the day of the band it shows.
    """
    now = at or database_instant()
    today = local_day(now)
    if now.astimezone(HERE).hour >= FIRST_HOUR:
        return 0
    rounds = MeasurementRound.objects.open().filter(band_on__lt=today)
    for measurement_round in rounds:
        standing = measurement_round.invitations.filter(withdrawn=False).count()
        if standing < measurement_round.minimum:
            continue  # who withdrew all but one person would read in the band whether that one answered
        # Never more than there are left: else the band would tell that somebody who was withdrawn had answered.
        band = people_band(min(standing, measurement_round.invitations.filter(used=True).count()))
        MeasurementRound.objects.filter(pk=measurement_round.pk, band_on__lt=today).update(band=band, band_on=today)
    return len(rounds)
