"""Logging in with e-mail and password: who may, what a login leaves behind, and what a failure tells."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.urls import reverse

from scans import services
from tests.teams.conftest import PASSWORD, with_second_factor

pytestmark = [pytest.mark.both, pytest.mark.django_db]
LOGIN = "/inloggen/"


def test_a_coordinator_logs_in_and_sees_the_own_municipality(client, own):
    response = client.post(LOGIN, {"login": "COORDINATOR@aadorp.nl", "password": PASSWORD}, follow=True)
    assert response.redirect_chain == [("/gemeente/", 302)]
    assert "Aadorp" in response.content.decode()


def test_a_staff_page_asks_for_a_login_and_leads_back(client, own):
    response = client.get("/gemeente/mensen/")
    assert response["Location"] == "/inloggen/?next=/gemeente/mensen/"
    page = client.get(response["Location"]).content.decode()
    assert 'name="next" value="/gemeente/mensen/"' in page
    fields = {"login": own.coordinator.email, "password": PASSWORD, "next": "/gemeente/mensen/"}
    assert client.post(LOGIN, fields)["Location"] == "/gemeente/mensen/"


@pytest.mark.parametrize("elsewhere", ["https://evil.nl/", "//evil.nl", "javascript:alert(1)", "/\\evil.nl"])
def test_a_login_never_leads_to_another_site(client, own, elsewhere):
    fields = {"login": own.coordinator.email, "password": PASSWORD, "next": elsewhere}
    assert client.post(LOGIN, fields)["Location"] == "/gemeente/"


def refusal(client, email, password="een heel ander wachtwoord"):
    response = client.post(LOGIN, {"login": email, "password": password})
    page = response.content.decode()
    return response.status_code, page[page.index("<main") :].replace(email, "…").split("csrfmiddlewaretoken")[0]


def test_unknown_disabled_and_wrong_get_one_and_the_same_answer(client, own):
    own.second.is_active = False
    own.second.save()
    wrong = refusal(client, own.coordinator.email)
    assert "horen niet bij elkaar" in wrong[1]
    assert refusal(client, "niemand@aadorp.nl") == wrong
    assert refusal(client, own.second.email, PASSWORD) == wrong
    assert SESSION_KEY not in client.session


def test_a_login_gets_a_new_session_and_the_old_id_is_dead(client, own, log_in):
    client.get("/rol/")
    before = client.session.session_key
    assert before
    log_in(own.coordinator, client=client)
    assert client.session.session_key != before
    assert not Session.objects.filter(pk=before).exists()


def test_logging_in_leaves_a_scan_behind(client, own, content, log_in):
    client.post(reverse("start"), {"role": "client_manager"})
    assert "scan" in client.session and client.get("/scan/stap/1/").status_code == 200
    before = client.session.session_key
    log_in(own.coordinator, client=client)
    assert "scan" not in client.session and "questionnaire" not in client.session
    assert SESSION_KEY in client.session
    assert not Session.objects.filter(pk=before).exists()
    assert client.get("/scan/stap/1/").status_code == 404


def test_a_scan_is_left_behind_already_before_the_code(client, own, content, log_in):
    with_second_factor(own.coordinator)
    client.post(reverse("start"), {"role": "client_manager"})
    log_in(own.coordinator, client=client)
    assert "scan" not in client.session and SESSION_KEY not in client.session


def test_beginning_a_scan_ends_the_staff_session(coordinator, content):
    coordinator.post(reverse("start"), {"role": "client_manager"})
    assert "scan" in coordinator.session and SESSION_KEY not in coordinator.session
    assert coordinator.get("/gemeente/").status_code == 302


def test_opening_a_personal_link_ends_the_staff_session(coordinator, scan):
    coordinator.post(reverse("open_link"), {"secret": services.make_resume_link(scan.pk)})
    assert "scan" in coordinator.session and SESSION_KEY not in coordinator.session


def test_without_our_adapter_a_scan_would_come_along(client, own, content, log_in, monkeypatch):
    monkeypatch.setattr("teams.sessions.keep_only_login", lambda request: None)
    client.post(reverse("start"), {"role": "client_manager"})
    log_in(own.coordinator, client=client)
    assert "scan" in client.session and SESSION_KEY in client.session


def test_logging_out_asks_first_and_then_ends_the_session(coordinator):
    key = coordinator.session.session_key
    assert coordinator.get("/uitloggen/").status_code == 200
    assert coordinator.get("/gemeente/").status_code == 200
    assert coordinator.post("/uitloggen/").status_code == 302
    assert not Session.objects.filter(pk=key).exists()
    assert coordinator.get("/gemeente/").status_code == 302


@pytest.mark.parametrize(
    "path",
    ["/accounts/signup/", "/signup/", "/inloggen/signup/", "/accounts/login/", "/accounts/email/",
     "/accounts/password/reset/", "/accounts/3rdparty/", "/account/email/", "/inloggen/aanmelden/"],
)  # fmt: skip
def test_nobody_signs_up_and_other_pages_of_allauth_do_not_exist(client, own, path):
    assert client.get(path).status_code == 404


def test_no_page_says_which_address_has_an_account(client, own):
    assert own.coordinator.email not in client.get(LOGIN).content.decode()


def test_the_staff_log_knows_a_login_by_its_public_id(client, own, log_in, staff_lines):
    refusal(client, own.coordinator.email)
    log_in(own.coordinator)
    assert staff_lines == ["somebody login_failed ", f"{own.coordinator.public_id} login "]
    assert not any("@" in line or PASSWORD in line for line in staff_lines)
