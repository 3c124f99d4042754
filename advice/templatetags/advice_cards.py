"""Pieces of advice, rendered once per process and then remembered.

The arguments are frozen dataclasses or plain values, so an equal argument means an equal piece of HTML. What is
remembered is content; it does not say who chose what.
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


@register.simple_tag
@lru_cache(maxsize=1024)
def recommendation_card(item):
    """One recommendation with the answer it belongs to, its receipt and its interventions."""
    return render_to_string("advice/_recommendation.html", {"item": item})


@register.simple_tag
@lru_cache(maxsize=1024)
def shown_with(item):
    """What a recommendation shows of the library, and why: the same piece wherever the recommendation stands."""
    return render_to_string("advice/_shown.html", {"item": item})


@register.simple_tag
def theme_bar(theme):
    """The bar of one theme for a page: as long as its score, with a mark where each level begins."""
    return _bar(theme.title, theme.points, theme.level_name)


@lru_cache(maxsize=2048)
def _bar(title: str, points: int | None, level_name: str):
    theme = {"title": title, "points": points, "level_name": level_name}
    return render_to_string("advice/_bar.html", {"theme": theme})
