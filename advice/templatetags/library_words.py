"""The glossary in running text: `{{ entry.summary|with_words:words }}`."""

from django import template
from django.utils.html import conditional_escape

register = template.Library()


@register.filter
def with_words(text, words):
    """The text with its words linked by the page's WordLinks; without one, the text as it is."""
    return words.link(text) if words else conditional_escape(text)
