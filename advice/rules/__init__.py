"""From scores, rules and entries to advice. Pure: no Django, no database, no clock, no chance.

`steps` says which advice belongs to an answer and which three come first, `combined` what several answers say
together, `ranking` in which order the entries of the library fit an answer, `choosing` which of them a report shows.
docs/scoring.md and docs/advice.md say the same in words.
"""

from .choosing import MAX_AGAIN, MAX_ALSO, MAX_CARDS, Choice, Wanted, choose_entries
from .combined import MAX_COMBINED, Combined, fired, moves
from .ranking import FRONT_RUNNER, NEVER, Entry, allowed, phase_of, rank_entries
from .steps import (
    DONT_KNOW,
    MAX_FIRST_STEPS,
    MAX_STRENGTHS,
    Chosen,
    Rule,
    choose_rules,
    first_steps,
    furthest,
    level_of,
    strengths,
    turns,
)

__all__ = [
    "DONT_KNOW",
    "FRONT_RUNNER",
    "MAX_AGAIN",
    "MAX_ALSO",
    "MAX_CARDS",
    "MAX_COMBINED",
    "MAX_FIRST_STEPS",
    "MAX_STRENGTHS",
    "NEVER",
    "Choice",
    "Chosen",
    "Combined",
    "Entry",
    "Rule",
    "Wanted",
    "allowed",
    "choose_entries",
    "choose_rules",
    "fired",
    "first_steps",
    "furthest",
    "level_of",
    "moves",
    "phase_of",
    "rank_entries",
    "strengths",
    "turns",
]
