"""The same person in the same browser, as staff and as respondent: never in one session."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.urls import reverse

from scans import services
from tests.scans.rounds import world as worlds

pytestmark = [pytest.mark.both, pytest.mark.django_db]
RESPONDENT = {"scan", "questionnaire", "round", "invitation", "my_list"}
PASSWORD = "correct paard batterij"


@pytest.fixture
def acts(world, open_round, scan):
    """Everything that begins one of the two lives, by name."""
    invited, resumed = worlds.mailed_secrets()[0], services.make_resume_link(scan.pk)

    def log_in(client):
        client.post(reverse("account_login"), {"login": world.coordinator.email, "password": PASSWORD})

    def open_invitation(client):
        client.post(reverse("open_invitation"), {"secret": invited})

    def begin_round(client):
        open_invitation(client)
        client.post(reverse("begin_round"))

    def begin_alone(client):
        client.post(reverse("start"), {"role": "manager"})

    def resume(client):
        client.post(reverse("open_link"), {"secret": resumed})

    found = (log_in, open_invitation, begin_round, begin_alone, resume)
    return {act.__name__: act for act in found}


def rows() -> list[set[str]]:
    return [set(one.get_decoded()) for one in Session.objects.all()]


def mixed() -> list[set[str]]:
    """Sessions in the database in which the two lives meet."""
    return [keys for keys in rows() if SESSION_KEY in keys and keys & RESPONDENT]


RESPONDING = ["open_invitation", "begin_round", "begin_alone", "resume"]


@pytest.mark.parametrize("act", RESPONDING)
def test_whoever_begins_to_answer_is_logged_out(client, acts, act):
    acts["log_in"](client)
    staff = client.session.session_key
    assert SESSION_KEY in client.session
    acts[act](client)
    assert RESPONDENT & set(client.session.keys()) and SESSION_KEY not in client.session
    assert not Session.objects.filter(pk=staff).exists() and mixed() == []
    assert client.get(reverse("rounds")).status_code == 302


@pytest.mark.parametrize("act", RESPONDING)
def test_whoever_logs_in_leaves_the_answers_behind(client, acts, act):
    acts[act](client)
    respondent = client.session.session_key
    assert RESPONDENT & set(client.session.keys())
    acts["log_in"](client)
    assert SESSION_KEY in client.session and not RESPONDENT & set(client.session.keys())
    assert not Session.objects.filter(pk=respondent).exists() and mixed() == []
    for name in ("continue", "round_before", "result"):
        assert client.get(reverse(name)).status_code == 404, name


def test_a_coordinator_who_only_looks_at_a_mailed_link_stays_logged_in(client, acts, open_round):
    acts["log_in"](client)
    assert client.get(reverse("round_invitation", args=[worlds.mailed_secrets()[0]])).status_code == 200
    assert client.get(reverse("rounds")).status_code == 200 and mixed() == []


def test_the_staff_log_knows_nothing_of_the_answering(client, acts, caplog):
    acts["log_in"](client)
    caplog.clear()
    acts["begin_round"](client)
    assert not [record for record in caplog.records if record.name == "quickscan.staff"]


@pytest.mark.parametrize("act", RESPONDING)
def test_without_the_fresh_session_the_two_would_meet(client, acts, act, monkeypatch):
    monkeypatch.setattr("quickscan.sessions.SessionStore.flush", lambda self: None, raising=False)
    acts["log_in"](client)
    acts[act](client)
    assert mixed()


def test_without_the_adapter_of_the_login_the_two_would_meet(client, acts, monkeypatch):
    monkeypatch.setattr("teams.sessions.keep_only_login", lambda request: None)
    acts["open_invitation"](client)
    acts["log_in"](client)
    assert mixed()
