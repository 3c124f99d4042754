"""The content report as plain text that a policy officer can read."""

from collections.abc import Iterable, Iterator

from advice.library.report import ContentReport, Place, Sections
from advice.models import Intervention
from scans.models import Role


def as_text(report: ContentReport) -> str:
    """The whole report in Dutch, in lines of any length, ending with a line break."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: ContentReport) -> Iterator[str]:
    yield f"De bibliotheek: {report.entries} items"
    yield from _heading("Items per bron en hoofdstuk")
    yield "Een item telt mee bij elk hoofdstuk waar het uit komt."
    for source in report.sources:
        yield ""
        yield f"{source.title} ({source.code}): {source.total}"
        yield from _table([(title, count) for title, count in source.chapters])
    yield from _heading("Items per thema en rol")
    yield "Een item telt mee bij elk thema en elke rol die het noemt."
    yield from _table(
        [("", *Role.labels, "alle")]
        + [(title, *(counts[role] for role in (*Role.values, ""))) for title, counts in report.themes.items()]
    )
    yield from _heading("Items per soort en effect")
    yield from _table(
        [("", *Intervention.Evidence.labels, "alle")]
        + [(kind, *counts.values(), sum(counts.values())) for kind, counts in report.kinds.items()]
    )
    yield from _heading("Tot wie de gids spreekt")
    yield from _table(list(report.addressees.items()))
    yield from _sections(report.sections)
    yield from _heading(f"Items waar geen regel en geen vraag naartoe leidt: {len(report.unused)}")
    yield from (f"  {item.name} ({item.code}), voor {item.addressee_label}" for item in report.unused)
    yield from _heading(f"Items voor de gemeente die geen enkel antwoord oproept: {len(report.unreachable)}")
    yield from (f"  {code}" for code in report.unreachable)
    for role in report.reach:
        yield ""
        yield f"Voor de {role.label}: {role.entries} items, niet op te roepen {len(role.missed)}"
        yield from (f"  {code}" for code in role.missed)


def _sections(sections: Sections) -> Iterator[str]:
    yield from _heading(f"Secties zonder item, met de reden: {len(sections.with_reason)}")
    yield from (f"  {source}: {heading}. {reason}" for source, heading, reason in sections.with_reason)
    yield from _places("Secties zonder item en zonder reden", sections.without_reason)
    yield from _places("Secties met een reden, die nu toch een item hebben", sections.reason_with_entry)
    yield from _places("Redenen bij een sectie die niet bestaat", sections.reason_without_section)


def _places(title: str, places: Iterable[Place]) -> Iterator[str]:
    found = list(places)
    yield ""
    yield f"{title}: {len(found)}"
    yield from (f"  {source}: {heading}" for source, heading in found)


def _heading(title: str) -> Iterator[str]:
    yield from ("", title, "=" * len(title))


def _table(rows: list[tuple]) -> Iterator[str]:
    """Words to the left, numbers to the right, each column as wide as its widest cell."""
    cells = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    for first, *others in cells:
        numbers = "  ".join(cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))
        yield f"  {first.ljust(widths[0])}  {numbers}".rstrip()
