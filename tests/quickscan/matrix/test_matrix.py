"""The table of addresses is complete, and the site answers as it says."""

import json
import os
import subprocess
import sys
from dataclasses import replace

import pytest
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.test import Client
from django.urls import get_resolver, path

from quickscan import views
from scans.rounds.urls import respondent_patterns
from teams.models import Municipality
from tests.quickscan.matrix import addresses
from tests.quickscan.matrix import world as worlds
from tests.quickscan.matrix.addresses import METHODS, STAFF, VISITORS
from tests.quickscan.test_production import GOOD

pytestmark = [pytest.mark.both, pytest.mark.django_db]
ROWS, MODELS = addresses.read_table()
# Reading may note that somebody was there (a form needs a token) and that a link was wrong. Nothing else.
NOTED = {"django_session", "teams_failedtries"}


def measure(world, rows, visitors=VISITORS, methods=METHODS) -> tuple[dict, list[str]]:
    """{(address, method, visitor): status}, and what was written by a method that only reads."""
    measured, written = {}, []
    for row in rows:
        asked, fields = (make(row, world.objects["own"]) for make in (worlds.path_of, worlds.fields_of))
        for visitor in visitors:
            for method in methods:
                response, tables = worlds.ask(world.browsers[visitor], method, asked, fields)
                measured[row.address, method, visitor] = worlds.status(response)
                if method != "POST" and tables - NOTED:
                    written.append(f"{row.address} {method} {visitor}: {sorted(tables - NOTED)}")
    return measured, written


@pytest.fixture(scope="module")
def answers(world):
    """Every cell. Of the admin's models one with every method; the others are the same code: GET and POST."""
    again = [row for row in ROWS.values() if any(f"/{model}/" in row.address for model in MODELS[1:])]
    first = [row for row in ROWS.values() if row not in again]
    measured, written = measure(world, first)
    more, also = measure(world, again, methods=("GET", "POST"))
    return measured | more, written + also


def test_every_address_has_a_row_and_every_row_an_address():
    found = addresses.routes()
    assert sorted(found) == sorted(ROWS)
    assert addresses.admin_models(found) == MODELS


def test_a_new_address_is_noticed(monkeypatch):
    monkeypatch.setattr(
        get_resolver(), "url_patterns", [*get_resolver().url_patterns, path("nieuw/", views.sources)], raising=False
    )
    assert set(addresses.routes()) - set(ROWS) == {"/nieuw/"}


@pytest.mark.parametrize(
    ("cell", "error"),
    [("{managr: 200, else: 404}", ValueError), ("{staff manager: 200, else: 404}", ValueError), ("{}", KeyError)],
)
def test_a_row_with_a_gap_or_a_slip_of_the_pen_is_refused(cell, error):
    head = "everywhere: {HEAD: as GET, POST: 405, PUT: 405, DELETE: 405, OPTIONS: 405}\nadmin models: []\n"
    assert addresses.read_table(head + "addresses: {/x/: {GET: {staff: 200, else: 404}}}")
    with pytest.raises(error):
        addresses.read_table(head + f"addresses: {{/x/: {{GET: {cell}}}}}")


def test_everybody_gets_what_the_table_says(answers):
    found = addresses.differences(ROWS, answers[0])
    assert not found, found


def test_reading_changes_nothing_for_anybody(answers):
    assert answers[1] == []


def test_the_check_sees_what_is_written(world):
    _, tables = worlds.ask(world.browsers["coordinator"], "POST", "/gemeente/teams/nieuw/", {"name": "Zuid"})
    assert "teams_team" in tables - NOTED


# --- what belongs to another municipality --------------------------------------------------------------------


def told_apart(world, visitor: str, whose: str) -> list[str]:
    """The addresses where a real object of others is answered otherwise than a name that nobody has."""
    objects = world.objects[whose]
    nothing = dict.fromkeys(objects, worlds.RANDOM)
    apart = []
    for row in (row for row in ROWS.values() if row.has_object):
        for method in ("GET", "POST"):
            real, random = (
                worlds.ask(world.browsers[visitor], method, worlds.path_of(row, each))[0]
                for each in (objects, nothing)
            )
            if worlds.body(real) != worlds.body(random) or real.status_code not in (404, 405):
                apart.append(f"{row.address} {method}: {real.status_code}, and {random.status_code} for nothing")
    return apart


RESULT = "/gemeente/rondes/<str:public_id>/uitkomst/"


def test_the_result_of_an_open_round_answers_who_may_see_that_of_a_closed_one(world):
    """It says when there is something to see. A draft is nothing to anybody."""
    row = replace(ROWS[RESULT], parts={"public_id": "open round"})
    assert addresses.differences({RESULT: row}, measure(world, [row])[0]) == ""
    draft = replace(row, parts={"public_id": "draft round"})
    for visitor in STAFF:
        real, nothing = (
            worlds.ask(world.browsers[visitor], "GET", worlds.path_of(draft, objects))[0]
            for objects in (world.objects["own"], {"draft round": worlds.RANDOM})
        )
        assert real.status_code == 404 and worlds.body(real) == worlds.body(nothing), visitor
    for visitor, whose in (("foreign", "own"), ("coordinator", "foreign"), ("manager", "foreign")):
        real, nothing = (
            worlds.ask(world.browsers[visitor], "GET", worlds.path_of(row, objects))[0]
            for objects in (world.objects[whose], {"open round": worlds.RANDOM})
        )
        assert real.status_code == 404 and worlds.body(real) == worlds.body(nothing), (visitor, whose)


