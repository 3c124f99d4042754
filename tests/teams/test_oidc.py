"""Login through the own organisation, against a provider program on this machine."""

import urllib.error
import urllib.request
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.urls import reverse

from teams.models import User
from teams.services import access, colleagues
from tests.database import tables_with
from tests.teams.conftest import with_second_factor
from tests.teams.oidc_provider import CLIENT, SECRET, running_provider
from tests.teams.test_links import secret_in

pytestmark = [pytest.mark.both, pytest.mark.django_db]
BEGIN, BACK = "/inloggen/organisatie/", "/inloggen/organisatie/terug/"


@pytest.fixture(scope="module")
def program():
    with running_provider() as provider:
        yield provider


@pytest.fixture
def provider(program, settings):
    settings.OIDC_SERVER, settings.OIDC_NAME = program.url, "Aadorp"
    settings.OIDC_DOMAINS, settings.OIDC_TRUST_EMAIL = ["aadorp.nl"], False
    app = {
        "provider_id": "organisatie", "name": "Aadorp", "client_id": CLIENT, "secret": SECRET,
        "settings": {"server_url": program.url},
    }  # fmt: skip
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    return program


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


def there_and_back(client, path=BEGIN):
    """Off to the provider and back, as a browser would go."""
    away = client.get(path)
    assert away.status_code == 302, away.content.decode()
    try:
        urllib.request.build_opener(NoRedirect).open(away["Location"], timeout=10)
    except urllib.error.HTTPError as redirect:
        back = urlsplit(redirect.headers["Location"])
        redirect.close()
    assert back.path == BACK
    return client.get(f"{back.path}?{back.query}")


def person(email="coordinator@aadorp.nl", sub="1", verified=True):
    return {"sub": sub, "email": email, "email_verified": verified, "name": "Iemand Anders"}


def is_refused(response, client) -> bool:
    return response.status_code == 401 and SESSION_KEY not in client.session


def test_the_login_page_offers_it_as_a_link(client, provider, own):
    page = client.get("/inloggen/").content.decode()
    assert f'href="{BEGIN}"' in page and "Log in met Aadorp" in page


def test_without_a_provider_there_is_nothing(client, own):
    assert "organisatie/" not in client.get("/inloggen/").content.decode()
    assert client.get(BEGIN).status_code == 404 and client.get(BACK).status_code == 404


def test_the_address_asks_for_a_code_with_state_and_pkce(client, provider):
    asked = parse_qs(urlsplit(client.get(BEGIN)["Location"]).query)
    assert asked["response_type"] == ["code"] and asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == [f"http://testserver{BACK}"] and len(asked["state"][0]) >= 16


def test_a_known_verified_address_gets_in(client, provider, own):
    provider.say(**person())
    assert there_and_back(client)["Location"] == "/gemeente/"
    assert client.get("/gemeente/").status_code == 200
    assert SocialAccount.objects.get().user == own.coordinator
    own.coordinator.refresh_from_db()
    assert own.coordinator.has_usable_password()  # the other way in stays


def test_nothing_of_what_the_provider_says_is_kept_but_the_subject(client, provider, own):
    for _ in range(2):
        provider.say(**person(sub="subject-1"))
        there_and_back(client)
        client.post("/uitloggen/")
    assert tables_with("Iemand Anders") == set()
    assert tables_with("subject-1") == {"socialaccount_socialaccount"}
    assert not SocialToken.objects.exists()


def test_the_own_organisation_asks_for_the_second_factor(client, provider, own, settings):
    settings.STAFF_NEEDS_TOTP = True
    provider.say(**person())
    there_and_back(client)
    assert client.get("/gemeente/").status_code == 200
    assert "Je logt in via je organisatie" in client.get("/account/").content.decode()


def test_an_account_with_a_code_of_its_own_is_still_asked_for_it(client, provider, own):
    with_second_factor(own.coordinator)
    provider.say(**person())
    assert there_and_back(client)["Location"] == "/inloggen/code/"
    assert SESSION_KEY not in client.session


def test_it_leaves_a_scan_behind_and_gets_a_new_session(client, provider, own, content):
    client.post(reverse("start"), {"role": "client_manager"})
    before = client.session.session_key
    provider.say(**person())
    there_and_back(client)
    assert "scan" not in client.session and client.session.session_key != before and SESSION_KEY in client.session


@pytest.mark.parametrize(
    "who",
    [
        person("niemand@aadorp.nl"),
        person("coordinator@beedorp.nl"),
        person(verified=False),
        person(verified="true"),
        person("COORDINATOR@aadorp.nl.evil.nl"),
        {"sub": "1", "email_verified": True},
        {"sub": "1", "email": "coordinator@aadorp.nl"},
        {"email": "coordinator@aadorp.nl", "email_verified": True, "sub": None},
    ],
)
def test_everybody_else_gets_one_and_the_same_page(client, provider, own, foreign, who):
    provider.say(**who)
    response = there_and_back(client)
    assert is_refused(response, client) and "Inloggen lukt niet" in response.content.decode()
    assert User.objects.count() == 6 and not SocialAccount.objects.exists()


def test_a_provider_that_sends_no_verified_flag_can_be_trusted_by_setting(client, provider, own, settings):
    settings.OIDC_TRUST_EMAIL = True
    provider.say(sub="1", email="Coordinator@Aadorp.nl")
    assert there_and_back(client)["Location"] == "/gemeente/"


