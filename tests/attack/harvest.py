"""Collect everything that a member of staff can open, over HTTP. Follows links; knows no list of pages.

That no page is left out for want of a link is a test of its own: `every_address` tries all patterns of the resolver.
"""

import io
import json
import re
import subprocess
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, URLPattern, get_resolver, resolve, reverse
from lxml import html as lxml_html
from openpyxl import load_workbook

# Pages whose whole point is a fresh secret of the own account, and the admin, which is for development only.
NOT_FOLLOWED = ("mfa_", "openid_connect_", "socialaccount_")
# The only thing in a page that differs between two requests for the same: Django masks the CSRF token anew.
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')
HTML, JSON, PDF = "text/html", "application/json", "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Served:
    """One answer of the server. `name` and `values` are the resolver's; `body` is without the CSRF token."""

    address: str
    name: str
    values: tuple[tuple[str, str], ...]
    status: int
    location: str
    kind: str
    body: bytes

    @property
    def html(self):
        return lxml_html.fromstring(self.body.decode())

    def value(self, key: str):
        return dict(self.values).get(key)


def get(client: Client, address: str) -> Served:
    response = client.get(address)
    match = response.resolver_match or resolve(urlsplit(address).path)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return Served(
        address, match.url_name or "", tuple(match.kwargs.items()), response.status_code,
        response.headers.get("Location", ""), response.headers.get("Content-Type", "").split(";")[0],
        TOKEN.sub(b"", body),
    )  # fmt: skip


def is_for_staff(address: str) -> bool:
    """Whether this address asks for a login: the public pages are the same for everybody."""
    try:
        match = resolve(urlsplit(address).path)
    except Resolver404:
        return False
    name = match.url_name or ""
    return (
        getattr(match.func, "login_required", True)
        and "admin" not in match.namespaces
        and not name.startswith(NOT_FOLLOWED)
    )


def links_of(served: Served) -> Iterable[str]:
    if served.location:
        yield served.location
    if served.kind == HTML and served.status == 200:
        tree = served.html
        yield from tree.xpath("//a/@href")
        yield from tree.xpath("//form[not(@method) or @method='get']/@action")


def crawl(client: Client, also: Iterable[str] = (), *, alike=None, documents=True) -> dict[str, Served]:
    """address → what was served, from the start page on. `also`: addresses to which no link leads. `alike`: at most
    so many pages that differ only in the person they are about. `documents`: also PDFs, which take seconds.
    """
    queue, seen = deque([reverse("municipality_home"), reverse("my_account"), *also]), set()
    found, times = {}, {}
    while queue:
        address = queue.popleft()
        if address in seen or not is_for_staff(address):
            continue
        seen.add(address)
        name = resolve(urlsplit(address).path).url_name
        times[name] = times.get(name, 0) + 1
        if alike and name in ABOUT_ONE and times[name] > alike or not documents and ".pdf" in address:
            continue
        served = found[address] = get(client, address)
        for link in links_of(served):
            target = urlsplit(urljoin(address, link))
            if not target.netloc:
                queue.append(target.path + (f"?{target.query}" if target.query else ""))
    return found


ABOUT_ONE = {"edit_person", "remove_person", "round_address", "colleague", "reset_colleague"}


def patterns(resolver=None, prefix: str = "") -> Iterable[tuple[str, URLPattern]]:
    """Every pattern of the site with the name that `reverse` wants; the admin is not among them."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLPattern):
            yield one.name, one
        elif one.namespace != "admin":
            yield from patterns(one)


def every_address(public_ids: Iterable[str], numbers: Iterable[int] = (0, 1)) -> Iterable[str]:
    """Every address for staff that the resolver can make from these ids."""
    fills = {"public_id": list(public_ids), "number": list(numbers)}
    for name, pattern in patterns():
        wanted = list(pattern.pattern.converters)
        if not name or any(key not in fills for key in wanted):
            continue
        options = [{}]
        for key in wanted:
            options = [one | {key: value} for one in options for value in fills[key]]
        for option in options:
            address = reverse(name, kwargs=option)
            if is_for_staff(address):
                yield address


# --- reading ---------------------------------------------------------------------------------------------


def texts_of(served: Served) -> list[str]:
    """All that can be read in it: text, and what a screen reader is told. One string per piece of text."""
    if served.kind == HTML:
        tree = served.html
        for hidden in tree.xpath("//script|//style|//head/link|//head/meta"):
            hidden.drop_tree()
        found = [*tree.itertext(), *tree.xpath("//@aria-label|//@title|//@alt|//input[not(@type='hidden')]/@value")]
        return [" ".join(text.split()) for text in found if text.strip()]
    if served.kind == JSON:
        return list(_leaves(json.loads(served.body)))
    if served.kind == XLSX:
        book = load_workbook(io.BytesIO(served.body))
        cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row)
        return [*book.sheetnames, *(str(cell.value) for cell in cells if cell.value is not None)]
    if served.kind == PDF:
        run = subprocess.run(["pdftotext", "-", "-"], input=served.body, capture_output=True, check=True)
        whole = re.sub(r"-\s*\n", "", run.stdout.decode().replace("\xad", ""))  # words that were broken off
        return [" ".join(part.split()) for part in re.split(r"\n\s*\n", whole)]
    return [served.body.decode(errors="replace")]


def _leaves(value) -> Iterable[str]:
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, list):
        for one in value:
            yield from _leaves(one)
    else:
        yield str(value)
