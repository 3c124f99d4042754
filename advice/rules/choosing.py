"""Which of the entries that fit an answer one report shows: in full once, and further ones by name.

- A first step has two or three places (one when hardly anything fits), another recommendation one; a second goes to
  the lowest answers as long as there are no more than MAX_CARDS in the report.
- A place goes to the best that this report has not shown yet. For a first step two more are looked at than there are
  places; which of them come on a card turns, the others stand first among the names. Where there are more places and
  none shows an entry that the rule names, the last is for that one, so that text and card speak of the same. What
  fits many answers of this reader takes its turn: it does not come on a card at each of them.
- What another recommendation already took is pointed at: when the rule names it, or when nothing else fits.
- Of equal ones and of the further names, which come first turns with the answers (`steps.turns`), so that not
  everybody gets the same. Nothing here depends on chance or time.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .steps import level_of

MAX_CARDS = 33
FIRST_STEP_PLACES = 3
MAX_AGAIN = 2
MAX_ALSO = 6
_LEFT_OUT = 2
_WIDE = 4  # answers of this reader that an entry fits; then it comes on a card at one in so many
_BEST_ALSO = 2  # of the further names these are the next in rank; the others turn


@dataclass(frozen=True)
class Wanted:
    """A recommendation that asks for entries: `groups` from `rank_entries`, `named` by its rule, its answer."""

    code: str
    groups: tuple[tuple[str, ...], ...]
    named: frozenset[str]
    answer: int | str
    is_first_step: bool = False


@dataclass(frozen=True)
class Choice:
    """Codes of entries: in full here, shown in full at another recommendation, and further ones by name."""

    cards: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


def choose_entries(wanted: Sequence[Wanted], turned: int) -> dict[str, Choice]:
    """{code of the recommendation: what it shows}. First steps choose first, then the order of `wanted`."""
    orders = {one.code: _flatten(one.groups, turned) for one in wanted}
    places = _places(wanted, orders)
    fits = Counter(code for order in orders.values() for code in order)
    printed: set[str] = set()
    cards: dict[str, list[str]] = {}
    before: dict[str, list[str]] = {}
    for number, one in enumerate(sorted(wanted, key=lambda one: not one.is_first_step)):
        before[one.code] = [code for code in orders[one.code] if code in printed and code in one.named][:MAX_AGAIN]
        fresh = [code for code in orders[one.code] if code not in printed]
        wide = {code for code in fresh if fits[code] >= _WIDE and (turned + number) % fits[code]}
        fresh, out = _leave_out(fresh, wide, places[one.code], turned) if one.is_first_step else (fresh, [])
        cards[one.code] = _cards(fresh, one.named, printed.union(out), places[one.code])
        printed.update(cards[one.code])
    listed = set(printed)
    choices = {}
    for one in wanted:
        order, own = orders[one.code], cards[one.code]
        again = before[one.code] or ([] if own else order[:1])
        also = _also([code for code in order if code not in listed], one.named, turned)
        listed.update(also)
        choices[one.code] = Choice(tuple(own), tuple(again), tuple(also))
    return choices


def _flatten(groups: Iterable[tuple[str, ...]], turned: int) -> list[str]:
    order: list[str] = []
    for group in groups:
        begin = turned % len(group)
        order += group[begin:]
        order += group[:begin]
    return order


def _places(wanted: Sequence[Wanted], orders: Mapping[str, list[str]]) -> dict[str, int]:
    """How many entries each may show in full: as many as fit, within what the report may hold."""
    places = {one.code: 1 for one in wanted}
    for one in wanted:
        if one.is_first_step:
            places[one.code] = _step_places(len(orders[one.code]))
    left = MAX_CARDS - sum(min(places[one.code], len(orders[one.code])) for one in wanted)
    others = (one for one in wanted if not one.is_first_step and len(orders[one.code]) > 1)
    for one in sorted(others, key=lambda one: level_of(one.answer))[: max(left, 0)]:
        places[one.code] = 2
    return places


def _step_places(fitting: int) -> int:
    """Three of six or more, two of four or five, else one: there is always something to turn."""
    return FIRST_STEP_PLACES if fitting > 5 else 2 if fitting > 3 else 1


def _leave_out(fresh: list[str], wide: set[str], places: int, turned: int) -> tuple[list[str], list[str]]:
    """Of the best, two more than there are places (or all there are), those that do not fit go to the back of the
    row; which ones turns, what is `wide` first. Returns the row and what went to its back.
    """
    looked_at = fresh[: places + _LEFT_OUT]
    number = len(looked_at) - places
    if number < 1:
        return fresh, []
    begin = turned % len(looked_at)
    turning = looked_at[begin:] + looked_at[:begin]
    out = sorted(turning, key=lambda code: code not in wide)[:number]
    return [code for code in fresh if code not in out] + out, out


def _cards(fresh: list[str], named: frozenset[str], elsewhere: set[str], places: int) -> list[str]:
    cards = fresh[:places]
    if places > 1 and not named & {*cards, *elsewhere}:
        cards[-1:] = [code for code in fresh if code in named][:1] or cards[-1:]
    return cards


def _also(left: list[str], named: frozenset[str], turned: int) -> list[str]:
    """The rule's own and the next in rank first; the others from a window that turns with the answers."""
    best = [code for code in left if code in named]
    best += [code for code in left if code not in named][: max(_BEST_ALSO - len(best), 0)]
    rest = [code for code in left if code not in best]
    turning = MAX_ALSO - _BEST_ALSO
    begin = turned * turning % len(rest) if rest else 0
    return (best + rest[begin:] + rest[:begin])[:MAX_ALSO]