def test_without_the_list_of_domains_a_provider_would_open_another_municipality(
    client, provider, own, foreign, settings
):
    provider.say(**person("coordinator@beedorp.nl"))
    assert is_refused(there_and_back(client), client)
    settings.OIDC_DOMAINS = ["aadorp.nl", "beedorp.nl"]
    assert there_and_back(client)["Location"] == "/gemeente/"


def test_a_disabled_account_stays_out_also_when_it_was_tied_before(client, provider, own):
    provider.say(**person())
    there_and_back(client)
    colleagues.disable_user(own.coordinator, by="command-line")
    other = client.__class__()
    assert is_refused(there_and_back(other), other)


def test_somebody_else_who_gets_the_address_later_does_not_get_the_account(client, provider, own):
    provider.say(**person(sub="1"))
    there_and_back(client)
    client.post("/uitloggen/")
    provider.say(**person(sub="2"))
    assert is_refused(there_and_back(client), client)
    colleagues.reset_colleague(own.second, own.coordinator)  # unties it on purpose
    assert there_and_back(client)["Location"] == "/gemeente/"


def test_a_subject_keeps_its_account_when_its_address_changes(client, provider, own):
    provider.say(**person(sub="1"))
    there_and_back(client)
    client.post("/uitloggen/")
    provider.say(**person(sub="1", email="anders@aadorp.nl"))
    assert there_and_back(client)["Location"] == "/gemeente/"


def test_what_is_said_about_another_subject_counts_for_nothing(client, provider, own):
    provider.control(id_token={"sub": "1"}, userinfo=person(sub="2"))
    assert is_refused(there_and_back(client), client)


@pytest.mark.parametrize("lie", [{"issuer": "http://evil.nl"}, {"audience": "another app"}])
def test_a_token_of_another_issuer_or_for_another_app_is_refused(client, provider, own, lie):
    provider.control(id_token={"sub": "1"}, userinfo=person(), **lie)
    assert is_refused(there_and_back(client), client)


def test_an_expired_token_is_refused(client, provider, own):
    provider.control(id_token={"sub": "1", "exp": 1}, userinfo=person())
    assert is_refused(there_and_back(client), client)


def test_an_answer_without_our_state_is_refused(client, provider, own):
    provider.say(**person())
    for query in ("?code=x&state=y", "?code=x", "", "?state=y"):
        assert is_refused(client.get(BACK + query), client)


def test_the_answer_works_once_and_in_the_own_browser_only(client, provider, own):
    provider.say(**person())
    away = client.get(BEGIN)["Location"]
    try:
        urllib.request.build_opener(NoRedirect).open(away, timeout=10)
    except urllib.error.HTTPError as redirect:
        back = urlsplit(redirect.headers["Location"])
        redirect.close()
    address = f"{back.path}?{back.query}"
    other = client.__class__()
    assert is_refused(other.get(address), other)
    assert client.get(address).status_code == 302
    client.post("/uitloggen/")
    assert is_refused(client.get(address), client)


def test_saying_no_there_leads_to_a_page_here(client, provider, own):
    provider.control(error="access_denied")
    response = there_and_back(client)
    assert response["Location"] == "/inloggen/organisatie/gestopt/"
    assert client.get(response["Location"]).status_code == 401
    provider.control(error="server_error")
    assert is_refused(there_and_back(client), client)


@pytest.mark.parametrize("process", ["connect", "redirect"])
def test_nobody_ties_a_login_to_an_account_from_inside(coordinator, provider, own, process):
    provider.say(**person("manager@aadorp.nl"))
    assert there_and_back(coordinator, f"{BEGIN}?process={process}").status_code == 401
    assert not SocialAccount.objects.exists()


def test_a_provider_that_is_away_gives_a_page_and_no_error(client, settings, provider):
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = "http://127.0.0.1:9"
    response = client.get(BEGIN)
    assert response.status_code == 503 and "antwoordt niet" in response.content.decode()


def test_somebody_invited_can_do_without_a_password(client, provider, own):
    access.invite_colleague(
        own.coordinator, name="Nieuw", email="nieuw@aadorp.nl", is_coordinator=False, is_manager=True
    )
    provider.say(**person("nieuw@aadorp.nl", sub="9"))
    assert is_refused(there_and_back(client), client)  # the mailed link comes first
    access.send_access_mails()
    client.post("/toegang/", {"secret": secret_in(mail.outbox[-1])})
    assert "via mijn organisatie" in client.get("/toegang/wachtwoord/").content.decode()
    client.post("/toegang/wachtwoord/", {"organisation": "1"})
    assert not User.objects.get(email="nieuw@aadorp.nl").has_usable_password()
    assert there_and_back(client)["Location"] == "/gemeente/"
    assert client.get("/account/wachtwoord/").status_code == 404


def test_that_is_not_offered_to_an_address_the_provider_does_not_speak_for(client, provider, own):
    access.invite_colleague(own.coordinator, name="x", email="x@elders.nl", is_coordinator=False, is_manager=True)
    access.send_access_mails()
    client.post("/toegang/", {"secret": secret_in(mail.outbox[-1])})
    assert "via mijn organisatie" not in client.get("/toegang/wachtwoord/").content.decode()
    client.post("/toegang/wachtwoord/", {"organisation": "1"})
    assert not User.objects.filter(email="x@elders.nl").exists()
