"""The mirror: one theme seen by the three roles. From shown figures and words only; what is said: mirror_words."""

from dataclasses import dataclass

from scans.models import Role
from scans.rounds.pictures import plain
from scans.rounds.simulation import GROUP_OF_ROLE
from scans.scoring import Mirror, largest_first, mirror_of
from scans.scoring.mirror import Seen
from scans.scoring.publication import MUNICIPALITY
from scans.scoring.rounding import THIRDS, level_words

from .frozen import Frozen
from .mirror_words import PLURAL, advice_for, awareness_words, gap_words

NOT_SHOWN = "niet getoond"
UNKNOWN, DIFFERENT, EQUAL, ALONE = "onbekend", "verschil", "gelijk", "alleen"
PARTS = (
    (UNKNOWN, "Geregeld, maar niet bekend",
     "Minstens één beleidsmedewerker of manager ziet hier iets dat geregeld is. Veel klantmanagers zeggen “weet ik "
     "niet”. Vraag eerst waar het ligt. Maak het dan bekend."),
    (DIFFERENT, "Hier kijken de rollen anders",
     "Een verschil is geen fout van iemand. Vraag elkaar om een voorbeeld. Het grootste verschil staat bovenaan."),
    (EQUAL, "Hier is geen duidelijk verschil",
     "De cijfers liggen te dicht bij elkaar, of zijn te grof, om een verschil te noemen."),
    (ALONE, "Hier is geen tweede rol te zien",
     "Eén beeld is nog geen spiegel. Vraag de andere rollen in een gesprek hoe zij dit zien."),
)  # fmt: skip


@dataclass(frozen=True)
class RoleView:
    """How one role sees the theme, in words; `low` and `width` for the picture ("" when not shown)."""

    role: str
    name: str
    shown: str
    people: str
    low: str
    width: str
    middle: str


@dataclass(frozen=True)
class MirrorLine:
    theme: str
    title: str
    views: tuple[RoleView, ...]
    gap: str
    awareness: str
    advice: str
    label: str
    kind: str

    @property
    def is_drawn(self) -> bool:
        """Whether any role has a place on the line."""
        return any(view.middle for view in self.views)

    @property
    def unaware(self) -> bool:
        """Whether a third or more say "weet ik niet" of what others see as arranged."""
        return self.kind == UNKNOWN

    @property
    def talk(self) -> str:
        """What to say first: that many do not know, else a certain gap, else nothing."""
        return {UNKNOWN: self.awareness, DIFFERENT: self.gap}.get(self.kind, "")


@dataclass(frozen=True)
class MirrorPart:
    """Lines that ask for the same kind of talk."""

    id: str
    title: str
    intro: str
    lines: tuple[MirrorLine, ...]

    @property
    def is_different(self) -> bool:
        """Whether the gap of its lines is worth a sentence."""
        return any(line.talk for line in self.lines)


def mirror_lines(frozen: Frozen) -> tuple[MirrorLine, ...]:
    """Every theme, largest gap first."""
    titles = {theme.code: theme.title for theme in frozen.themes}
    mirrors = [
        mirror_of(
            code,
            {role.value: frozen.score(group, code) for role, group in GROUP_OF_ROLE.items()},
            frozen.attributed,
            frozen.dont_know.get((MUNICIPALITY, code)),
        )
        for code in titles
    ]
    return tuple(_line(frozen, one, titles[one.theme]) for one in largest_first(mirrors))


def mirror_parts(lines: tuple[MirrorLine, ...]) -> tuple[MirrorPart, ...]:
    """The lines under the talk they ask for, in their own order. Parts without lines are left out."""
    parts = (
        MirrorPart(kind, title, intro, tuple(line for line in lines if line.kind == kind))
        for kind, title, intro in PARTS
    )
    return tuple(part for part in parts if part.lines)


def kind_of(one: Mirror) -> str:
    if one.awareness and one.awareness.share != THIRDS[0]:
        return UNKNOWN
    if one.gap is None:
        return ALONE
    return DIFFERENT if one.gap.low > 0 else EQUAL


def _line(frozen: Frozen, one: Mirror, title: str) -> MirrorLine:
    views = tuple(_view(frozen, one, role) for role in GROUP_OF_ROLE)
    label = f"{title}. " + "; ".join(f"{view.name}: {view.shown}" for view in views)
    return MirrorLine(
        one.theme, title, views, gap_words(one), awareness_words(one), advice_for(one), label, kind_of(one)
    )  # fmt: skip


def _view(frozen: Frozen, one: Mirror, role: Role) -> RoleView:
    figure = frozen.score(GROUP_OF_ROLE[role], one.theme)
    words = [level.text for level in frozen.attributed if level.role == role and level.theme == one.theme]
    if figure:
        shown, people = f"{figure.text} ({level_words(figure)})", figure.people
    else:
        shown, people = ", ".join(words) or NOT_SHOWN, ""
    seen = next((seen for seen in one.seen if seen.role == role), None)
    if seen is None:
        return RoleView(role.value, PLURAL[role], shown, people, "", "", "")
    return RoleView(role.value, PLURAL[role], shown, people, *_picture(seen))


def _picture(seen: Seen) -> tuple[str, str, str]:
    """Where the line begins, how long it is and where its mark stands, four units a point."""
    return plain(4 * seen.low), plain(4 * (seen.high - seen.low)), plain(2 * (seen.low + seen.high))
