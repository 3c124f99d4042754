"""Pieces of the library's pages, rendered once per process: the content is the same for everybody."""

import re
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from advice.library import overviews, pages
from advice.library.content import FactContent, Library, library
from advice.models import Fact
from advice.selectors import InterventionContent

register = template.Library()

_NUMBERS = ("Geen", "Eén", "Twee", "Drie", "Vier", "Vijf", "Zes", "Zeven", "Acht", "Negen", "Tien", "Elf", "Twaalf")
_OPEN = ("thema", "rol")  # the filters that stand open beside results; at first the page lists the themes itself
_SENTENCE = re.compile(r"(?<=[.?])\s+(?=[“‘\"A-Z0-9])")
_LONG = 230  # letters: about three lines


@register.simple_tag
def entry_row(entry: InterventionContent):
    """What one entry says in a list of results."""
    return _row(library(), entry)


@lru_cache(maxsize=2048)
def _row(shelf: Library, entry: InterventionContent):
    return render_to_string("library/_row.html", {"entry": entry, "themes": pages.themes_of(shelf, entry)})


@register.simple_tag
@lru_cache(maxsize=4096)
def entry_pick(entry: InterventionContent, form: str = ""):
    """The box that chooses an entry to compare; `form`: the id of its form when it stands outside."""
    return render_to_string("library/_pick.html", {"entry": entry, "form": form})


@register.simple_tag
def facet_group(facet, is_opening: bool = False):
    """One filter: its values with how many results each would give."""
    is_open = facet.name in _OPEN[is_opening:]
    chosen = sum(value.chosen for value in facet.values)
    values = "\n  ".join(
        f"{_value(facet.name, one.value, one.label, one.chosen, bool(one.count))}{one.count:d}</span></label>"
        for one in facet.values
    )
    context = {"facet": facet, "values": mark_safe(values), "chosen": chosen, "open": chosen or is_open}
    return render_to_string("library/_facet.html", context)


@lru_cache(maxsize=1024)
def _value(name: str, value: str, label: str, chosen: bool, any_results: bool) -> str:
    """A value up to its number, which is all that changes with every search."""
    context = {"name": name, "value": value, "label": label, "chosen": chosen, "none": not (any_results or chosen)}
    return render_to_string("library/_facet_value.html", context).strip()


@register.filter
def results(number: int) -> str:
    """How many were found, up to twelve in words."""
    text = _NUMBERS[number] if number < len(_NUMBERS) else str(number)
    return f"{text} {'resultaat' if number in (0, 1) else 'resultaten'}"


@register.filter
def opening(text: str) -> str:
    """The first sentence, and the second when both are short."""
    first, *rest = _SENTENCE.split(text)
    return f"{first} {rest[0]}" if rest and len(first) + len(rest[0]) < _LONG else first


@register.filter
def whole(fact: FactContent) -> str:
    """What a figure is a part of or is compared with, or "" when it stands on its own."""
    if fact.denominator in ("", "niet van toepassing"):
        return ""
    compared = fact.reading in (Fact.Reading.DIFFERENCE, Fact.Reading.CHANGE)
    return f"{'Vergeleken met' if compared else 'Geheel'}: {fact.denominator}."


@register.filter
def place(heading: str) -> str:
    """The anchor of a heading on the page of its source."""
    return overviews.place(heading)
