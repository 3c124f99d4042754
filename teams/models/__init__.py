"""Who: municipalities, teams, the people who are invited, and the staff who log in."""

from .accounts import User, UserManager
from .links import AccountInvitation, FailedTries, PasswordLink, PasswordRequest
from .municipality import Municipality, Person, PersonRole, Team
from .scope import OwnMunicipality, new_public_id

__all__ = [
    "AccountInvitation",
    "FailedTries",
    "Municipality",
    "OwnMunicipality",
    "PasswordLink",
    "PasswordRequest",
    "Person",
    "PersonRole",
    "Team",
    "User",
    "UserManager",
    "new_public_id",
]
