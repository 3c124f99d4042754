"""The mirror: one theme seen by the three roles. Computed from shown figures, classes and attributed words only."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from .groups import CLIENT_MANAGER
from .levels import LEVEL_NAMES
from .publication import Attributed, Suppressed
from .rounding import THIRDS, Shown, points

ARRANGED_LEVEL = 3  # from here on a theme "is arranged" in the eyes of policy or management
NAMED_FROM = 5  # points: a smaller certain difference is not worth a meeting
NO_GAP, GAP = "geen duidelijk verschil", "minstens {0} punten verschil"


@dataclass(frozen=True)
class Seen:
    """How one role sees a theme: bounds in points, from a shown figure or from attributed levels (`by_words`)."""

    role: str
    low: Fraction
    high: Fraction
    by_words: bool = False


@dataclass(frozen=True)
class Gap:
    """The difference between the two roles furthest apart: at least `low`, at most `high` points.

    `low` is 0 when the certain difference is too small to name (below NAMED_FROM).
    """

    low: Fraction
    high: Fraction
    lowest_role: str
    highest_role: str
    text: str


@dataclass(frozen=True)
class Awareness:
    """Client managers who do not know what others say is arranged. `share`: one of THIRDS; `arranged_by`: roles."""

    share: str
    arranged_by: tuple[str, ...]


@dataclass(frozen=True)
class Mirror:
    """One theme: the roles that can be seen, the largest certain gap between two, and the awareness gap."""

    theme: str
    seen: tuple[Seen, ...]
    gap: Gap | None
    awareness: Awareness | None


def seen_by_words(role: str, levels: Sequence[Attributed]) -> Seen | None:
    """Attributed levels as bounds: from the lowest level named to the end of the highest. Never a mean."""
    if not levels:
        return None
    first, last = min(one.level for one in levels), max(one.level for one in levels)
    end = LEVEL_NAMES[last + 1].begins if last + 1 < len(LEVEL_NAMES) else Fraction(100)
    return Seen(role, LEVEL_NAMES[first].begins, end, by_words=True)


def gap_of(seen: Sequence[Seen]) -> Gap | None:
    """Between the two roles that certainly lie furthest apart. None with fewer than two roles."""
    pairs = [(high.low - low.high, low, high) for low in seen for high in seen if low is not high]
    if not pairs:
        return None
    certain, low, high = max(pairs, key=lambda pair: (pair[0], pair[2].high - pair[1].low))
    clear = certain >= NAMED_FROM
    text = GAP.format(points(certain)) if clear else NO_GAP
    return Gap(certain if clear else Fraction(0), high.high - low.low, low.role, high.role, text)


def mirror_of(
    theme: str,
    shown: Mapping[str, Shown | Suppressed | None],
    words: Iterable[Attributed],
    dont_know: Shown | Suppressed | None,
) -> Mirror:
    """`shown`: role → its figure (client managers: the municipal one); `words`: attributed levels of this theme."""
    words = [one for one in words if one.theme == theme]
    seen = []
    for role, figure in shown.items():
        if isinstance(figure, Shown):
            seen.append(Seen(role, figure.low, figure.high))
        elif by_words := seen_by_words(role, [one for one in words if one.role == role]):
            seen.append(by_words)
    begins = LEVEL_NAMES[ARRANGED_LEVEL].begins
    arranged = tuple(one.role for one in seen if one.role != CLIENT_MANAGER and one.low >= begins)
    # A role that named several levels has arranged it as soon as one of its people says so.
    arranged += tuple(
        dict.fromkeys(one.role for one in words if one.level >= ARRANGED_LEVEL and one.role not in arranged)
    )
    awareness = Awareness(dont_know.text, arranged) if arranged and isinstance(dont_know, Shown) else None
    return Mirror(theme, tuple(seen), gap_of(seen), awareness)


def largest_first(mirrors: Iterable[Mirror]) -> tuple[Mirror, ...]:
    """Awareness gaps first (the largest share), then the largest certain gap; then the order given."""

    def weight(one: Mirror) -> tuple[int, Fraction]:
        unaware = THIRDS.index(one.awareness.share) if one.awareness else -1
        return (max(unaware, 0), one.gap.low if one.gap else Fraction(-1))

    return tuple(sorted(mirrors, key=weight, reverse=True))
