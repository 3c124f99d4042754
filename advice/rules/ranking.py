"""In which order the entries of the library fit one answer.

Fits: the rule of the answer names it, or it helps this question at this level; and it is for this role. Never: what
is not for this question or its theme, and what the guides call not effective or disputed. Then, best first:

1. at level 3 and 4: what was made for who has come a long way (it begins at level 2 or higher);
2. what speaks to the municipality before what the guide says to others;
3. the phase of the question;
4. evidence before opinion;
5. named by the rule before found by question and level;
6. the more specific: helping fewer questions, then for fewer roles.

What is equal in all of this stays together in one group: `choosing` decides in which order a report takes them.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

NEVER = "niet-effectief-of-betwist"
FRONT_RUNNER = 3  # from this level on, depth
_EVIDENCE = ("bewezen-effectief", "goede-ervaringen", "geen-uitspraak")


@dataclass(frozen=True)
class Entry:
    """What the ranking has to know of an entry. It helps `helps` forward from level `lowest` to `highest` (0–4)."""

    code: str
    roles: tuple[str, ...]
    helps: tuple[str, ...]
    lowest: int
    highest: int
    not_for: tuple[str, ...]
    phase: str
    evidence: str
    to_municipality: bool = True


def allowed(entry: Entry, *, role: str, theme: str, question: str) -> bool:
    """Whether it may be recommended here at all, however well it fits."""
    return role in entry.roles and entry.evidence != NEVER and not {theme, question} & set(entry.not_for)


def phase_of(named: Iterable[Entry], helping: Iterable[Entry]) -> str:
    """The phase of a question: the most frequent of the entries that its rules name, of equal ones the most frequent
    of all entries that help it, then the first by name. "" when there is nothing to go by.
    """
    by_name, by_help = Counter(entry.phase for entry in named), Counter(entry.phase for entry in helping)
    phases = by_name or by_help
    return min(phases, key=lambda phase: (-phases[phase], -by_help[phase], phase), default="")


def rank_entries(
    entries: Iterable[Entry], *, role: str, theme: str, question: str, level: int, named: Collection[str], phase: str
) -> tuple[tuple[str, ...], ...]:
    """Codes of the entries that fit an answer at this level, best first, what ranks equal in one group."""
    groups: dict[tuple, list[str]] = {}
    for entry in sorted(entries, key=lambda entry: entry.code):
        within = entry.lowest <= level <= entry.highest
        fits = entry.code in named or (question in entry.helps and within)
        if fits and allowed(entry, role=role, theme=theme, question=question):
            rank = (
                level >= FRONT_RUNNER and not (within and entry.lowest >= 2),
                not entry.to_municipality,
                entry.phase != phase,
                _EVIDENCE.index(entry.evidence),
                entry.code not in named,
                len(entry.helps),
                len(entry.roles),
            )
            groups.setdefault(rank, []).append(entry.code)
    return tuple(tuple(groups[rank]) for rank in sorted(groups))
