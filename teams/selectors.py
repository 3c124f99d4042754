"""What the pages for staff show, as frozen dataclasses."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db.models import Count, Exists, OuterRef

from teams.models import AccountInvitation, Municipality, User


@dataclass(frozen=True)
class TeamLine:
    public_id: str
    name: str
    people: int


@dataclass(frozen=True)
class ColleagueLine:
    public_id: str
    name: str
    email: str
    rights: str
    is_active: bool
    has_second_factor: bool


@dataclass(frozen=True)
class MunicipalityPage:
    """What a member of staff sees first. Lists that only a coordinator may see are empty for a manager."""

    name: str
    teams: tuple[TeamLine, ...]
    people: int
    coordinators: tuple[str, ...]


def municipality_page(municipality: Municipality) -> MunicipalityPage:
    """Two queries, however many teams."""
    coordinators = User.objects.filter(municipality=municipality, is_coordinator=True, is_active=True)
    teams = team_lines(municipality)
    return MunicipalityPage(
        name=municipality.name,
        teams=teams,
        people=sum(team.people for team in teams),
        coordinators=tuple(str(user) for user in coordinators.order_by("name", "email")),
    )


def team_lines(municipality: Municipality) -> tuple[TeamLine, ...]:
    teams = municipality.teams.annotate(size=Count("people")).order_by("name")
    return tuple(TeamLine(team.public_id, team.name, team.size) for team in teams)


def colleague_lines(municipality: Municipality) -> tuple[ColleagueLine, ...]:
    """One query. An account that logs in through the own organisation has its second factor there."""
    totp = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
    social = SocialAccount.objects.filter(user=OuterRef("pk"))
    users = municipality.users.annotate(secured=Exists(totp) | Exists(social)).order_by("name", "email")
    return tuple(
        ColleagueLine(user.public_id, str(user), user.email, rights_text(user), user.is_active, user.secured)
        for user in users
    )


def waiting_invitations(municipality: Municipality) -> tuple[AccountInvitation, ...]:
    return tuple(AccountInvitation.objects.alive().filter(municipality=municipality).order_by("name", "email"))


def rights_text(who: User | AccountInvitation) -> str:
    rights = [name for may, name in ((who.is_coordinator, "coördinator"), (who.is_manager, "leidinggevende")) if may]
    return " en ".join(rights) or "geen rechten"
