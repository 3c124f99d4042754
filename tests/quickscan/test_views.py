"""Every address declares whether it reads or writes, and that it is public. Generated from the resolver."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import URLPattern, get_resolver
from django.views.decorators.http import require_safe

import advice.rounds.urls
import teams.urls
from scans.rounds.urls import staff_patterns

STRANGE = ("PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PURGE")
STAFF_ONLY = (teams.urls, advice.rounds.urls)
VALUES = {"public_id": "A" * 16, "number": 1, "step": 1, "secret": "A" * 43, "code": "nothing-is-called-this"}


def own_patterns(patterns=None):
    """Every pattern of ours; the admin guards itself and is there in development only.

    Who gets what at every address, those of staff included, stands in tests/quickscan/matrix/addresses.yaml.
    """
    found = []
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            found += [] if pattern in staff_patterns else [pattern]
        elif "beheer/" not in str(pattern.pattern) and pattern.urlconf_module not in STAFF_ONLY:
            found += own_patterns(pattern.url_patterns)
    return found


PATTERNS = {pattern.name: pattern for pattern in own_patterns()}


def arguments(pattern) -> dict:
    return {name: VALUES[name] for name in pattern.pattern.converters}


def answers(view, method, **kwargs):
    """What the bare view answers to a method, without any middleware in front of it."""
    request = RequestFactory().generic(method, "/")
    request.user, request.session = AnonymousUser(), {}
    return view(request, **kwargs)


def declares_its_methods(view, **kwargs):
    assert {answers(view, method, **kwargs).status_code for method in STRANGE} == {405}
    allowed = set(answers(view, "PUT", **kwargs)["Allow"].split(", "))
    assert allowed in ({"GET", "HEAD"}, {"POST"}, {"GET", "HEAD", "POST"})


def is_public(view):
    assert getattr(view, "login_required", True) is False


def test_there_are_addresses():
    assert len(PATTERNS) > 25 and None not in PATTERNS


@pytest.mark.parametrize("name", PATTERNS)
def test_a_view_declares_whether_it_reads_or_writes(name):
    declares_its_methods(PATTERNS[name].callback, **arguments(PATTERNS[name]))


@pytest.mark.parametrize("name", PATTERNS)
def test_a_view_says_that_it_is_public(name):
    is_public(PATTERNS[name].callback)


@pytest.mark.parametrize("pattern", staff_patterns, ids=lambda pattern: pattern.name)
def test_pages_of_a_round_declare_their_methods_and_are_not_public(pattern):
    declares_its_methods(pattern.callback, **arguments(pattern))
    with pytest.raises(AssertionError):
        is_public(pattern.callback)


@pytest.mark.parametrize("pattern", advice.rounds.urls.urlpatterns, ids=lambda pattern: pattern.name)
def test_results_of_rounds_are_read_only_and_not_public(pattern):
    assert set(answers(pattern.callback, "PUT", **arguments(pattern))["Allow"].split(", ")) == {"GET", "HEAD"}
    with pytest.raises(AssertionError):
        is_public(pattern.callback)


@pytest.mark.both
@pytest.mark.django_db
@pytest.mark.parametrize("name", PATTERNS)
def test_a_strange_method_is_refused_in_full_dress(client, name):
    path = "/" + str(PATTERNS[name].pattern).replace("<int:step>", "1").replace("<str:secret>", "A" * 43)
    for method in STRANGE:
        assert client.generic(method, path).status_code == 405, method


def test_a_view_that_declares_nothing_is_found():
    def careless(request):
        return HttpResponse("anything")

    with pytest.raises(AssertionError):
        declares_its_methods(careless)
    with pytest.raises(AssertionError):
        is_public(careless)
    declares_its_methods(require_safe(careless))


WRITES = {
    "start", "answer", "restart", "submit", "send_alone", "erase", "make_link", "my_list_change",
    "begin_round", "round_wrong_role", "round_no_reminder", "demo_login",
}  # fmt: skip
BOTH = {"theme", "close_here", "open_link", "open_invitation", "withdraw_levels"}


def test_writing_is_for_buttons_only():
    methods = {
        name: set(answers(p.callback, "PUT", **arguments(p))["Allow"].split(", ")) for name, p in PATTERNS.items()
    }
    assert {name for name, allowed in methods.items() if allowed == {"POST"}} == WRITES
    assert {name for name, allowed in methods.items() if "POST" in allowed and "GET" in allowed} == BOTH
