"""Names that people type or import: tidied, and never something that a spreadsheet would run."""

import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

FORMULA_STARTS = ("=", "+", "-", "@")
_check_email = EmailValidator("Dit is geen geldig e-mailadres.")


def tidy(text: str) -> str:
    """The same characters written one way, single spaces, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def check_plain(text: str) -> None:
    """Raises ValidationError for a text that a spreadsheet would take for a formula, and for invisible characters.

    Refused at the door and not only defused at export: these names go into lists that others open in Excel.
    """
    if text.startswith(FORMULA_STARTS):
        raise ValidationError(
            "Begin niet met =, +, - of @: een rekenblad maakt daar een formule van.", code="formula"
        )
    if any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn") for character in text):
        raise ValidationError("Hier staat een teken dat je niet ziet. Typ de tekst opnieuw.", code="invisible")


def check_email(text: str) -> None:
    """Raises ValidationError when this is no e-mail address that we can write to."""
    check_plain(text)
    if not text.isascii():  # two addresses that look the same must be the same
        raise ValidationError("Dit is geen geldig e-mailadres.", code="invalid")
    _check_email(text)


def check_invited_email(text: str) -> None:
    """Raises ValidationError when one mailbox could be invited as several people: mail for `kim+2@…` goes to Kim."""
    check_email(text)
    if "+" in text.partition("@")[0]:
        raise ValidationError("Gebruik het gewone adres, zonder + en wat erachter staat.", code="tagged")
