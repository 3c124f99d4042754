"""The second factor: asked for, set up, guarded against guessing and replay, lost and reset."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY

from teams.models import User
from tests.database import tables_with
from tests.teams.conftest import PASSWORD, code, with_second_factor

pytestmark = [pytest.mark.both, pytest.mark.django_db]
CODE = "/inloggen/code/"


@pytest.fixture
def secret(own) -> str:
    return with_second_factor(own.coordinator)


@pytest.fixture
def half_way(client, own, secret):
    """The password was right; the code is still to come."""
    response = client.post("/inloggen/", {"login": own.coordinator.email, "password": PASSWORD})
    assert response["Location"] == CODE
    return client


def test_the_right_code_lets_in(half_way, secret):
    assert half_way.post(CODE, {"code": code(secret)})["Location"] == "/gemeente/"
    assert half_way.get("/gemeente/").status_code == 200


def test_a_password_alone_opens_nothing(half_way):
    assert SESSION_KEY not in half_way.session
    assert half_way.get("/gemeente/").status_code == 302


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_clock_may_differ_half_a_minute(half_way, secret, steps):
    assert half_way.post(CODE, {"code": code(secret, steps=steps)}).status_code == 302


@pytest.mark.parametrize("steps", [-3, 3])
def test_an_older_or_later_code_is_refused(half_way, secret, steps):
    assert "Deze code klopt niet" in half_way.post(CODE, {"code": code(secret, steps=steps)}).content.decode()


def test_a_code_works_once_also_in_another_process(own, secret, half_way, log_in, client):
    used = code(secret)
    assert half_way.post(CODE, {"code": used}).status_code == 302
    from django.core.cache import cache

    cache.clear()  # what one process remembers, another does not
    other = client.__class__()
    other.post("/inloggen/", {"login": own.coordinator.email, "password": PASSWORD})
    assert "al gebruikt" in other.post(CODE, {"code": used}).content.decode()
    assert SESSION_KEY not in other.session


def test_after_ten_wrong_codes_even_the_right_one_is_refused(half_way, secret):
    for _ in range(10):
        assert "klopt niet" in half_way.post(CODE, {"code": "000000"}).content.decode()
    assert "Wacht tien minuten" in half_way.post(CODE, {"code": code(secret)}).content.decode()
    assert SESSION_KEY not in half_way.session


def test_nine_wrong_codes_are_forgiven(half_way, secret):
    for _ in range(9):
        half_way.post(CODE, {"code": "000000"})
    assert half_way.post(CODE, {"code": code(secret)}).status_code == 302


def test_wrong_codes_of_one_account_do_not_keep_out_another(half_way, own, log_in):
    for _ in range(12):
        half_way.post(CODE, {"code": "000000"})
    other = with_second_factor(own.second)
    assert log_in(own.second, other).get("/gemeente/").status_code == 200


# --- setting up ------------------------------------------------------------------------------------------


@pytest.fixture
def required(settings):
    settings.STAFF_NEEDS_TOTP = True


@pytest.mark.parametrize("path", ["/gemeente/", "/gemeente/mensen/", "/account/", "/account/wachtwoord/"])
def test_where_it_is_required_nothing_opens_before_it_is_set_up(required, coordinator, path):
    assert coordinator.get(path)["Location"] == "/account/code/"


def test_without_the_setting_staff_can_go_on_without(coordinator):
    assert coordinator.get("/gemeente/").status_code == 200


def set_up(client) -> tuple[str, object]:
    page = client.get("/account/code/").content.decode()
    secret = re.search(r'<code class="secret">([A-Z2-7]+)</code>', page)[1]
    return secret, client.post("/account/code/", {"code": code(secret)})


def test_setting_up_shows_a_code_to_scan_and_then_the_recovery_codes(required, coordinator, own):
    page = coordinator.get("/account/code/").content.decode()
    assert '<svg class="qr" viewBox=' in page and "style=" not in page and "data:" not in page
    _, response = set_up(coordinator)
    assert response["Location"] == "/account/herstelcodes/"
    shown = coordinator.get(response["Location"]).content.decode()
    assert len(re.findall(r"<li><code>\d{10}</code>", shown)) == 10
    assert coordinator.get("/gemeente/").status_code == 200
    assert Authenticator.objects.filter(user=own.coordinator).count() == 2


def test_a_wrong_code_sets_up_nothing(required, coordinator, own):
    coordinator.get("/account/code/")
    assert "klopt niet" in coordinator.post("/account/code/", {"code": "000000"}).content.decode()
    assert not Authenticator.objects.filter(user=own.coordinator).exists()


def test_the_secret_is_not_in_the_database_as_it_is(coordinator, own):
    secret, _ = set_up(coordinator)
    assert tables_with(secret) == set()
    stored = Authenticator.objects.get(user=own.coordinator, type="totp")
    assert stored.data["secret"] != secret


def test_without_our_adapter_the_secret_would_be_there(coordinator, own, monkeypatch):
    monkeypatch.setattr("teams.adapters.SecondFactorAdapter.encrypt", lambda self, text: text)
    secret, _ = set_up(coordinator)
    assert "mfa_authenticator" in tables_with(secret)


def test_recovery_codes_are_shown_until_they_are_kept_and_work_once(client, own, log_in):
    logged_in = log_in(own.coordinator)
    set_up(logged_in)
    codes = re.findall(r"<code>(\d{10})</code>", logged_in.get("/account/herstelcodes/").content.decode())
    logged_in.post("/account/herstelcodes/bewaard/")
    assert codes[0] not in logged_in.get("/account/herstelcodes/").content.decode()
    for expected in (302, 200):  # the second time it is no longer right
        client.post("/uitloggen/")
        client.post("/inloggen/", {"login": own.coordinator.email, "password": PASSWORD})
        assert client.post(CODE, {"code": codes[0]}).status_code == expected
    client.post(CODE, {"code": codes[1]})
    assert "nog 8 herstelcodes" in client.get("/account/").content.decode()


def test_new_recovery_codes_end_the_old_ones(coordinator, own):
    set_up(coordinator)
    old = re.findall(r"<code>(\d{10})</code>", coordinator.get("/account/herstelcodes/").content.decode())
    coordinator.post("/account/herstelcodes/nieuw/")
    new = re.findall(r"<code>(\d{10})</code>", coordinator.get("/account/herstelcodes/").content.decode())
    assert len(new) == 10 and not set(old) & set(new)


def test_reading_the_codes_changes_nothing(coordinator, own):
    set_up(coordinator)
    before = list(Authenticator.objects.order_by("pk").values())
    coordinator.get("/account/herstelcodes/")
    assert list(Authenticator.objects.order_by("pk").values()) == before


def test_somebody_without_a_second_factor_has_no_codes(coordinator):
    assert coordinator.get("/account/herstelcodes/").status_code == 404
    assert coordinator.post("/account/herstelcodes/nieuw/").status_code == 404
    assert coordinator.post("/account/herstelcodes/bewaard/").status_code == 404


def test_another_phone_wipes_the_old_one_and_asks_for_the_new(required, own, secret, log_in):
    client = log_in(own.coordinator, secret)
    assert client.get("/account/code/wissen/").status_code == 200
    assert client.post("/account/code/wissen/")["Location"] == "/account/"
    assert client.get("/account/")["Location"] == "/account/code/"
    assert not Authenticator.objects.filter(user=own.coordinator, type="totp").exists()


def later(monkeypatch, seconds):
    import time

    now = time.time() + seconds
    monkeypatch.setattr("teams.adapters.time.time", lambda: now)


@pytest.mark.parametrize(
    ("method", "path"),
    [("get", "/account/herstelcodes/"), ("post", "/account/herstelcodes/nieuw/"), ("get", "/account/code/wissen/"),
     ("get", "/account/wachtwoord/"), ("post", "/account/wachtwoord/"), ("get", "/gemeente/collega/uitnodigen/")],
)  # fmt: skip
def test_after_five_minutes_delicate_things_ask_who_you_are(own, secret, log_in, monkeypatch, method, path):
    client = log_in(own.coordinator, secret)
    later(monkeypatch, 301)
    response = getattr(client, method)(path)
    assert response.status_code == 302 and response["Location"].startswith("/inloggen/wachtwoord/")


def test_the_password_again_leads_on(own, secret, log_in, monkeypatch):
    client = log_in(own.coordinator, secret)
    later(monkeypatch, 301)
    ask = client.get("/account/herstelcodes/nieuw/")  # GET: not for reading
    assert ask.status_code == 405
    ask = client.get("/account/code/wissen/")["Location"]
    assert client.post(ask, {"password": "niet goed, dit wachtwoord"}).status_code == 200
    assert client.post(ask, {"password": PASSWORD})["Location"] == "/account/code/wissen/"


def test_a_code_again_does_as_well(own, secret, log_in, monkeypatch):
    client = log_in(own.coordinator, secret)
    later(monkeypatch, 301)
    assert client.get("/inloggen/nog-een-code/").status_code == 200
    assert client.post("/inloggen/nog-een-code/", {"code": "123"}).status_code == 200
    answer = client.post(
        "/inloggen/nog-een-code/?next=/account/", {"code": code(secret, steps=1), "next": "/account/"}
    )
    assert answer["Location"] == "/account/"


def test_changing_the_password_ends_the_other_sessions(own, log_in):
    here, elsewhere = log_in(own.coordinator), log_in(own.coordinator, client=type(log_in(own.manager))())
    new = "een nieuw en lang wachtwoord"
    assert here.post("/account/wachtwoord/", {"password": new, "again": new})["Location"] == "/account/"
    assert here.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302
    assert User.objects.get(pk=own.coordinator.pk).check_password(new)


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [("kort", "kort", "tekens"), ("qwerty123456", "qwerty123456", "algemeen|vaak"),
     ("een lang genoeg woord", "een ander lang woord", "niet hetzelfde"), ("", "", "Kies een wachtwoord")],
)  # fmt: skip
def test_a_weak_or_different_password_is_refused(coordinator, own, password, again, said):
    page = coordinator.post("/account/wachtwoord/", {"password": password, "again": again}).content.decode()
    assert re.search(said, page), page
    assert User.objects.get(pk=own.coordinator.pk).check_password(PASSWORD)
