"""Mailed links: an invitation makes an account, a password link sets a password. Each once, each with a button."""

import hashlib
from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.core import mail

from teams.clock import database_now
from teams.models import AccountInvitation, PasswordLink, User
from teams.services import access, colleagues
from tests.database import everything, tables_with

pytestmark = [pytest.mark.both, pytest.mark.django_db]
NEW = "een zin van een paar woorden"


def secret_in(message) -> str:
    (link,) = [line for line in message.body.splitlines() if "/toegang/" in line]
    return link.rstrip("/").rsplit("/", 1)[1]


@pytest.fixture
def invitation(own) -> AccountInvitation:
    return access.invite_colleague(
        own.coordinator, name="Nieuw Iemand", email="Nieuw@aadorp.nl", is_coordinator=False, is_manager=True
    )


@pytest.fixture
def secret(invitation) -> str:
    access.send_access_mails()
    return secret_in(mail.outbox[-1])


@pytest.fixture
def reset_secret(own) -> str:
    access.ask_new_password(own.manager.email)
    access.send_access_mails()
    return secret_in(mail.outbox[-1])


def choose(client, secret, password=NEW):
    opened = client.post("/toegang/", {"secret": secret})
    if opened.status_code != 303:
        return opened
    return client.post(opened["Location"], {"password": password, "again": password})


def test_an_invitation_makes_an_account_that_can_log_in(client, secret, own):
    assert choose(client, secret)["Location"] == "/inloggen/"
    user = User.objects.get(email="nieuw@aadorp.nl")
    assert (user.name, user.municipality, user.is_manager, user.is_coordinator) == (
        "Nieuw Iemand", own.municipality, True, False,
    )  # fmt: skip
    client.post("/inloggen/", {"login": user.email, "password": NEW})
    assert client.get("/gemeente/").status_code == 200


def test_a_password_link_sets_a_new_password(client, reset_secret, own):
    assert choose(client, reset_secret)["Location"] == "/inloggen/"
    own.manager.refresh_from_db()
    assert own.manager.check_password(NEW)


def test_using_a_link_logs_nobody_in(client, secret):
    choose(client, secret)
    assert SESSION_KEY not in client.session


def test_opening_a_mailed_link_shows_a_button_and_changes_nothing(client, secret, reset_secret):
    before = everything()
    for each in (secret, reset_secret):
        response = client.get(f"/toegang/{each}/")
        assert response.status_code == 200 and 'action="/toegang/"' in response.content.decode()
        client.head(f"/toegang/{each}/")
    after = everything()
    for table in before:
        if "session" not in table:  # the page has a form, and so a token
            assert after[table] == before[table], table
    assert client.session.get("access_link") is None


def test_the_button_leads_to_an_address_without_the_secret(client, secret):
    response = client.post("/toegang/", {"secret": secret})
    assert (response.status_code, response["Location"]) == (303, "/toegang/wachtwoord/")
    page = client.get(response["Location"])
    assert secret not in page.content.decode() and page["Cache-Control"] == "no-store"


def test_only_the_hash_is_kept(secret, reset_secret, client):
    client.post("/toegang/", {"secret": secret})
    assert tables_with(secret, reset_secret) == set()
    hashes = [hashlib.sha256(each.encode()).hexdigest() for each in (secret, reset_secret)]
    assert AccountInvitation.objects.get().secret_hash == hashes[0]
    assert PasswordLink.objects.get().pk == hashes[1]
    assert len(secret) == 43


def test_a_link_works_once(client, secret, reset_secret):
    for each in (secret, reset_secret):
        assert choose(client, each).status_code == 302
        assert choose(client, each).status_code == 404
    assert User.objects.filter(email="nieuw@aadorp.nl").count() == 1


def test_the_page_cannot_be_sent_twice(client, secret):
    opened = client.post("/toegang/", {"secret": secret})["Location"]
    fields = {"password": NEW, "again": NEW}
    assert client.post(opened, fields).status_code == 302
    assert client.post(opened, fields).status_code == 404


