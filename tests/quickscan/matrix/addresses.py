"""The addresses as the resolver knows them, and the checked-in table that says what each must answer."""

import re
from dataclasses import dataclass
from pathlib import Path

import yaml
from django.urls import URLPattern, get_resolver

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")
VISITORS = (
    "nobody", "drafting", "sent", "invited",
    "coordinator", "manager", "powerless", "foreign", "disabled",
)  # fmt: skip
STAFF = ("coordinator", "manager", "powerless", "foreign")  # "staff" in the table: logged in, whatever the rights
TABLE = Path(__file__).with_name("addresses.yaml")
_ADMIN_MODEL = re.compile(r"^/beheer/([a-z]+/[a-z]+)/")


@dataclass(frozen=True)
class Row:
    """One address: what stands in its variable parts, and what each visitor gets for each method."""

    address: str
    parts: dict[str, str]
    fields: dict[str, str]  # what a POST carries
    cells: dict[tuple[str, str], str]  # {(method, visitor): status}
    development_only: bool

    @property
    def has_object(self) -> bool:
        """Whether it is about something that belongs to a municipality."""
        return "public_id" in self.parts


def routes(patterns=None, before: str = "/") -> dict[str, list]:
    """{address: its views} of everything below these patterns, included ones too."""
    found = {}
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        address = before + str(pattern.pattern).removeprefix("^").removesuffix("$")  # the admin writes some as regex
        if isinstance(pattern, URLPattern):
            found.setdefault(address, []).append(pattern.callback)
        else:
            found.update(routes(pattern.url_patterns, address))
    return found


def admin_models(addresses) -> list[str]:
    """The models that the admin of development shows, as its addresses name them."""
    return sorted({found[1] for address in addresses if (found := _ADMIN_MODEL.match(address))})


def read_table(text: str | None = None) -> tuple[dict[str, Row], list[str]]:
    """The rows by address, and the models of the admin: its addresses are the same for each of them."""
    table = yaml.safe_load(TABLE.read_text() if text is None else text)
    models = table["admin models"]
    rows = {}
    for written, row in table["addresses"].items():
        for model in models if "<model>" in written else [""]:
            address = written.replace("<model>", model)
            cells = _cells(written, table["everywhere"] | row)
            development = bool(row.get("development"))
            rows[address] = Row(address, row.get("with", {}), row.get("send", {}), cells, development)
    return rows, models


def _cells(address: str, row: dict) -> dict[tuple[str, str], str]:
    """Every method and visitor, without a gap and without one said twice."""
    cells = {}
    for method in METHODS:
        said = row[method]
        if isinstance(said, str) and said.startswith("as "):
            said = row[said.removeprefix("as ")]
        said = said if isinstance(said, dict) else {"else": said}
        named = [(visitor, status) for who, status in said.items() if who != "else" for visitor in _named(who)]
        wrong = [visitor for visitor, _ in named if visitor not in VISITORS]
        if wrong or len(dict(named)) != len(named):
            raise ValueError(f"{address} {method}: unknown or named twice: {wrong or named}")
        for visitor in VISITORS:
            cells[method, visitor] = str(dict(named)[visitor] if visitor in dict(named) else said["else"])
    return cells


def _named(who: str) -> list[str]:
    return [visitor for word in who.split() for visitor in (STAFF if word == "staff" else (word,))]


def differences(rows: dict[str, Row], measured: dict[tuple[str, str, str], str]) -> str:
    """What was answered otherwise than the table says, one line per address and method. "" when nothing was."""
    lines = []
    for row in rows.values():
        for method in METHODS:
            other = {
                visitor: f"{row.cells[method, visitor]} → {measured[row.address, method, visitor]}"
                for visitor in VISITORS
                if (row.address, method, visitor) in measured
                and measured[row.address, method, visitor] != row.cells[method, visitor]
            }
            if other:
                said = ", ".join(f"{who}: {what}" for who, what in other.items())
                lines.append(f"{row.address}  {method}  {said}")
    return "\n".join(["expected → answered", *lines]) if lines else ""
