"""What a manager gets of a group, shown beforehand: made-up figures through the real table of classes and mirror."""

from dataclasses import dataclass
from fractions import Fraction

from scans.models import Theme
from scans.scoring import Shown, mirror_of, people_band
from scans.scoring.groups import CLIENT_MANAGER, MANAGER, POLICY_OFFICER
from scans.scoring.publication import MIN_PEOPLE_FOR_MORE, REASON_WORDS, TOO_FEW
from scans.scoring.rounding import cells_for, level_words, round_mean

from .setup import Plan

THEMES = 3  # of the twelve; enough to see how it looks
SIDE_BY_SIDE = {
    CLIENT_MANAGER: ("Klantmanagers, alle teams samen", round_mean(Fraction(40), 8)),
    POLICY_OFFICER: ("Beleidsmedewerkers", round_mean(Fraction(70), 5)),
    MANAGER: ("Managers", None),  # a role that is not shown
}


@dataclass(frozen=True)
class Bar:
    """A shown figure as a picture in points: certain up to `low`, somewhere in `width` after that."""

    label: str
    low: str
    width: str


@dataclass(frozen=True)
class PictureRow:
    """One theme. Suppressed: `bar` is None and `shown` says why."""

    title: str
    shown: str
    level: str
    bar: Bar | None
    people: str = ""


@dataclass(frozen=True)
class MirrorPicture:
    """One theme as three roles see it, and how the mirror names the gap."""

    title: str
    rows: tuple[PictureRow, ...]
    gap: str


@dataclass(frozen=True)
class Picture:
    name: str
    invited: int
    people: str
    minimum: int
    rows: tuple[PictureRow, ...]
    classes: tuple[str, ...]
    with_questions: bool
    mirror: MirrorPicture


def plain(value: Fraction) -> str:
    """For SVG: a number with a point."""
    return f"{float(value):g}"


def bar_of(title: str, shown: Shown) -> Bar:
    return Bar(f"{title}: {shown.text}, {level_words(shown)}", plain(shown.low), plain(shown.high - shown.low))


def picture_of(name: str, invited: int, minimum: int, themes: tuple[str, ...]) -> Picture:
    """Made-up figures in the classes that this number of people gets at most; the last theme suppressed."""
    cells = cells_for(invited)
    people = people_band(invited)
    made_up = [Shown(one.text, one.low, one.high, people) for one in (cells[len(cells) // 2], cells[-1])]
    rows = [_row(theme, one) for theme, one in zip(themes, made_up, strict=False)]
    rows += [PictureRow(theme, REASON_WORDS[TOO_FEW], "", None) for theme in themes[len(made_up) :]]
    classes = tuple(one.text for one in cells)
    with_questions = invited >= MIN_PEOPLE_FOR_MORE
    return Picture(name, invited, people, minimum, tuple(rows), classes, with_questions, mirror_picture(themes[0]))


def mirror_picture(theme: str) -> MirrorPicture:
    rows = [
        _row(title, shown) if shown else PictureRow(title, "", "", None) for title, shown in SIDE_BY_SIDE.values()
    ]
    figures = {role: shown for role, (_, shown) in SIDE_BY_SIDE.items()}
    return MirrorPicture(theme, tuple(rows), mirror_of(theme, figures, [], None).gap.text)


def _row(title: str, shown: Shown) -> PictureRow:
    return PictureRow(title, shown.text, level_words(shown), bar_of(title, shown), shown.people)


def theme_titles() -> tuple[str, ...]:
    return tuple(Theme.objects.order_by("position").values_list("title", flat=True)[:THEMES])


def pictures_of(plan: Plan, minimum: int) -> tuple[Picture, ...]:
    """One for every group that will exist."""
    themes = theme_titles()
    return tuple(picture_of(group.name, group.invited, minimum, themes) for group in plan.groups)
