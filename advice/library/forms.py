"""What a reader sends to the library: a search in the address, a change of the own list by a button."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

FACETS = ("thema", "rol", "fase", "soort", "effect", "doelgroep", "bron")
MAX_TEXT = 120
_UNREADABLE = re.compile(r"[\x00-\x1f\x7f\ufffd]+")  # NUL breaks PostgreSQL; U+FFFD is what is left of broken bytes


@dataclass(frozen=True)
class Query:
    """A search as its address says it. `chosen`: {facet: values}, only facets with a value. `page` is 1 or more."""

    text: str = ""
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    page: int = 1

    @classmethod
    def read(cls, data) -> "Query":
        """From the parameters of a request. Whatever no page of ours sends counts as not sent."""
        number = data.get("bladzijde", "")
        return cls(
            text=" ".join(_UNREADABLE.sub(" ", data.get("zoek", "")).split())[:MAX_TEXT].strip(),
            chosen={name: values for name in FACETS if (values := tuple(filter(None, data.getlist(name))))},
            page=max(1, int(number)) if re.fullmatch(r"[0-9]{1,4}", number) else 1,
        )

    def only(self, known: dict[str, Iterable[str]]) -> "Query":
        """Without values that nothing in the library answers to, so that no address carries them on."""
        kept = {
            name: tuple(value for value in known.get(name, ()) if value in values)
            for name, values in self.chosen.items()
        }
        return replace(self, chosen={name: values for name, values in kept.items() if values})

    def without(self, facet: str, value: str) -> "Query":
        left = {name: tuple(v for v in values if (name, v) != (facet, value)) for name, values in self.chosen.items()}
        return Query(self.text, {name: values for name, values in left.items() if values})

    @property
    def address(self) -> str:
        """The address of this search with nothing empty in it."""
        pairs = [("zoek", self.text)] if self.text else []
        pairs += [(name, value) for name in FACETS for value in self.chosen.get(name, ())]
        pairs += [("bladzijde", self.page)] if self.page > 1 else []
        return reverse("library") + ("?" + urlencode(pairs) if pairs else "")


class ListForm(forms.Form):
    """A change of my list: what to do, with which entry, and the page to return to."""

    do = forms.ChoiceField(choices=[(verb, verb) for verb in ("add", "remove", "empty")])
    code = forms.SlugField(max_length=60, required=False)
    back = forms.CharField(max_length=300, required=False)

    def place(self, request) -> str:
        """Where to go afterwards: a page of the library, whatever was sent."""
        back = str(self.data.get("back", ""))
        inside = back.startswith(reverse("library")) and "\\" not in back and len(back) <= 300
        safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None, require_https=request.is_secure())
        return back if inside and safe else reverse("my_list")
