"""The accounts of the demo: who they are, and what the banner says of them. Only used in development."""

from dataclasses import dataclass

from django.utils.functional import SimpleLazyObject

from teams.models import User

from .municipalities import MUNICIPALITIES, PASSWORD


@dataclass(frozen=True)
class Entry:
    """A way in: `email` says which account; `kind` is its right, in words."""

    email: str
    name: str
    kind: str
    municipality: str
    is_me: bool


@dataclass(frozen=True)
class Banner:
    """`me`: the demo account that is logged in, or None on the pages before the login."""

    entries: tuple[Entry, ...]
    me: Entry | None
    password: str


EMAILS = frozenset(one.address(account) for one in MUNICIPALITIES for account in one.accounts)


def find_account(email: str) -> User | None:
    """The living account of the demo with this address. Nobody else gets in this way."""
    if email not in EMAILS:
        return None
    names = [one.name for one in MUNICIPALITIES]
    return User.objects.filter(email=email, is_active=True, municipality__name__in=names).first()


def is_loaded() -> bool:
    return User.objects.filter(email__in=EMAILS, is_active=True).exists()


def banner(request) -> Banner | None:
    """For an account of the demo, and before the login when the demo is loaded. Colleagues of others see none."""
    user = request.user
    if user.is_authenticated and user.email not in EMAILS:
        return None
    if not user.is_authenticated and not is_loaded():
        return None
    mine = user.email if user.is_authenticated else ""
    entries = tuple(
        Entry(email, account.name, account.kind, one.name, email == mine)
        for one in MUNICIPALITIES
        for account in one.accounts
        for email in [one.address(account)]
    )
    return Banner(entries, next((entry for entry in entries if entry.is_me), None), PASSWORD)


def demo(request) -> dict:
    """Context processor. Costs nothing on a page that does not ask for it."""
    return {"demo": SimpleLazyObject(lambda: banner(request)), "demo_is_loaded": is_loaded}
