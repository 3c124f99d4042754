"""One group over the closed rounds. A change is only called a change when the policy does (rule 8)."""

from dataclasses import dataclass
from datetime import date

from scans.rounds.pictures import plain
from scans.scoring import compare
from scans.scoring.rounding import level_words
from scans.scoring.trend import HIGHER, LOWER, NOT_SHOWN, OTHER_GROUP, OTHER_QUESTIONS, SAME

from .frozen import Frozen, FrozenGroup

CHANGE_WORDS = {
    HIGHER: "Hoger dan in de ronde ervoor.",
    LOWER: "Lager dan in de ronde ervoor.",
    SAME: "Geen duidelijk verschil met de ronde ervoor.",
    OTHER_GROUP: "De groep is veranderd. Daarom vergelijken we niet.",
    OTHER_QUESTIONS: "De vragen zijn veranderd. Daarom vergelijken we niet.",
    NOT_SHOWN: "Minstens één van de twee cijfers is niet te zien. Daarom vergelijken we niet.",
}
OVERALL_WORDS = {HIGHER: "Sinds {0}: hoger.", LOWER: "Sinds {0}: lager."}
STEP, HEIGHT = 60, 100  # of the small picture
IN_PICTURE = 6  # the last rounds; the table holds all of them
MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


@dataclass(frozen=True)
class Point:
    """One theme in one round. `x`, `y`, `height`: for the picture; "" when nothing is shown."""

    last_day: date
    shown: str
    people: str
    level: str
    reason: str
    change: str
    x: str
    y: str
    height: str

    @property
    def month(self) -> str:
        return f"{MONTHS[self.last_day.month - 1]} ’{self.last_day:%y}"


@dataclass(frozen=True)
class ThemeTrend:
    """`latest`: beside the round before; `overall`: beside the first one, where that says more ("" otherwise)."""

    title: str
    points: tuple[Point, ...]
    label: str
    latest: str
    overall: str

    @property
    def recent(self) -> tuple[Point, ...]:
        return self.points[-IN_PICTURE:]


@dataclass(frozen=True)
class TrendPage:
    """`width`: of every picture, so that all have the same scale. `versions`: what was asked in each round."""

    group: FrozenGroup
    rounds: tuple[tuple[date, str], ...]
    themes: tuple[ThemeTrend, ...]
    width: int
    in_picture: int = IN_PICTURE


def trend_page(rounds: tuple[Frozen, ...], group: FrozenGroup) -> TrendPage:
    """`rounds`: oldest first; the last one is the round that `group` belongs to."""
    role, now = group.role, rounds[-1]
    versions = tuple((one.last_day, dict(one.versions).get(role, "")) for one in rounds)
    themes = tuple(_theme(rounds, group, theme) for theme in now.contents[role].themes)
    return TrendPage(group, versions, themes, STEP * len(rounds))


def _theme(rounds, group, theme) -> ThemeTrend:
    points, before, first = [], None, None
    for number, one in enumerate(rounds):
        same = same_group_in(one, rounds[-1], group)
        shown = one.score(same.key, theme.code) if same else None
        change = ""
        if before:
            change = CHANGE_WORDS[_change(before, (one, same, shown), group.role, theme.code)]
        reason = "" if shown else one.reason(same.key, theme.code) if same else "Deze groep was er toen niet."
        points.append(_point(number, one, shown, reason, change))
        before = (one, same, shown)
        first = first or before
    label = f"{theme.title}. " + "; ".join(
        f"ronde tot en met {point.last_day:%d-%m-%Y}: {point.shown or 'niet te zien'}" for point in points
    )
    overall = ""
    if len(rounds) > 2:
        words = OVERALL_WORDS.get(_change(first, before, group.role, theme.code), "")
        overall = words.format(points[0].month)
    return ThemeTrend(theme.title, tuple(points), label, points[-1].change, overall)


def same_group_in(one: Frozen, now: Frozen, group: FrozenGroup) -> FrozenGroup | None:
    """The group of this round that has the same definition, so may be compared at all."""
    wanted = now.definition(group)
    return next((other for other in (one.municipal, *one.groups) if one.definition(other) == wanted), None)


def _change(before, after, role: str, theme: str) -> str:
    (earlier, group_then, then), (later, group_now, now) = before, after
    same_group = bool(group_then and group_now) and same_people(earlier, group_then, later, group_now, theme)
    themes = (theme,) if comparable(earlier, later, role, theme) else ()
    return compare(theme, then, now, same_group=same_group, comparable=themes).change


def same_people(earlier: Frozen, then: FrozenGroup, later: Frozen, now: FrozenGroup, theme: str) -> bool:
    """Whether both figures are about the same groups: the municipality's only when the same teams are shown."""
    return earlier.behind(then, theme) == later.behind(now, theme)


def comparable(earlier: Frozen, later: Frozen, role: str, theme: str) -> bool:
    """Whether the theme asked word for word the same in both rounds; anything else we do not compare."""
    if dict(earlier.versions).get(role) == dict(later.versions).get(role):
        return True
    return _asked(earlier, role, theme) == _asked(later, role, theme)


def _asked(one: Frozen, role: str, theme: str) -> list[tuple] | None:
    content = one.contents.get(role)
    found = next((row for row in content.themes if row.code == theme), None) if content else None
    return found and [(q.code, q.text, q.weight, q.options) for q in found.questions]


def _point(number: int, one: Frozen, shown, reason: str, change: str) -> Point:
    if shown is None:
        return Point(one.last_day, "", "", "", reason, change, plain(STEP * number), "", "")
    return Point(
        one.last_day, shown.text, shown.people, level_words(shown), "", change, plain(STEP * number),
        plain(HEIGHT - shown.high), plain(shown.high - shown.low),
    )  # fmt: skip
