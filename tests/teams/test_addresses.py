"""Every address of staff × who × method, generated from the resolver. A new address without a row fails.

Foreign objects are asked for with their real ids: they get the same page as a random id.
"""

import pytest
from django.test import Client

from teams import urls
from teams.services import access

pytestmark = [pytest.mark.both, pytest.mark.django_db]
RANDOM = "AAAAAAAAAAAAAAAA"
# Whose object each address asks for.
OBJECTS = {
    "edit_team": "team", "remove_team": "team", "edit_person": "person", "remove_person": "person",
    "withdraw_invitation": "invitation", "colleague": "second", "disable_colleague": "second",
    "enable_colleague": "second", "reset_colleague": "second",
}  # fmt: skip
# name: what (anonymous, manager, coordinator) get for GET, and for POST with nothing in it. L: to the login page.
L = 302
TABLE = {
    "account_login": ((200, 302, 302), (200, 302, 302)),
    "mfa_authenticate": ((302, 302, 302), (302, 302, 302)),
    "account_reauthenticate": ((L, 200, 200), (L, 200, 200)),
    "mfa_reauthenticate": ((L, 302, 302), (L, 302, 302)),
    "openid_connect_login": ((404, 404, 404), (405, 405, 405)),
    "openid_connect_callback": ((404, 404, 404), (405, 405, 405)),
    "socialaccount_login_cancelled": ((401, 401, 401), (405, 405, 405)),
    "account_logout": ((L, 200, 200), (L, 302, 302)),
    "open_access": ((404, 404, 404), (404, 404, 404)),
    "choose_password": ((404, 404, 404), (404, 404, 404)),
    "forgotten": ((200, 200, 200), (200, 200, 200)),
    "password_asked": ((200, 200, 200), (405, 405, 405)),
    "access": ((404, 404, 404), (405, 405, 405)),
    "my_account": ((L, 200, 200), (L, 405, 405)),
    "mfa_index": ((L, 200, 200), (L, 405, 405)),
    "change_password": ((L, 200, 200), (L, 200, 200)),
    "mfa_activate_totp": ((L, 200, 200), (L, 200, 200)),
    "mfa_deactivate_totp": ((L, 404, 404), (L, 404, 404)),
    "mfa_view_recovery_codes": ((L, 404, 404), (L, 405, 405)),
    "recovery_codes_kept": ((L, 405, 405), (L, 404, 404)),
    "new_recovery_codes": ((L, 405, 405), (L, 404, 404)),
    "municipality_home": ((L, 200, 200), (L, 405, 405)),
    "add_team": ((L, 404, 200), (L, 404, 200)),
    "edit_team": ((L, 404, 200), (L, 404, 200)),
    "remove_team": ((L, 405, 405), (L, 404, 302)),
    "people": ((L, 404, 200), (L, 405, 405)),
    "add_person": ((L, 404, 200), (L, 404, 200)),
    "import_people": ((L, 404, 200), (L, 404, 200)),
    "import_preview": ((L, 404, 302), (L, 405, 405)),
    "import_apply": ((L, 405, 405), (L, 404, 302)),
    "import_cancel": ((L, 405, 405), (L, 404, 302)),
    "edit_person": ((L, 404, 200), (L, 404, 200)),
    "remove_person": ((L, 404, 200), (L, 404, 302)),
    "invite_colleague": ((L, 404, 200), (L, 404, 200)),
    "withdraw_invitation": ((L, 405, 405), (L, 404, 302)),
    "colleague": ((L, 404, 200), (L, 404, 200)),
    "disable_colleague": ((L, 405, 405), (L, 404, 302)),
    "enable_colleague": ((L, 405, 405), (L, 404, 302)),
    "reset_colleague": ((L, 404, 200), (L, 404, 302)),
}


def patterns():
    return {pattern.name: pattern for pattern in urls.urlpatterns}


def path_of(name, public_id=RANDOM):
    text = "/" + str(patterns()[name].pattern)
    return text.replace("<str:public_id>", public_id).replace("<str:secret>", "A" * 43)


def with_invitation(world):
    world.invitation = access.invite_colleague(
        world.coordinator, name="x", email=f"x@{world.municipality.name.lower()}.nl", is_coordinator=False,
        is_manager=True,
    )  # fmt: skip
    return world


def test_every_address_has_a_row_and_every_row_an_address():
    assert set(TABLE) == set(patterns())
    assert {name for name, pattern in patterns().items() if "public_id" in pattern.pattern.converters} == set(OBJECTS)


@pytest.mark.parametrize("name", TABLE)
def test_each_of_three_people_gets_what_the_table_says(own, log_in, name):
    with_invitation(own)
    target = getattr(own, OBJECTS[name]).public_id if name in OBJECTS else RANDOM
    for method, expected in zip(("get", "post"), TABLE[name], strict=True):
        for who, status in zip((None, own.manager, own.coordinator), expected, strict=True):
            client = log_in(who) if who else Client()
            response = getattr(client, method)(path_of(name, target))
            assert response.status_code == status, (method, who)
            if status == L and who is None and name != "mfa_authenticate":
                assert response["Location"].startswith("/inloggen/"), method


def body(response):
    page = response.content.decode()
    return response.status_code, page


@pytest.mark.parametrize("name", OBJECTS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_belongs_to_another_municipality_is_as_if_it_did_not_exist(own, foreign, coordinator, name, method):
    with_invitation(foreign)
    real = getattr(foreign, OBJECTS[name]).public_id
    before = list(foreign.municipality.users.values()), list(foreign.municipality.people.values())
    theirs = body(getattr(coordinator, method)(path_of(name, real)))
    assert theirs == body(getattr(coordinator, method)(path_of(name)))
    assert theirs[0] in (404, 405)
    assert (list(foreign.municipality.users.values()), list(foreign.municipality.people.values())) == before


def test_without_the_scope_it_would_be_found(own, foreign, coordinator, monkeypatch):
    monkeypatch.setattr("teams.models.scope.OwnMunicipality._of", lambda self, user, may: self)
    assert coordinator.get(path_of("edit_person", foreign.person.public_id)).status_code == 200


@pytest.mark.parametrize("name", TABLE)
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "PURGE"])
def test_other_methods_are_refused(client, name, method):
    assert client.generic(method, path_of(name)).status_code == 405


@pytest.mark.parametrize("name", TABLE)
def test_reading_changes_nothing(own, coordinator, name):
    from tests.database import everything

    with_invitation(own)
    target = getattr(own, OBJECTS[name]).public_id if name in OBJECTS else RANDOM
    ignored = ("session", "failedtries")  # a form needs a token; a wrong link is counted
    before = everything()
    coordinator.get(path_of(name, target))
    after = everything()
    for table in before:
        if not any(part in table for part in ignored):
            assert after[table] == before[table], table


def test_every_page_has_the_headers(own, coordinator):
    for path in ("/inloggen/", "/gemeente/", "/gemeente/mensen/importeren/", "/account/code/", "/toegang/x/"):
        response = coordinator.get(path)
        assert "default-src 'none'" in response["Content-Security-Policy"]
        assert response["Cache-Control"].find("no-store") >= 0
