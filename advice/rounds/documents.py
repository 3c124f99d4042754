"""The round report and the report of one group as HTML for the renderer, and the names of the files."""

from django.template.loader import render_to_string
from django.urls import reverse

from .frozen import Frozen, FrozenGroup
from .paper import Address, group_paper, round_paper


def address_in(site: str) -> Address:
    """`site`: the address of this site, as https://quickscan.example/; without it no links to the library."""

    def address(code: str) -> str:
        return f"{site.rstrip('/')}{reverse('entry', args=[code])}" if site else ""

    return address


def round_html(rounds: tuple[Frozen, ...], site: str = "") -> str:
    """`rounds`: oldest first; the report is about the last one."""
    return render_to_string("advice/rounds/report.html", {"paper": round_paper(rounds, address_in(site))})


def group_html(rounds: tuple[Frozen, ...], group: FrozenGroup, site: str = "") -> str:
    paper = group_paper(rounds, group, address_in(site))
    return render_to_string("advice/rounds/report_group.html", {"paper": paper})


def file_name(frozen: Frozen, kind: str, group: FrozenGroup | None = None) -> str:
    """Fixed: nobody's words stand in it."""
    part = f"-groep-{group.number}" if group else ""
    return f"uitkomst-{frozen.last_day.isoformat()}{part}.{kind}"
