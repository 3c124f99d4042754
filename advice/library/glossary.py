"""Links words in running text to the glossary: whole words, the longest first, each word once per page."""

import re
from functools import lru_cache

from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from advice.library.content import Library, TermContent

# A compound with a hyphen is one word: "discriminatie-ervaring" is not "discriminatie".
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_GOES_ON = re.compile(r"\w|[-'’]\w")


@lru_cache(maxsize=2)
def forms_of(library: Library) -> dict[str, tuple[tuple[str, TermContent], ...]]:
    """{first word: ((form, term), …)}, the longest form first; all in lower case."""
    found: dict[str, list] = {}
    for term in library.terms:
        for form in term.forms:
            if first := _WORD.match(form):
                found.setdefault(first[0], []).append((form, term))
    return {first: tuple(sorted(forms, key=lambda form: -len(form[0]))) for first, forms in found.items()}


class WordLinks:
    """The glossary for one page. It remembers which words it linked; a page shows its texts to it in order."""

    def __init__(self, library: Library):
        self.forms, self.seen, self.page = forms_of(library), set(), reverse("words")

    def link(self, text: str) -> SafeString:
        """Plain text as HTML, escaped, with links. What is HTML already comes back as it is."""
        if isinstance(text, SafeString):
            return text
        pieces, done, place = [], 0, 0
        while word := _WORD.search(text, place):
            start, place = word.span()
            if found := self._at(text, start, word[0].lower()):
                form, term = found
                place = start + len(form)
                if term.code not in self.seen:
                    self.seen.add(term.code)
                    link = format_html('<a class="word" href="{}#{}">{}</a>', self.page, term.code, text[start:place])
                    pieces += [conditional_escape(text[done:start]), link]
                    done = place
        return mark_safe("".join((*pieces, conditional_escape(text[done:]))))  # every piece is escaped above

    def _at(self, text: str, start: int, first: str) -> tuple[str, TermContent] | None:
        """The longest form that stands here as a whole word."""
        for form, term in self.forms.get(first, ()):
            end = start + len(form)
            if text[start:end].lower() == form and not _GOES_ON.match(text, end):
                return form, term
        return None
