"""The outbox: no stored secret, nothing sent twice, an uncertain mail stays uncertain."""

import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend

from scans.models import Invitation, InvitationSecret, OutgoingMail
from scans.rounds import inviting, responding, selectors
from scans.rounds import mail as round_mail
from tests.scans.rounds import world as worlds

pytestmark = [pytest.mark.both, pytest.mark.django_db]


class Server(BaseEmailBackend):
    """A mail server that does what the test says. `error` on handing over, `away` on connecting."""

    error: Exception | None = None
    away = False
    taken = 0

    def open(self):
        if Server.away:
            raise ConnectionRefusedError

    def send_messages(self, messages):
        if Server.error:
            raise Server.error
        Server.taken += len(messages)
        return len(messages)


@pytest.fixture
def server(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Server"
    Server.error, Server.away, Server.taken = None, False, 0
    return Server


def statuses():
    return set(OutgoingMail.objects.values_list("status", flat=True))


def test_everybody_gets_one_mail_with_an_own_link(open_round):
    secrets = worlds.mailed_secrets()
    assert len(set(secrets)) == 18 == len(mail.outbox)
    assert statuses() == {"sent"}
    for message, secret in zip(mail.outbox, secrets, strict=True):
        assert message.to == [responding.find_invitation(secret).person.email]
    assert round_mail.send_waiting() == 0


def test_a_server_that_is_away_leaves_mail_waiting(open_round, server):
    server.away = True
    assert round_mail.send_waiting() == 0
    assert statuses() == {"waiting"} and not InvitationSecret.objects.exists()
    server.away = False
    assert round_mail.send_waiting() == 18


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (smtplib.SMTPRecipientsRefused({"a": (550, b"no")}), "refused"),
        (smtplib.SMTPRecipientsRefused({"a": (450, b"later")}), "waiting"),
        (smtplib.SMTPResponseException(552, b"no"), "refused"),
        (smtplib.SMTPResponseException(451, b"later"), "waiting"),
    ],
)
def test_what_the_server_says_becomes_the_status(open_round, server, error, status):
    server.error = error
    round_mail.send_waiting()
    assert statuses() == {status}


@pytest.mark.parametrize("error", [smtplib.SMTPServerDisconnected("gone"), TimeoutError()])
def test_a_mail_that_breaks_off_is_uncertain_and_the_others_wait(open_round, server, error):
    server.error = error
    round_mail.send_waiting()
    assert sorted(OutgoingMail.objects.values_list("status", flat=True)) == ["uncertain"] + ["waiting"] * 17


def test_a_crash_while_sending_is_uncertain_and_not_repeated(world, open_round, server):
    server.error = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        round_mail.send_waiting()
    server.error = None
    assert round_mail.send_waiting() == 17
    left = OutgoingMail.objects.get(status="uncertain")
    assert round_mail.send_waiting() == 0
    lines = {line.public_id: line.status for line in selectors.address_lines(selectors.invitations_of(open_round))}
    assert lines[left.invitation.public_id] == "onzeker"
    inviting.send_again(world.coordinator, left.invitation)
    assert round_mail.send_waiting() == 1


def test_marking_only_afterwards_would_send_twice(open_round, server, monkeypatch):
    """Negative control: without the mark before handing over, a crash repeats the mail."""
    take = round_mail._take

    def take_without_mark(pk):
        message = take(pk)
        OutgoingMail.objects.filter(pk=pk).update(status="waiting")
        return message

    monkeypatch.setattr(round_mail, "_take", take_without_mark)
    server.error = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        round_mail.send_waiting()
    server.error = None
    round_mail.send_waiting()
    assert server.taken == 18


def test_another_address_in_the_list_does_not_get_the_link(world, open_round):
    """A coordinator who could redirect a link would learn whether somebody has answered."""
    from teams.services import people

    invitation = worlds.invitations(open_round, team="Noord")[0]
    person, was = invitation.person, invitation.person.email
    people.change_person(
        world.coordinator, person, name=person.name, email="ik@aadorp.nl", team=person.team, role=person.role
    )
    inviting.send_again(world.coordinator, invitation)
    worlds.mailed_secrets()
    to = [message.to[0] for message in mail.outbox]
    assert was in to and "ik@aadorp.nl" not in to


def test_a_reminder_is_blind(world, open_round):
    worlds.mailed_secrets()
    answered, quiet, gone = worlds.invitations(open_round, team="Noord")[:3]
    worlds.answer(answered)
    responding.stop_reminders(quiet.public_id)
    inviting.withdraw(world.coordinator, gone)
    mail.outbox.clear()
    inviting.remind(world.coordinator, open_round)
    inviting.remind(world.coordinator, open_round)
    worlds.mailed_secrets()
    to = [message.to[0] for message in mail.outbox]
    assert len(to) == len(set(to)) == 16
    assert answered.person.email in to
    assert quiet.person.email not in to and gone.person.email not in to
    bodies = {
        message.body.replace(message.to[0], "").split("\n", 1)[1].count("Herinnering") for message in mail.outbox
    }
    assert len(bodies) == 1


def test_a_domain_that_is_no_longer_allowed_is_refused(open_round, settings):
    settings.ROUND_MAIL_DOMAINS = ["elders.nl"]
    round_mail.send_waiting()
    assert statuses() == {"refused"} and not mail.outbox and not InvitationSecret.objects.exists()


def test_a_closed_round_mails_nobody(open_round):
    worlds.close(open_round)
    assert round_mail.send_waiting() == 0 and not mail.outbox


def test_a_test_mail_goes_to_oneself_and_opens_nothing(world):
    assert round_mail.send_test(worlds.draft(world), world.coordinator)
    assert [message.to for message in mail.outbox] == [[world.coordinator.email]]
    assert "/uitnodiging/voorbeeld/" in mail.outbox[0].body
    assert not InvitationSecret.objects.exists() and not Invitation.objects.exists()


def test_no_secret_is_stored_anywhere(open_round):
    from django.apps import apps

    secrets = worlds.mailed_secrets()
    rows = [
        str(row)
        for model in apps.get_models()
        if not model._meta.label.startswith(("scans.Question", "scans.AnswerOption", "advice."))
        for row in model.objects.values_list()
    ]
    assert any(responding.hash_secret(secrets[0]) in row for row in rows), "the search must be able to find"
    assert not [row for row in rows if any(secret in row for secret in secrets)]
