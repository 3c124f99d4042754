"""From the counters of a round to the figures that anybody may see. docs/privacy/policy.md gives the arithmetic.

Every decision to show, widen or withhold follows from numbers of people and from figures that are already shown,
never from answers that are not: otherwise the decision would tell what it hides.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from .counting import UNITS_PER_POINT, Tally, ThemeTally, is_pair
from .groups import CLIENT_MANAGER, Group, Grouping
from .levels import LEVEL_NAMES
from .rounding import BANDS, Cell, Shown, cells_for, people_band, range_words, round_mean, round_share
from .score import TOP_LEVEL, ScoredQuestion
from .trend import Remembered, RememberedRound, regrouped_by_one, rivals, widened

POLICY_VERSION = "1"
MUNICIPALITY = "municipality"
SCORE, DIFFERENCE, DONT_KNOW = "score", "difference", "dont_know"

TOO_FEW, ONE_PERSON, TOO_WIDE = "too_few", "one_person", "too_wide"
REASON_WORDS = {
    TOO_FEW: "Te weinig mensen hebben dit thema beantwoord om het te laten zien.",
    ONE_PERSON: (
        "Het aantal mensen ligt te dicht bij dat van een eerdere ronde. "
        "Een cijfer zou iets over één persoon kunnen zeggen."
    ),
    TOO_WIDE: "De cijfers van de teams zijn samen te grof voor één cijfer.",
}

# The room (sum of scores, in points) that the table of rule 6 leaves the smallest group in an open class: 5 people
# below 35. One insider with a score of 100 leaves a colleague 75 of it: more than half the scale.
ROOM = 175

MIN_PEOPLE_FOR_MORE = 10  # for questions and for "weet ik niet"
PAIR_ROOM = 200  # an insider and a colleague, both at the top
LEAD_STEP = 10
EQUAL = "ongeveer gelijk"
LEAD_OPEN = 15  # from here on a difference between two questions is "20 of meer"


@dataclass(frozen=True)
class Suppressed:
    """Nothing is shown, and this says why (a key of REASON_WORDS). It has no numbers, so nothing can leak."""

    reason: str


@dataclass(frozen=True)
class Figure:
    """One published figure. `group`: an id of the round's groups or MUNICIPALITY; `question`: None for a theme.

    SCORE: points 0–100. DIFFERENCE: this question's mean minus the other's, −100 to 100, of those who gave a level to
    both. DONT_KNOW: share in points of 100.
    """

    group: str
    theme: str
    question: str | None
    kind: str
    shown: Shown | Suppressed


@dataclass(frozen=True)
class Publication:
    """All figures of a closed round, and what is kept for the next one and shown to nobody."""

    figures: tuple[Figure, ...]
    remembered: RememberedRound

    def figure(self, group: str, theme: str, kind: str = SCORE, question: str | None = None) -> Figure | None:
        wanted = (group, theme, kind, question)
        return next((one for one in self.figures if (one.group, one.theme, one.kind, one.question) == wanted), None)


@dataclass(frozen=True)
class Counted:
    """One group with its counters of one theme, and the earlier figures that are one person apart from it."""

    group: Group
    counters: ThemeTally
    rivals: tuple[Remembered, ...] = ()


Rounds = Sequence[RememberedRound]  # what each earlier closed round kept


def publish(
    tallies: Sequence[tuple[Group, Tally]],
    themes: Mapping[str, Mapping[str, Sequence[ScoredQuestion]]],
    k: int,
    earlier: Rounds = (),
) -> Publication:
    """Everything that a round shows. `themes`: role → theme → its questions; `earlier`: what each closed round of the
    municipality kept, all of them, in any order.
    """
    figures: list[Figure] = []
    remembered: list[Remembered] = []
    teams = frozenset(team for group, _ in tallies for team in group.teams)
    for theme in dict.fromkeys(theme for asked in themes.values() for theme in asked):
        before = [kept.of_theme(theme) for kept in earlier]
        counted = []
        for group, tally in tallies:
            if theme in themes[group.role]:
                counters = tally.get(theme, ThemeTally())
                near = rivals(counters.scored, group.definition, before, teams)
                counted.append(Counted(group, counters, tuple(near)))
        shown = theme_figures(theme, counted, k, before, teams)
        for one in counted:
            figure = shown[one.group.id]
            figures.append(figure)
            if isinstance(figure.shown, Shown):
                bounds = (figure.shown.low, figure.shown.high)
                remembered.append(Remembered(one.group.definition, theme, one.counters.scored, *bounds))
                figures += differences(figure, figure.shown, themes[one.group.role][theme], one)
        managers = [one for one in counted if one.group.role == CLIENT_MANAGER]
        if managers:
            figures.append(municipal_figure(theme, managers, shown, before))
            figures.append(Figure(MUNICIPALITY, theme, None, DONT_KNOW, dont_know_share(managers, k)))
    return Publication(tuple(figures), RememberedRound(tuple(remembered), teams))


def enough(counters: ThemeTally, k: int) -> bool:
    """Whether a theme figure may be shown: k people scored in that very figure, not k who took part."""
    return counters.scored >= k


def mean_of(counters: Iterable[ThemeTally]) -> Fraction:
    """The exact mean theme score in points of everybody scored in these counters."""
    counters = list(counters)
    return Fraction(sum(one.units for one in counters), UNITS_PER_POINT * sum(one.scored for one in counters))


def theme_figures(
    theme: str, counted: Sequence[Counted], k: int, before: Rounds, teams: Collection[str]
) -> dict[str, Figure]:
    """Group id → theme figure, by the table, wider or withheld where rule 8 asks it."""
    visible = {one.group.definition: one.counters.scored for one in counted if enough(one.counters, k)}
    result = {}
    for one in counted:
        shown: Shown | Suppressed = Suppressed(TOO_FEW)
        if one.group.definition in visible:
            cells = widened(one.counters.scored, one.rivals)
            shown = round_mean(mean_of([one.counters]), one.counters.scored, cells)
            if regrouped_by_one(visible, one.group.definition, before, teams) or (shown.low, shown.high) == (0, 100):
                shown = Suppressed(ONE_PERSON)
        result[one.group.id] = Figure(one.group.id, theme, None, SCORE, shown)
    return result


LEADS = (
    Cell("20 of meer lager", Fraction(-100), Fraction(-LEAD_OPEN)),
    Cell("10 lager", Fraction(-LEAD_OPEN), Fraction(-5)),
    Cell(EQUAL, Fraction(-5), Fraction(5)),
    Cell("10 hoger", Fraction(5), Fraction(LEAD_OPEN)),
    Cell("20 of meer hoger", Fraction(LEAD_OPEN), Fraction(100)),
)


def questions_are_safe(shown: Shown, scored: int, paired: int) -> bool:
    """Whether the two questions may be compared beside this theme figure. Reads the figure and numbers, no answers.

    With this much room above and below, everybody's theme score can still be anything from 0 to 100, even for someone
    who knows the exact mean, the exact difference and the answers of one insider (proof in policy.md).
    """
    if min(scored, paired) < MIN_PEOPLE_FOR_MORE:
        return False
    room = PAIR_ROOM + Fraction(LEAD_OPEN * paired, 2)
    return scored * shown.low >= room and scored * (100 - shown.high) >= room


def differences(figure: Figure, shown: Shown, questions: Sequence[ScoredQuestion], one: Counted) -> list[Figure]:
    """For each of the two questions how far its mean lies from the other's, or nothing at all."""
    counters = one.counters
    # Beside a round that is one person apart, the change in the difference would be that person's own difference.
    if one.rivals or not is_pair(questions) or not questions_are_safe(shown, counters.scored, counters.paired):
        return []
    lead = Fraction(counters.lead * 100, TOP_LEVEL * counters.paired)
    number = next((i for i, cell in enumerate(LEADS) if lead < cell.high), len(LEADS) - 1)
    cell, mirrored = LEADS[number], LEADS[len(LEADS) - 1 - number]
    band = people_band(counters.paired)
    first = Shown(cell.text, cell.low, cell.high, band)
    second = Shown(mirrored.text, -cell.high, -cell.low, band)
    return [
        Figure(figure.group, figure.theme, question.code, DIFFERENCE, lead_shown)
        for question, lead_shown in zip(questions, (first, second), strict=True)
    ]