@pytest.mark.parametrize(
    ("visitor", "whose"),
    [("foreign", "own"), ("coordinator", "foreign"), ("manager", "foreign"), ("powerless", "own")],
)
def test_what_belongs_to_another_municipality_is_as_if_it_did_not_exist(world, visitor, whose):
    assert told_apart(world, visitor, whose) == []


def test_every_kind_of_object_is_asked_for(world):
    asked = {part for row in ROWS.values() for part in (*row.parts.values(), *row.fields.values())}
    assert set(world.objects["foreign"]) <= asked


def test_the_owner_is_shown_what_a_stranger_is_not(world):
    assert len(told_apart(world, "coordinator", "own")) > 20


# --- where a second step is asked for, as production always does ------------------------------------------------

ON_THE_WAY = {"/account/code/", "/inloggen/wachtwoord/", "/inloggen/nog-een-code/", "/inloggen/code/", "/uitloggen/"}


def opened_without_second_step(world) -> set[str]:
    """The addresses behind the login that answer a coordinator otherwise than with the way to the second step."""
    behind = [row for row in ROWS.values() if row.cells["GET", "nobody"] == "302 /inloggen/"]
    measured, _ = measure(world, behind, ("coordinator",), ("GET", "POST"))
    return {address for (address, _, _), status in measured.items() if status != "302 /account/code/"}


def test_nothing_behind_the_login_opens_before_the_second_step(world, settings):
    settings.STAFF_NEEDS_TOTP = True
    assert {one for one in opened_without_second_step(world) if not one.startswith("/beheer/")} == ON_THE_WAY


def test_without_the_setting_it_opens(world):
    assert len(opened_without_second_step(world)) > 50


# --- the guards switched off ----------------------------------------------------------------------------------


def changed(world, visitor: str, address: str, method: str = "GET") -> str:
    return addresses.differences(ROWS, measure(world, [ROWS[address]], (visitor,), (method,))[0])


@pytest.mark.parametrize("address", ["/gemeente/teams/nieuw/", "/gemeente/mensen/", "/gemeente/rondes/"])
def test_without_the_right_of_a_coordinator_the_table_is_red(world, monkeypatch, address):
    assert changed(world, "manager", address) == changed(world, "powerless", address) == ""

    class Everybody:
        objects = type("Objects", (), {"managed_by": lambda user: Municipality.objects.all()})

    monkeypatch.setattr("teams.views.scope.Municipality", Everybody)  # as_coordinator lets everybody pass
    for visitor in ("manager", "powerless"):
        assert f"{address}  GET  {visitor}: 404 → 200" in changed(world, visitor, address)


@pytest.mark.parametrize("address", ["/gemeente/mensen/<str:public_id>/", "/gemeente/rondes/<str:public_id>/"])
def test_without_the_scope_the_table_is_red(world, monkeypatch, address):
    assert changed(world, "foreign", address) == ""
    monkeypatch.setattr("teams.models.scope.OwnMunicipality._of", lambda self, user, may: self)
    assert "foreign: 404 → 200" in changed(world, "foreign", address)
    assert any(line.startswith(address) for line in told_apart(world, "foreign", "own"))


def test_without_the_login_guard_the_table_is_red(world, monkeypatch, settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "LoginRequired" not in name]
    monkeypatch.setitem(world.browsers, "nobody", Client())  # one that has not read the settings yet
    assert "nobody: 302 /inloggen/ → 404" in changed(world, "nobody", "/gemeente/")


def test_without_the_refusal_of_a_get_the_table_is_red(world, monkeypatch):
    (pattern,) = [pattern for pattern in respondent_patterns if pattern.name == "begin_round"]
    monkeypatch.setattr(pattern, "callback", login_not_required(pattern.callback.__wrapped__))
    assert "invited: 405 → 302 /scan/" in changed(world, "invited", "/ronde/beginnen/")
    assert measure(world, [ROWS["/ronde/beginnen/"]], ("invited",), ("GET",))[1], "and reading writes"


# --- production -----------------------------------------------------------------------------------------------


def test_production_has_the_same_addresses_without_those_of_development(tmp_path):
    show = (
        "import django, json; django.setup(); from tests.quickscan.matrix.addresses import routes; "
        "print(json.dumps(sorted(routes())))"
    )
    variables = {"PATH": os.environ["PATH"], "QUICKSCAN_VAR": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", show], env=variables | GOOD | {"DJANGO_SETTINGS_MODULE": "quickscan.settings"},
        cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found == sorted(address for address, row in ROWS.items() if not row.development_only)
    gone = {row.address for row in ROWS.values() if row.development_only}
    assert "/post/" in gone and "/beheer/" in gone
