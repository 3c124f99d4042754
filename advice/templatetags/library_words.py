"""The glossary in running text: `{{ entry.summary|with_words:words }}`."""

from django import template
from django.utils.html import conditional_escape

from advice.library.content import TermContent, library
from advice.library.glossary import WordLinks

register = template.Library()


@register.filter
def with_words(text, words):
    """The text with its words linked by the page's WordLinks; without one, the text as it is."""
    return words.link(text) if words else conditional_escape(text)


@register.simple_tag
def words_in(*texts: str) -> tuple[TermContent, ...]:
    """The words of the glossary that occur in these texts, in alphabetical order."""
    links = WordLinks(library())
    for text in texts:
        links.link(text)
    return tuple(term for term in library().terms if term.code in links.seen)
