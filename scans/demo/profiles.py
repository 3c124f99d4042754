"""How the made-up teams work, as data: levels from 0 to 4 that the answers of their people lie around."""

from scans.models import Role

THEMES = (
    "visie", "uitstroom-caseload", "doelgroepenbeleid", "zicht-en-cijfers", "uitnodigen-bejegenen",
    "diagnose-toewijzing", "passende-begeleiding", "protocol-discriminatie", "werkgevers-werkvloer",
    "discriminatie-bespreken", "intervisie-vakmanschap", "personeel-leiderschap",
)  # fmt: skip


def _by_theme(*levels: float) -> dict[str, float]:
    return dict(zip(THEMES, levels, strict=True))


# What the three roles say on the average, per municipality. In Veldwijk policy and management say that there is a
# protocol, while client managers do not know it: the mirror must find that.
LEVELS = {
    ("Veldwijk", Role.CLIENT_MANAGER): _by_theme(1.4, 1.9, 2.1, 1.5, 2.7, 2.6, 2.2, 1.2, 1.8, 1.6, 2.2, 1.9),
    ("Veldwijk", Role.POLICY_OFFICER): _by_theme(2.6, 1.7, 2.4, 1.9, 2.5, 2.2, 2.1, 3.5, 1.7, 2.0, 1.9, 1.6),
    ("Veldwijk", Role.MANAGER): _by_theme(2.3, 2.4, 2.5, 1.6, 3.0, 2.5, 2.4, 3.4, 2.0, 2.4, 2.9, 2.5),
    ("Lindermeer", Role.CLIENT_MANAGER): _by_theme(1.1, 1.5, 1.6, 1.2, 2.4, 2.0, 1.8, 0.9, 1.5, 1.1, 1.4, 1.6),
    ("Lindermeer", Role.POLICY_OFFICER): _by_theme(2.2, 1.4, 2.0, 1.3, 2.6, 1.8, 1.9, 2.9, 1.4, 1.5, 1.2, 1.3),
    ("Lindermeer", Role.MANAGER): _by_theme(1.9, 2.0, 2.1, 1.5, 2.8, 2.1, 2.2, 2.6, 1.9, 1.8, 2.3, 2.1),
}
GROWTH = 0.08  # levels per round, where nobody does anything special

# How far a team lies above or below its municipality.
TEAM_LEAN = {
    "Noord": -0.45,
    "Jongeren": 0.35,
    "Oost": -0.15,
    "Statushouders": 0.6,
    "Werkgevers": -0.3,
    "Inkomen": -0.3,
}

# The team of twelve. After the first round it made agreements about employers who discriminate and practised the
# talk; after the second it set a fixed hour for intervision. Meanwhile the caseload grew.
DEVELOPMENT = {
    ("Veldwijk", "Zuid"): {
        "visie": (1.3, 1.5, 1.8, 1.8),
        "uitstroom-caseload": (2.15, 2.1, 1.8, 1.8),
        "doelgroepenbeleid": (2.0, 2.1, 2.2, 2.2),
        "zicht-en-cijfers": (1.2, 1.2, 1.3, 1.3),
        "uitnodigen-bejegenen": (2.7, 2.7, 2.8, 2.8),
        "diagnose-toewijzing": (2.3, 2.4, 2.4, 2.4),
        "passende-begeleiding": (1.9, 2.0, 2.1, 2.1),
        "protocol-discriminatie": (0.8, 2.0, 2.8, 2.8),
        "werkgevers-werkvloer": (1.3, 2.0, 2.5, 2.5),
        "discriminatie-bespreken": (1.2, 1.9, 2.5, 2.5),
        "intervisie-vakmanschap": (1.8, 1.9, 2.8, 2.8),
        "personeel-leiderschap": (1.8, 1.9, 2.1, 2.2),
    }
}

# The chance that a client manager says "weet ik niet" where the question offers it.
UNAWARE = {"protocol-discriminatie": 0.9, "personeel-leiderschap": 0.45, "visie": 0.3, "doelgroepenbeleid": 0.12}
UNAWARE_HERE = {("Veldwijk", "Zuid"): {"protocol-discriminatie": (0.7, 0.1, 0.0, 0.0)}}
