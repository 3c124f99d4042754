"""Everything that a user reads, row by row: its texts, its citations, and which of its texts quote a guide."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from advice.models import AdviceRule, CombinedRule, Fact, Intervention, Term, ThemeAdvice
from scans.models import AnswerOption, Citation, Question, Source, Theme

Place = tuple[str, str]  # (code of the source, heading)

# What a user reads of each model.
FIELDS = {
    Source: ("about",),
    Theme: ("title", "intro", "phrase"),
    Question: ("text", "why", "prompt"),
    AnswerOption: ("label",),
    Fact: ("statement", "value", "unit", "group", "denominator", "period", "row", "column"),
    Term: ("term", "definition", "nuance"),
    Intervention: ("name", "summary", "asks", "gives", "start", "for_whom", "organisation", "evidence_note",
                   "caution", "note"),
    AdviceRule: ("text", "first_step", "who"),
    CombinedRule: ("title", "text"),
    ThemeAdvice: ("discussion", "stop"),
}  # fmt: skip
NAMES = ("name", "term", "organisation", "row", "column")  # as the guide calls it
# What quotes no guide: what happened after it, and which step we think of ourselves.
NOT_QUOTED = ("note", "start", "first_step", "who", "prompt", "discussion", "stop")


@dataclass(frozen=True)
class Row:
    """One row. `own_numbers`: its own year and those of the guides that it cites; `figure`: it is itself a figure."""

    name: str
    texts: dict[str, str]
    citations: tuple[Place, ...]
    own_numbers: frozenset[str] = frozenset()
    figure: bool = False

    @property
    def names(self) -> set[str]:
        return self.texts.keys() & set(NAMES)

    @property
    def quoting(self) -> dict[str, str]:
        return {field: text for field, text in self.texts.items() if field not in NOT_QUOTED}


def rows() -> list[Row]:
    """All rows of the content in the database, in a fixed order."""
    everywhere: dict[str, list[Place]] = {}
    for citation in Citation.objects.select_related("source"):
        everywhere.setdefault(citation.source.code, []).append(_place(citation))
    years = {source.code: str(source.year) for source in Source.objects.all()}
    found = []
    for model, fields in FIELDS.items():
        for item in _items(model):
            places = _citations(item, everywhere)
            found.append(
                Row(
                    name=f"{model._meta.model_name} {_key(item)}",
                    texts={field: getattr(item, field) for field in fields if getattr(item, field)},
                    citations=tuple(places),
                    own_numbers=frozenset({getattr(item, "as_of", "")[:4], *(years[source] for source, _ in places)}),
                    figure=model is Fact,
                )
            )
    return found


def citation_rows() -> list[Row]:
    """The checked list of headings itself: what may be cited, cited or not."""
    return [Row(f"citation {citation}", {}, (_place(citation),)) for citation in Citation.objects.all()]


def page_rows(folder: Path) -> Iterator[Row]:
    """The words of the templates, without tags, so that a sentence with a link in it is still a sentence."""
    for path in sorted(folder.rglob("*.html")):
        text = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}|<[^>]*>", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        yield Row(f"template {path.relative_to(folder)}", {"text": text}, ())


def _items(model):
    if model is AnswerOption:
        return model.objects.select_related("question__questionnaire").prefetch_related("question__citations__source")
    if hasattr(model, "citations") and model is not Source:
        return model.objects.prefetch_related("citations__source")
    return model.objects.all()


def _citations(item, everywhere: dict[str, list[Place]]) -> list[Place]:
    """Where a row may quote from: what it cites, its question's citations, or the whole guide that it describes."""
    if isinstance(item, Source):
        return everywhere.get(item.code, [])
    holder = item.question if isinstance(item, AnswerOption) else item
    return [_place(citation) for citation in holder.citations.all()] if hasattr(holder, "citations") else []


def _place(citation: Citation) -> Place:
    return citation.source.code, citation.heading


def _key(item) -> str:
    if isinstance(item, AnswerOption):
        return f"{item.question.code} {item.level}"
    return " ".join(str(part) for part in item.natural_key())
