"""The round report and the report of one group as HTML for the renderer, and the names of the files."""

from django.template.loader import render_to_string

from advice.documents import address_in

from .frozen import Frozen, FrozenGroup
from .paper import GroupPaper, RoundPaper, group_paper, round_paper


def round_html(rounds: tuple[Frozen, ...], site: str = "") -> str:
    """`rounds`: oldest first; the report is about the last one. `site`: its address, for links to the library."""
    return render_to_string("advice/rounds/report.html", _context(round_paper(rounds, address_in(site))))


def group_html(rounds: tuple[Frozen, ...], group: FrozenGroup, site: str = "") -> str:
    paper = group_paper(rounds, group, address_in(site))
    return render_to_string("advice/rounds/report_group.html", _context(paper))


def _context(paper: RoundPaper | GroupPaper) -> dict:
    return {"paper": paper, "day": paper.frozen.last_day, "sources": paper.sources}


def file_name(frozen: Frozen, kind: str, group: FrozenGroup | None = None) -> str:
    """Fixed: nobody's words stand in it."""
    part = f"-groep-{group.number}" if group else ""
    return f"uitkomst-{frozen.last_day.isoformat()}{part}.{kind}"
