"""What the search keeps of the library in memory: the vocabulary, the synonyms, and which word stands where."""

from functools import cached_property, lru_cache

from advice.selectors import InterventionContent

from .content import Library, library
from .synonyms import synonyms
from .words import Vocabulary, stem, tokens

# What a word weighs where it stands; the same order as the four letters of PostgreSQL.
WEIGHTS = (
    (1.0, ("name",)),
    (0.4, ("summary", "organisation")),
    (0.2, ("kind", "asks", "gives", "start", "for_whom")),
    (0.1, ("evidence_note", "caution", "note")),
)


class Index:
    """`places`: {stem: {entry code: the highest weight with which it stands there}}."""

    def __init__(self, content: Library):
        self.content = content
        self.synonyms = synonyms(term.forms for term in content.terms)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary(word for entry in self.content.entries for _, words in _words(entry) for word in words)

    @cached_property
    def places(self) -> dict[str, dict[str, float]]:
        found: dict[str, dict[str, float]] = {}
        for entry in self.content.entries:
            for weight, words in _words(entry):
                for word in words:
                    found.setdefault(stem(word), {}).setdefault(entry.code, weight)
        return found


def _words(entry: InterventionContent):
    """(weight, words) per group of fields, the heaviest first."""
    for weight, names in WEIGHTS:
        yield weight, tokens(" ".join(getattr(entry, name) for name in names).casefold())


@lru_cache(maxsize=1)
def index() -> Index:
    """Made once per process; `advice.remembered.forget_content` forgets it."""
    return Index(library())
