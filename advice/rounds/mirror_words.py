"""What is said of a gap between the roles, and the advice that fits it. Page, PDF and workbook take it from here."""

from scans.models import Role
from scans.scoring import Mirror
from scans.scoring.levels import LEVEL_NAMES
from scans.scoring.mirror import ARRANGED_LEVEL
from scans.scoring.rounding import THIRDS

AGREED_LEVEL = 2  # from here on there is something to make known
PLURAL = {
    Role.CLIENT_MANAGER: "klantmanagers",
    Role.POLICY_OFFICER: "beleidsmedewerkers",
    Role.MANAGER: "managers",
}
ONE_OF = {Role.POLICY_OFFICER: "minstens één beleidsmedewerker", Role.MANAGER: "minstens één manager"}
MAKE_KNOWN = (
    "Maak bekend wat er is, voordat je iets nieuws schrijft. Zet het op tafel in een teamoverleg. "
    "Ligt er toch niets? Maak dan samen een afspraak."
)
LOOK_TOGETHER = (
    "Niet iedereen ziet hier hetzelfde. Kijk samen wat er is, en maak het bekend. Schrijf daarna pas iets nieuws. "
    "Ligt er toch niets? Maak dan samen een afspraak."
)


def gap_words(one: Mirror) -> str:
    if one.gap is None:
        return ""
    if one.gap.low > 0:
        highest, lowest = (_who(one, role) for role in (one.gap.highest_role, one.gap.lowest_role))
        comma = "" if highest in PLURAL.values() else ","
        return f"{highest.capitalize()}{comma} zien dit hoger dan {lowest}: {one.gap.text}."
    return f"{one.gap.text.capitalize()} tussen de rollen die te zien zijn."


def _who(one: Mirror, role: str) -> str:
    """A role that is not shown as a figure does not speak as a whole: only who chose to show the own levels."""
    by_words = any(seen.role == role and seen.by_words for seen in one.seen)
    return f"{PLURAL[role]} die hun niveau laten zien" if by_words else PLURAL[role]


def sees_arranged(one: Mirror, role: str) -> bool:
    """Whether all that is shown of this role says that it is arranged, and not one of its people only."""
    return any(seen.role == role and seen.low >= LEVEL_NAMES[ARRANGED_LEVEL].begins for seen in one.seen)


def awareness_words(one: Mirror) -> str:
    if one.awareness is None:
        return ""
    figures = {seen.role for seen in one.seen if not seen.by_words}
    who = " en ".join((PLURAL if role in figures else ONE_OF)[role] for role in one.awareness.arranged_by)
    return f"Volgens {who} is dit geregeld. Van de klantmanagers zegt {one.awareness.share} “weet ik niet”."


def advice_for(one: Mirror) -> str:
    """One piece of advice that fits this gap: making known what is there comes before writing something new."""
    arranged = LEVEL_NAMES[ARRANGED_LEVEL].begins
    if one.awareness and one.awareness.share != THIRDS[0]:
        return MAKE_KNOWN if any(sees_arranged(one, role) for role in one.awareness.arranged_by) else LOOK_TOGETHER
    if one.gap is None:
        return ""
    if one.gap.low > 0:
        highest = next(seen for seen in one.seen if seen.role == one.gap.highest_role)
        if one.gap.lowest_role == Role.CLIENT_MANAGER:
            if highest.low >= LEVEL_NAMES[AGREED_LEVEL].begins:
                return MAKE_KNOWN
            return "Vraag klantmanagers wat zij in hun werk tegenkomen. Pas daarna de afspraak aan, samen met hen."
        if one.gap.highest_role == Role.CLIENT_MANAGER:
            return (
                "In de uitvoering gebeurt meer dan de anderen zien. Laat klantmanagers het voordoen. "
                "Leg daarna vast wat werkt, zodat het blijft als iemand weggaat."
            )
        return "Leg de twee beelden naast elkaar. Vraag allebei om één voorbeeld van de afgelopen maand."
    if all(seen.high <= arranged for seen in one.seen):
        return (
            "Alle rollen die te zien zijn, zien hier ruimte. Kijk eerst of er al iets ligt. "
            "Maak anders samen een afspraak."
        )
    if all(seen.low >= arranged for seen in one.seen):
        return (
            "Alle rollen die te zien zijn, zien hier een vaste werkwijze. "
            "Spreek af wanneer jullie er weer naar kijken."
        )
    return ""
