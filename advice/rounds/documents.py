"""The round report and the report of one group as HTML for the renderer, and the names of the files."""

from django.template.loader import render_to_string

from advice.documents import address_in

from .frozen import Frozen, FrozenGroup
from .paper import group_paper, round_paper


def round_html(rounds: tuple[Frozen, ...], site: str = "") -> str:
    """`rounds`: oldest first; the report is about the last one. `site`: its address, for links to the library."""
    return _rendered("report", round_paper(rounds, address_in(site)))


def group_html(rounds: tuple[Frozen, ...], group: FrozenGroup, site: str = "") -> str:
    return _rendered("report_group", group_paper(rounds, group, address_in(site)))


def _rendered(name: str, paper) -> str:
    context = {"paper": paper, "day": paper.frozen.last_day, "sources": paper.sources}
    return render_to_string(f"advice/rounds/{name}.html", context)


def file_name(frozen: Frozen, kind: str, group: FrozenGroup | None = None) -> str:
    """Fixed: nobody's words stand in it."""
    part = f"-groep-{group.number}" if group else ""
    return f"uitkomst-{frozen.last_day.isoformat()}{part}.{kind}"