def municipal_figure(theme: str, counted: Sequence[Counted], shown: Mapping[str, Figure], before: Rounds) -> Figure:
    """The one figure over the groups of client managers that are shown for this theme (rule 7)."""
    parts = []
    for one in counted:
        figure = shown[one.group.id].shown
        if isinstance(figure, Shown):
            parts.append((one, figure))
    return Figure(MUNICIPALITY, theme, None, SCORE, _municipal(parts, before))


def _municipal(parts: Sequence[tuple[Counted, Shown]], before: Rounds) -> Shown | Suppressed:
    if not parts:
        return Suppressed(TOO_FEW)
    if len(parts) == 1:
        return parts[0][1]
    people = [one.counters.scored for one, _ in parts]
    figures = [figure for _, figure in parts]
    if same_groups_as_before(parts, before) and municipal_is_safe(people, figures):
        return round_mean(mean_of(one.counters for one, _ in parts), sum(people))
    return municipal_range(figures, people_band(sum(people)))


def same_groups_as_before(parts: Sequence[tuple[Counted, Shown]], before: Rounds) -> bool:
    """Whether two municipal figures can be subtracted without getting one person, or one group that was not shown."""
    now = {one.group.definition for one, _ in parts}
    then = [{kept.definition for kept in one.figures if kept.definition[1] == CLIENT_MANAGER} for one in before]
    return not any(one.rivals for one, _ in parts) and all(not names or names == now for names in then)


