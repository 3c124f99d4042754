"""Which entries a reader gets: the text and the chosen values, and how many each other value would give."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from advice.models import Intervention
from advice.selectors import InterventionContent
from scans.models import Role

from .content import Library
from .search import search
from .words import normalised


@dataclass(frozen=True)
class FacetValue:
    """`count`: how many results there would be with this value chosen in its facet, the rest as it is."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """`name` is the GET parameter."""

    name: str
    label: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True)
class Found:
    """`entries`: by rank when there is a text, else by name. `total` is their number."""

    entries: tuple[InterventionContent, ...]
    facets: tuple[Facet, ...]
    total: int


@dataclass(frozen=True)
class _Kind:
    """One facet of a library: its values with their labels and, per value, the entries that have it, one bit each."""

    name: str
    label: str
    values: tuple[tuple[str, str], ...]
    masks: dict[str, int]


def find(library: Library, text: str, chosen: Mapping[str, Sequence[str]]) -> Found:
    """Entries that have the text and, of every facet with a choice, at least one of the chosen values.

    `chosen`: {facet name: values}; what the library does not know is ignored.
    """
    kinds = _kinds(library)
    order, having = _ordered(library, normalised(text))
    picked = {kind.name: set(chosen.get(kind.name, ())) & kind.masks.keys() for kind in kinds}
    unions = {kind.name: _union(kind, picked[kind.name]) for kind in kinds if picked[kind.name]}
    facets = []
    for kind in kinds:
        others = having
        for name, union in unions.items():
            if name != kind.name:
                others &= union
        facets.append(_facet(kind, others, picked[kind.name]))
    for union in unions.values():
        having &= union
    entries = tuple(library.entries[place] for place in order if having >> place & 1)
    return Found(entries, tuple(facets), len(entries))


def _facet(kind: _Kind, having: int, picked: set[str]) -> Facet:
    return Facet(
        kind.name,
        kind.label,
        tuple(
            FacetValue(value, label, (kind.masks[value] & having).bit_count(), value in picked)
            for value, label in kind.values
        ),
    )


def _union(kind: _Kind, values: Iterable[str]) -> int:
    found = 0
    for value in values:
        found |= kind.masks[value]
    return found


@lru_cache(maxsize=512)
def _ordered(library: Library, text: str) -> tuple[tuple[int, ...], int]:
    """(places in `library.entries`, best first; the same as bits). A text without words finds nothing."""
    if not text:
        return tuple(range(len(library.entries))), (1 << len(library.entries)) - 1
    places = _places(library)
    order = tuple(places[code] for code in search(text) if code in places)
    return order, sum(1 << place for place in order)


@lru_cache(maxsize=2)
def _places(library: Library) -> dict[str, int]:
    return {entry.code: place for place, entry in enumerate(library.entries)}


@lru_cache(maxsize=2)
def _kinds(library: Library) -> tuple[_Kind, ...]:
    """The seven facets in the order of the page, each with the values that at least one entry has."""
    themes = [(theme.code, theme.title) for theme in library.themes]
    sources = [(source.code, source.title) for source in library.sources]
    return (
        _kind(library, "thema", "Thema", themes, lambda entry: entry.themes),
        _kind(library, "rol", "Rol", Role.choices, lambda entry: entry.roles),
        _kind(library, "fase", "Fase", Intervention.Phase.choices, lambda entry: (entry.phase,)),
        _kind(library, "soort", "Soort", Intervention.Kind.choices, lambda entry: (entry.kind,)),
        _kind(library, "effect", "Effect", Intervention.Evidence.choices, lambda entry: (entry.evidence,)),
        _kind(library, "doelgroep", "Doelgroep", Intervention.TargetGroup.choices, lambda entry: entry.target_groups),
        _kind(library, "bron", "Bron", sources, lambda entry: {citation.source for citation in entry.citations}),
    )


def _kind(
    library: Library,
    name: str,
    label: str,
    values: Iterable[tuple[str, str]],
    of: Callable[[InterventionContent], Iterable[str]],
) -> _Kind:
    masks = {value: 0 for value, _ in values}
    for place, entry in enumerate(library.entries):
        for value in of(entry):
            if value in masks:
                masks[value] |= 1 << place
    return _Kind(
        name,
        label,
        tuple((value, str(label)) for value, label in values if masks[value]),
        {value: mask for value, mask in masks.items() if mask},
    )


def forget() -> None:
    for remembered in (_ordered, _places, _kinds):
        remembered.cache_clear()