def expire():
    past = database_now() - timedelta(seconds=1)
    AccountInvitation.objects.update(expires_at=past)
    PasswordLink.objects.update(expires_at=past)


def body(response):
    page = response.content.decode()
    return response.status_code, page[page.index("<main") :]


def test_unknown_used_expired_and_withdrawn_get_one_and_the_same_page(client, own, invitation, secret, reset_secret):
    choose(client, reset_secret)
    used = body(client.post("/toegang/", {"secret": reset_secret}))
    assert used[0] == 404 and "Deze link werkt niet" in used[1]
    assert body(client.get("/toegang/" + "A" * 43 + "/")) == used
    assert body(client.get("/toegang/kort/")) == used
    assert body(client.post("/toegang/", {"secret": ""})) == used
    assert body(client.get("/toegang/")) == used
    assert body(client.get("/toegang/wachtwoord/")) == used
    access.withdraw_invitation(own.coordinator, invitation)
    assert body(client.get(f"/toegang/{secret}/")) == used


def test_an_expired_link_does_nothing(client, own, secret, reset_secret):
    client.post("/toegang/", {"secret": secret})
    expire()
    assert client.post("/toegang/wachtwoord/", {"password": NEW, "again": NEW}).status_code == 404
    for each in (secret, reset_secret):
        assert choose(client, each).status_code == 404
    assert not User.objects.filter(email="nieuw@aadorp.nl").exists()
    assert access.erase_expired() == 2


def test_an_invitation_lives_seven_days_and_a_password_link_an_hour(invitation, secret, reset_secret):
    now = database_now()
    assert timedelta(days=6, hours=23) < AccountInvitation.objects.get().expires_at - now <= timedelta(days=7)
    assert timedelta(minutes=59) < PasswordLink.objects.get().expires_at - now <= timedelta(hours=1)


def test_inviting_again_ends_the_earlier_link(client, own, secret):
    access.invite_colleague(
        own.coordinator, name="Nieuw Iemand", email="nieuw@aadorp.nl", is_coordinator=True, is_manager=False
    )
    assert choose(client, secret).status_code == 404
    access.send_access_mails()
    assert choose(client, secret_in(mail.outbox[-1])).status_code == 302


def test_a_new_password_ends_sessions_and_the_other_links(client, own, log_in, reset_secret):
    logged_in = log_in(own.manager)
    access.ask_new_password(own.manager.email)
    access.send_access_mails()
    choose(client, reset_secret)
    assert logged_in.get("/gemeente/").status_code == 302
    assert choose(client, secret_in(mail.outbox[-1])).status_code == 404


def test_disabling_kills_a_password_link(client, own, reset_secret):
    colleagues.disable_colleague(own.coordinator, own.manager)
    assert choose(client, reset_secret).status_code == 404


def test_a_new_password_does_not_take_the_second_factor_away(client, own, reset_secret):
    from tests.teams.conftest import with_second_factor

    with_second_factor(own.manager)
    choose(client, reset_secret)
    response = client.post("/inloggen/", {"login": own.manager.email, "password": NEW})
    assert response["Location"] == "/inloggen/code/"


def test_a_link_takes_over_no_session(coordinator, secret):
    coordinator.post("/toegang/", {"secret": secret})
    assert SESSION_KEY not in coordinator.session


def test_an_invitation_for_an_address_that_got_an_account_meanwhile_does_nothing(client, own, foreign, secret):
    User.objects.create_user("nieuw@aadorp.nl", "x" * 20, municipality=foreign.municipality, is_manager=True)
    assert choose(client, secret).status_code == 404
    assert User.objects.get(email="nieuw@aadorp.nl").municipality == foreign.municipality


@pytest.mark.parametrize("path", ["/toegang/{}/", "/toegang/wachtwoord/"])
def test_the_pages_keep_the_secret_to_themselves(client, secret, path):
    client.post("/toegang/", {"secret": secret})
    response = client.get(path.format(secret))
    assert response["Referrer-Policy"] in ("no-referrer", "strict-origin")  # never the path
    assert response["Cache-Control"] == "no-store"
