"""Mail to staff: never from a transaction that may be rolled back, and nothing twice after a crash."""

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection, transaction
from django.urls import reverse

from teams.models import AccountInvitation, PasswordLink, PasswordRequest
from teams.services import access, colleagues
from tests.teams.conftest import with_second_factor
from tests.teams.test_links import choose, secret_in

pytestmark = [pytest.mark.both, pytest.mark.django_db]


class Crash(BaseException):
    """The process is gone."""


@pytest.fixture
def asked(own):
    """Two mails that wait: an invitation and a forgotten password."""
    access.invite_colleague(
        own.coordinator, name="Nieuw", email="nieuw@aadorp.nl", is_coordinator=False, is_manager=True
    )
    access.ask_new_password(own.manager.email)


def test_a_crash_right_after_a_mail_went_out_does_not_send_it_again(asked, monkeypatch):
    real = mail.EmailMessage.send

    def send_and_die(message, *args, **kwargs):
        real(message, *args, **kwargs)
        raise Crash

    monkeypatch.setattr(mail.EmailMessage, "send", send_and_die)
    for _ in range(2):
        with pytest.raises(Crash):
            access.send_access_mails()
    monkeypatch.setattr(mail.EmailMessage, "send", real)
    assert access.send_access_mails() == 0
    assert sorted(message.to[0] for message in mail.outbox) == ["manager@aadorp.nl", "nieuw@aadorp.nl"]


def test_handed_over_before_the_commit_it_would_go_out_twice(asked, monkeypatch):
    """Negative control: one transaction around taking and sending."""
    real = mail.EmailMessage.send
    monkeypatch.setattr(mail.EmailMessage, "send", lambda message: (real(message), (_ for _ in ()).throw(Crash)))
    invitation = AccountInvitation.objects.get()
    for _ in range(2):
        with pytest.raises(Crash), transaction.atomic():
            access._send(access._take_invitation.__wrapped__(invitation.pk, invitation.expires_at))
    assert len(mail.outbox) == 2


def test_the_mail_that_went_out_before_a_crash_works(client, asked, monkeypatch):
    real = mail.EmailMessage.send
    monkeypatch.setattr(mail.EmailMessage, "send", lambda message: (real(message), (_ for _ in ()).throw(Crash)))
    with pytest.raises(Crash):
        access.send_access_mails()
    assert choose(client, secret_in(mail.outbox[0])).status_code == 302


def test_a_mail_is_handed_over_outside_any_transaction_of_its_own(asked, monkeypatch):
    depths, real = [], mail.EmailMessage.send

    def send(message, *args, **kwargs):
        depths.append(len(connection.atomic_blocks))
        return real(message, *args, **kwargs)

    monkeypatch.setattr(mail.EmailMessage, "send", send)
    outside = len(connection.atomic_blocks)
    assert access.send_access_mails() == 2
    assert depths == [outside] * 2


def test_nobody_can_send_from_inside_a_transaction(asked):
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        access.send_access_mails()
    assert mail.outbox == []


def test_what_is_rolled_back_while_it_is_taken_was_not_mailed(asked, monkeypatch):
    def dies(*args):
        raise Crash

    monkeypatch.setattr("teams.services.access.mails.invitation", dies)
    with pytest.raises(Crash):
        access.send_access_mails()
    assert mail.outbox == [] and AccountInvitation.objects.get().secret_hash is None


def test_a_server_that_is_away_leaves_everything_asked_for(asked, monkeypatch):
    real = mail.EmailMessage.send

    def away(message):
        raise OSError("the server is away")

    monkeypatch.setattr(mail.EmailMessage, "send", away)
    assert access.send_access_mails() == 0
    assert AccountInvitation.objects.filter(mail_asked=True).exists() and PasswordRequest.objects.exists()
    assert not PasswordLink.objects.exists()
    monkeypatch.setattr(mail.EmailMessage, "send", real)
    assert access.send_access_mails() == 2


# --- a second step that was reset ----------------------------------------------------------------------------


def by_the_other_coordinator(own):
    colleagues.reset_colleague(own.coordinator, own.second)


def by_the_command_line(own):
    call_command("reset_totp", "--email", own.second.email)


@pytest.mark.parametrize("reset", [by_the_other_coordinator, by_the_command_line])
def test_the_owner_hears_that_the_second_step_was_reset(own, reset, django_capture_on_commit_callbacks, capsys):
    with_second_factor(own.second)
    with django_capture_on_commit_callbacks(execute=True):
        reset(own)
        assert mail.outbox == [], "not before the commit"
    (message,) = mail.outbox
    assert message.to == [own.second.email] and message.subject == "Je tweede stap is gewist"
    assert reverse("account_login") in message.body and own.coordinator.email not in message.body


def test_a_reset_that_is_rolled_back_mails_nobody(own, django_capture_on_commit_callbacks):
    with_second_factor(own.second)
    with django_capture_on_commit_callbacks(execute=True) as waiting, pytest.raises(Crash), transaction.atomic():
        colleagues.reset_colleague(own.coordinator, own.second)
        raise Crash
    assert (waiting, mail.outbox) == ([], [])


def test_without_waiting_for_the_commit_it_would_be_mailed(own, monkeypatch):
    monkeypatch.setattr("teams.services.colleagues.transaction.on_commit", lambda tell: tell())
    with pytest.raises(Crash), transaction.atomic():
        colleagues.reset_colleague(own.coordinator, own.second)
        raise Crash
    assert len(mail.outbox) == 1


def test_a_mail_server_that_is_away_does_not_undo_the_reset(
    own, django_capture_on_commit_callbacks, monkeypatch, caplog
):
    def away(message):
        raise OSError(f"no route to {own.second.email}")

    with_second_factor(own.second)
    monkeypatch.setattr(mail.EmailMessage, "send", away)
    with django_capture_on_commit_callbacks(execute=True):
        colleagues.reset_colleague(own.coordinator, own.second)
    assert not own.second.authenticator_set.exists()
    assert "was not accepted" in caplog.text and own.second.email not in caplog.text
