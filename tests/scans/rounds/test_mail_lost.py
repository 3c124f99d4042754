"""A mail server that hangs up: only a mail that may have been handed over is uncertain; the others wait."""

from collections import Counter

import pytest

from scans.models import OutgoingMail
from scans.rounds import mail as round_mail
from teams.services import access
from tests.scans.rounds import smtp_server

pytestmark = [pytest.mark.both, pytest.mark.django_db]
EVERYBODY = 18  # in the round of the fixture


def statuses() -> Counter:
    return Counter(OutgoingMail.objects.values_list("status", flat=True))


def test_a_server_that_stays_takes_everything_over_one_connection(open_round, settings):
    with smtp_server.running(settings) as server:
        assert round_mail.send_waiting() == EVERYBODY == len(set(server.took))
    assert statuses() == {"sent": EVERYBODY} and server.connections == 1


@pytest.mark.parametrize(("verb", "says"), [("MAIL", "421 enough, bye"), ("NOOP", "421 enough, bye"), ("NOOP", "")])
def test_who_was_not_offered_yet_waits(open_round, settings, verb, says):
    """Hanging up between two mails, with 421 or without a word, leaves nobody uncertain."""
    with smtp_server.running(settings, most=3, hangs_up_at=verb, says=says) as server:
        sent = round_mail.send_waiting()
        assert sent == len(set(server.took)) > 3
        assert statuses() == {"sent": sent, "waiting": EVERYBODY - sent} and sent < EVERYBODY
        while round_mail.send_waiting():  # the next ticks send the rest
            pass
        assert sorted(server.took) == sorted(set(server.took))
    assert statuses() == {"sent": EVERYBODY}


def test_a_mail_that_broke_off_halfway_is_the_only_uncertain_one(open_round, settings):
    with smtp_server.running(settings, most=3, hangs_up_at=".") as server:
        assert round_mail.send_waiting() == 3 == len(server.took)
        assert statuses() == {"sent": 3, "uncertain": 1, "waiting": EVERYBODY - 4}
        assert server.connections == 1


def test_without_asking_whether_the_server_is_there_a_mail_that_was_never_offered_is_uncertain(
    open_round, settings, monkeypatch
):
    """Negative control: Django goes on with the dead connection."""
    monkeypatch.setattr(round_mail, "_is_there", lambda server: True)
    with smtp_server.running(settings, most=3, says="421 enough, bye") as server:
        round_mail.send_waiting()
    assert statuses()["uncertain"] == 1 and len(server.took) == 3


def test_one_address_that_makes_the_server_hang_up_does_not_hold_up_the_others(open_round, settings):
    first = OutgoingMail.objects.order_by("pk").first().invitation
    with smtp_server.running(settings, refuses=first.email) as server:
        assert round_mail.send_waiting() == EVERYBODY - 1
    assert statuses() == {"sent": EVERYBODY - 1, "waiting": 1} and first.email not in server.took


def test_staff_mail_has_a_connection_for_each(open_round, settings):
    """So a server that hangs up after every mail loses nothing."""
    municipality = open_round.municipality
    for number in range(4):
        municipality.users.create(email=f"iemand-{number}@aadorp.nl", password="!")
        access.ask_new_password(f"iemand-{number}@aadorp.nl")
    with smtp_server.running(settings, most=1, says="421 enough, bye") as server:
        assert access.send_access_mails() == 4 == len(set(server.took)) == server.connections
