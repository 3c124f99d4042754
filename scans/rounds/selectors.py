"""What the pages of a round show. Nothing here reads a scan, an answer or a counter, or whether anybody answered."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.paginator import Page, Paginator

from scans.clock import local_day
from scans.models import Group, Invitation, MeasurementRound, OutgoingMail, Role
from scans.scoring.groups import OUTSIDE_WORDS, why_outside
from scans.scoring.rounding import BANDS

from .pictures import Picture, picture_of, theme_titles
from .setup import group_name

PER_PAGE = 100  # addresses
WITHDRAWN = "ingetrokken"
NOT_MAILED = "nog niet gemaild"


@dataclass(frozen=True)
class Before:
    """What an invited person reads before the first question."""

    municipality: str
    name: str
    role: str
    team: str
    last_day: date
    minimum: int
    picture: Picture | None  # None: outside every group
    outside: str  # why, in words
    may_choose: bool  # the unticked choice of rule 5
    themes: tuple[str, ...]
    has_begun: bool
    attribute: bool


@dataclass(frozen=True)
class AddressLine:
    """One invited address. `status`: of the mail, never of the answers."""

    public_id: str
    name: str
    email: str
    role: str
    team: str
    status: str
    asks_correction: bool


@dataclass(frozen=True)
class GroupLine:
    name: str
    people: str


@dataclass(frozen=True)
class RoundPage:
    public_id: str
    state: str
    last_day: date
    minimum: int
    band: str
    band_on: date | None
    groups: tuple[GroupLine, ...]
    versions: tuple[str, ...]  # of the questionnaires
    addresses: tuple[AddressLine, ...]
    page: Page  # of the addresses
    sha256: str


@dataclass(frozen=True)
class RoundLine:
    public_id: str
    state: str
    opened_on: date | None
    last_day: date


def last_day_of(measurement_round: MeasurementRound) -> date:
    """The last day on which answers count: closing is at 00:00 of the next."""
    return local_day(measurement_round.closes_at) - timedelta(days=1)


def round_lines(municipality) -> tuple[RoundLine, ...]:
    return tuple(
        RoundLine(one.public_id, one.get_state_display(), one.opened_on, last_day_of(one))
        for one in municipality.rounds.order_by("-closes_at", "-pk")
    )


def before(invitation: Invitation) -> Before:
    """For an invitation with its round, group and person."""
    measurement_round, group = invitation.measurement_round, invitation.group
    themes = theme_titles()
    draft = getattr(invitation, "draft", None)
    return Before(
        municipality=measurement_round.municipality.name,
        name=invitation.person.name,
        role=Role(invitation.counts_as).label,
        team=invitation.team.name,
        last_day=last_day_of(measurement_round),
        minimum=measurement_round.minimum,
        picture=group and picture_of(_name(group), group.invited, measurement_round.minimum, themes),
        outside="" if group else OUTSIDE_WORDS[why_outside(invitation.counts_as, measurement_round.by_consent)],
        may_choose=group is None and invitation.counts_as in measurement_round.by_consent,
        themes=themes,
        has_begun=draft is not None,
        attribute=bool(draft and draft.attribute),
    )


def _name(group: Group) -> str:
    return group_name(group.kind, group.role, group.teams)


def round_page(measurement_round: MeasurementRound, number: str | None = None) -> RoundPage:
    """As many queries for five people as for 5,000. `number`: which page of the addresses."""
    result = getattr(measurement_round, "result", None)
    groups = measurement_round.groups.order_by("key")
    if result:  # exact numbers are gone; the result holds bands
        lines = tuple(GroupLine(_name(group), "") for group in groups)
    else:
        lines = tuple(GroupLine(_name(group), str(group.invited)) for group in groups)
    page = Paginator(invitations_of(measurement_round), PER_PAGE).get_page(number)
    return RoundPage(
        public_id=measurement_round.public_id,
        state=measurement_round.state,
        last_day=last_day_of(measurement_round),
        minimum=measurement_round.minimum,
        band=band_words(measurement_round.band),
        band_on=measurement_round.band_on,
        groups=lines,
        versions=tuple(sorted({one.version for one in measurement_round.questionnaires.all()})),
        addresses=address_lines(page.object_list),
        page=page,
        sha256=result.sha256 if result else "",
    )


def band_words(band: str) -> str:
    return f"{band} mensen" if band in BANDS else ""


def invitations_of(measurement_round: MeasurementRound):
    """Who asks for a correction comes first, to be found at all; then by name, which tells nothing."""
    found = measurement_round.invitations.select_related("person", "team")
    return found.order_by("-asks_correction", "person__name", "pk")


def address_lines(invitations) -> tuple[AddressLine, ...]:
    """Two queries. The latest mail of each in one of its own: as a subquery it cost seconds for 5,000 addresses."""
    invitations = list(invitations)
    mails = OutgoingMail.objects.filter(invitation__in=invitations).order_by("pk")
    latest = dict(mails.values_list("invitation_id", "status"))
    return tuple(
        AddressLine(
            public_id=one.public_id,
            name=one.person.name,
            email=one.email,
            role=one.get_role_display(),
            team=one.team.name,
            status=WITHDRAWN if one.withdrawn else mail_words(latest.get(one.pk)),
            asks_correction=one.asks_correction,
        )
        for one in invitations
    )


def mail_words(status: str | None) -> str:
    return OutgoingMail.Status(status).label if status else NOT_MAILED
