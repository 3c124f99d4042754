"""Answers that Django has no shortcut for."""

from django.http import HttpResponseRedirect
from django.urls import reverse


class SeeOther(HttpResponseRedirect):
    """303: go and read another page. Unlike 302, no client may send the form with its secret along."""

    status_code = 303


def see_other(name: str) -> SeeOther:
    return SeeOther(reverse(name))
