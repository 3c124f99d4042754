"""Pieces of advice that are the same for everybody: rendered once per process, then remembered.

The arguments are frozen dataclasses of published content, so an equal argument means an equal piece of HTML.
"""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string

register = template.Library()


@register.simple_tag
@lru_cache(maxsize=1024)
def intervention_card(item):
    """One intervention, folded."""
    return render_to_string("advice/_intervention.html", {"item": item})


@register.simple_tag
@lru_cache(maxsize=2048)
def receipt(citations):
    """The line that says where a piece of advice comes from."""
    return render_to_string("advice/_citations.html", {"citations": citations})
