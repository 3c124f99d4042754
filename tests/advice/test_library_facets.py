"""Facets: what is chosen, what comes back, and the number beside every value. Without a database."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advice.library import find as find_module
from advice.library.content import Library, SourceContent, ThemeName
from advice.library.find import FacetValue, find
from advice.models import Intervention
from advice.selectors import InterventionContent
from scans.models import Role
from scans.selectors.content import CitationContent

pytestmark = pytest.mark.both
THEMES, SOURCES = ["visie", "caseload", "protocol"], ["bo", "kis"]
VALUES = {
    "thema": THEMES,
    "rol": Role.values,
    "fase": Intervention.Phase.values[:3],
    "soort": Intervention.Kind.values[:3],
    "effect": Intervention.Evidence.values,
    "doelgroep": Intervention.TargetGroup.values[:3],
    "bron": SOURCES,
}
EMPTY = dict.fromkeys(InterventionContent.__dataclass_fields__, "") | {
    "helps": (), "not_for": (), "related": (), "figures": (), "lowest": 0, "highest": 4,
}  # fmt: skip


def several(values):
    return st.lists(st.sampled_from(values), unique=True).map(tuple)


@st.composite
def libraries(draw) -> Library:
    entries = [
        InterventionContent(
            **EMPTY
            | {
                "code": f"entry-{number:02}",
                "name": f"Entry {number:02}",
                "themes": draw(several(THEMES)),
                "roles": draw(several(Role.values)),
                "phase": draw(st.sampled_from(VALUES["fase"])),
                "kind": draw(st.sampled_from(VALUES["soort"])),
                "evidence": draw(st.sampled_from(VALUES["effect"])),
                "target_groups": draw(several(VALUES["doelgroep"])),
                "citations": tuple(
                    CitationContent(source, source, 2021, heading)
                    for source in draw(several(SOURCES))
                    for heading in ("1", "2")
                ),
            }
        )
        for number in range(draw(st.integers(0, 9)))
    ]
    sources = tuple(SourceContent(code, code.upper(), "", "", 2021, "", "", ()) for code in SOURCES)
    themes = tuple(ThemeName(code, place, code.title(), "") for place, code in enumerate(THEMES))
    return Library(tuple(entries), (), (), sources, themes)


CHOICES = st.fixed_dictionaries({}, optional={name: several(values) for name, values in VALUES.items()})


def of(entry, name: str) -> set[str]:
    """The values of a facet that an entry has, said once more without bits."""
    return {
        "thema": set(entry.themes),
        "rol": set(entry.roles),
        "fase": {entry.phase},
        "soort": {entry.kind},
        "effect": {entry.evidence},
        "doelgroep": set(entry.target_groups),
        "bron": {citation.source for citation in entry.citations},
    }[name]


def plainly(library: Library, chosen) -> list[str]:
    known = {
        name: {v for v in values if any(v in of(e, name) for e in library.entries)} for name, values in chosen.items()
    }
    return [
        entry.code
        for entry in library.entries
        if all(of(entry, name) & values for name, values in known.items() if values)
    ]


def codes(found) -> list[str]:
    return [entry.code for entry in found.entries]


def wrong_counts(library: Library, chosen) -> list[FacetValue]:
    """Values whose count differs from what comes back when they are chosen in their facet."""
    return [
        value
        for facet in find(library, "", chosen).facets
        for value in facet.values
        if value.count != find(library, "", {**chosen, facet.name: [value.value]}).total
    ]


@given(library=libraries(), chosen=CHOICES)
def test_or_within_a_facet_and_between_facets(library, chosen):
    found = find(library, "", chosen)
    assert codes(found) == plainly(library, chosen)
    assert found.total == len(found.entries)


@settings(deadline=None)
@given(library=libraries(), chosen=CHOICES)
def test_every_count_is_what_comes_back_when_you_choose_it(library, chosen):
    assert wrong_counts(library, chosen) == []


@given(library=libraries(), chosen=CHOICES, data=st.data())
def test_order_doubles_and_unknown_values_change_nothing(library, chosen, data):
    other = {name: [*data.draw(st.permutations(values)), *values, "bestaat-niet"] for name, values in chosen.items()}
    mixed = {name: other[name] for name in data.draw(st.permutations(sorted(other)))} | {"onbekend": ["x"]}
    assert find(library, "", mixed) == find(library, "", chosen)


@given(library=libraries(), chosen=CHOICES)
def test_what_is_chosen_is_marked_and_only_that(library, chosen):
    for facet in find(library, "", chosen).facets:
        marked = {value.value for value in facet.values if value.chosen}
        assert marked == set(chosen.get(facet.name, ())) & {value.value for value in facet.values}


@given(library=libraries(), data=st.data())
def test_with_a_text_only_its_entries_come_in_its_order_and_are_counted(library, data):
    ranked = data.draw(st.permutations([entry.code for entry in library.entries]))[: len(library.entries) // 2 + 1]
    chosen = data.draw(CHOICES)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(find_module, "search", lambda text: (*ranked, "not-in-the-library"))
        found = find(library, "iets", chosen)
        allowed = set(plainly(library, chosen))
        assert codes(found) == [code for code in ranked if code in allowed]
        for facet in find(library, "iets", {}).facets:
            for value in facet.values:
                having = [e for e in library.entries if e.code in ranked and value.value in of(e, facet.name)]
                assert value.count == len(having)


def one_of_each() -> Library:
    """Three entries that differ in one theme each."""
    entries = tuple(
        InterventionContent(
            **EMPTY
            | {"code": theme, "name": theme, "themes": (theme,), "roles": ("manager",), "phase": "uitnodigen",
               "kind": "tool", "evidence": "geen-uitspraak", "target_groups": (), "citations": ()}
        )
        for theme in THEMES
    )  # fmt: skip
    return Library(entries, (), (), (), tuple(ThemeName(code, 0, code, "") for code in THEMES))


def test_counting_within_the_own_choice_would_be_seen(monkeypatch):
    library, chosen = one_of_each(), {"thema": ["visie"]}
    assert wrong_counts(library, chosen) == []
    right = find_module._facet
    monkeypatch.setattr(
        find_module,
        "_facet",
        lambda kind, having, picked: right(kind, having & (find_module._union(kind, picked) or -1), picked),
    )
    assert [value.value for value in wrong_counts(library, chosen)] == ["caseload", "protocol"]


def test_the_facets_have_the_names_of_the_parameters_and_leave_out_what_no_entry_has():
    facets = find(one_of_each(), "  ", {}).facets
    assert [facet.name for facet in facets] == list(VALUES)
    assert {facet.name: [value.value for value in facet.values] for facet in facets} == {
        "thema": THEMES, "rol": ["manager"], "fase": ["uitnodigen"], "soort": ["tool"], "effect": ["geen-uitspraak"],
        "doelgroep": [], "bron": [],
    }  # fmt: skip


def test_the_library_itself_is_found_by_name_without_a_text(db):
    from advice.library.content import library

    found = find(library(), "", {})
    assert found.entries == library().entries and found.total == len(library().entries)
    assert all(value.count for facet in found.facets for value in facet.values)


def test_words_that_find_nothing_give_nothing(db):
    from advice.library.content import library

    found = find(library(), "xyzzyqwrt", {"rol": ["manager"]})
    assert found.entries == () and {value.count for facet in found.facets for value in facet.values} == {0}