def municipal_is_safe(people: Sequence[int], shown: Sequence[Shown]) -> bool:
    """Whether the municipal class, whichever it turns out to be, leaves every group the room that the table gives.

    Reads numbers and shown figures only. For each class that the shown figures allow, and each group: the most and
    the least that the group's scores can add up to. Nearer than ROOM to nothing, or to everybody at the top, one
    insider could place a colleague within half the scale.
    """
    lows = [n * figure.low for n, figure in zip(people, shown, strict=True)]
    highs = [n * figure.high for n, figure in zip(people, shown, strict=True)]
    total, low, high = sum(people), sum(lows), sum(highs)
    for cell in cells_for(total):
        if total * cell.low > high or total * cell.high < low:
            continue
        for n, least, most in zip(people, lows, highs, strict=True):
            most_left = min(most, total * cell.high - (low - least))
            least_left = max(least, total * cell.low - (high - most))
            if most_left < ROOM or 100 * n - least_left < ROOM:
                return False
    return True


def municipal_range(shown: Sequence[Shown], band: str) -> Shown | Suppressed:
    """Where the municipal mean must lie, from nothing but the shown figures and bands; whole points, outward."""
    low = _least([(figure.low, *BANDS[figure.people]) for figure in shown]) // 1
    high = -(_least([(-figure.high, *BANDS[figure.people]) for figure in shown]) // 1)
    if (low, high) == (0, 100):
        return Suppressed(TOO_WIDE)
    return Shown(range_words(Fraction(low), Fraction(high)), Fraction(low), Fraction(high), band)


def _least(bounds: Sequence[tuple[Fraction, int, int | None]]) -> Fraction:
    """The smallest weighted mean of values whose weights lie between a least and a most (None: without end)."""
    ordered = sorted(bounds, key=lambda bound: bound[0])
    # A weight without end pulls the mean to its own value; the others then no longer matter.
    found = [value for value, _, most in ordered if most is None]
    for heavy in range(len(ordered) + 1):
        weights = [(most or least) if i < heavy else least for i, (_, least, most) in enumerate(ordered)]
        total = sum((n * value for n, (value, _, _) in zip(weights, ordered, strict=True)), Fraction(0))
        found.append(total / sum(weights))
    return min(found)


def dont_know_share(counted: Sequence[Counted], k: int) -> Shown | Suppressed:
    """The share that says "weet ik niet", over the groups with k people who gave a level or "weet ik niet"."""
    counters = [one.counters for one in counted if one.counters.asked >= k]
    asked = sum(one.asked for one in counters)
    if asked < MIN_PEOPLE_FOR_MORE:
        return Suppressed(TOO_FEW)
    return round_share(sum(one.dont_know for one in counters), asked)


@dataclass(frozen=True)
class Attributed:
    """One consenting person's level of one theme, in words under the name of the role. No score, no person."""

    role: str
    theme: str
    level: int
    text: str


def attributed(grouping: Grouping, role: str, people: Iterable[Mapping[str, int]]) -> tuple[Attributed, ...]:
    """The levels (theme → 0–4) of those who chose to show them; a theme without a level is simply not there.

    Sorted by theme and level, so that neither who came first nor who belongs to which other theme can be read.
    Raises ValueError for a role that is a group, or that cannot be attributed at all.
    """
    if role not in grouping.by_consent:
        raise ValueError(f"{role} is never attributed in this round")
    found = sorted((theme, level) for person in people for theme, level in person.items())
    return tuple(Attributed(role, theme, level, LEVEL_NAMES[level].name) for theme, level in found)
