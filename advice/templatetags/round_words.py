"""Words on the pages of round results."""

from functools import lru_cache

import pyphen
from django import template

register = template.Library()

SHORTEST = 10  # shorter words fit in a column
_nl = pyphen.Pyphen(lang="nl_NL", left=3, right=3)


@register.filter
@lru_cache(maxsize=2048)
def soft_hyphens(text: str) -> str:
    """Where a long word may break, for the narrow columns of the grid: browsers rarely know Dutch."""
    return " ".join(_nl.inserted(word, "\u00ad") if len(word) >= SHORTEST else word for word in text.split(" "))
