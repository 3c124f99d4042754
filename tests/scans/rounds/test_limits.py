"""Each act of a coordinator or an invited person says its limits, and keeps to them."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from scans.models import OutgoingMail
from scans.rounds import inviting, opening, responding, setup
from tests.scans.rounds import world as worlds
from tests.scans.rounds.test_pages import enter, form, open_invitation, secret_of

pytestmark = [pytest.mark.both, pytest.mark.django_db]


@pytest.fixture
def as_coordinator(client, world):
    return enter(client, world.coordinator)


def dutch(day) -> str:
    from django.utils.formats import date_format

    return date_format(day, "j F Y")


def test_extending_says_the_last_day_and_takes_it_and_no_later(as_coordinator, world, open_round):
    address = reverse("extend_round", args=[open_round.public_id])
    latest = setup.latest_day(open_round.opened_on)
    assert dutch(latest) in as_coordinator.get(address).content.decode()
    for day in (latest + timedelta(days=1), worlds.in_days(13), worlds.in_days(1)):  # too late, the same, earlier
        assert "field--invalid" in as_coordinator.post(address, {"last_day": day.isoformat()}).content.decode()
    assert as_coordinator.post(address, {"last_day": latest.isoformat()}).status_code == 302
    page = as_coordinator.get(address).content.decode()
    assert "Nog later kan niet" in page and 'name="last_day"' not in page


def test_extending_after_the_instant_is_refused_in_words(as_coordinator, world, open_round):
    worlds.close(open_round)
    assert as_coordinator.get(reverse("extend_round", args=[open_round.public_id])).status_code == 404


def test_the_page_before_opening_names_the_days_of_this_installation(as_coordinator, world, settings):
    settings.ROUND_PEOPLE_DAYS = 17
    page = as_coordinator.get(reverse("open_round", args=[worlds.draft(world).public_id])).content.decode()
    assert "17 dagen na het sluiten" in page and dutch(setup.latest_day()) in page


def test_a_day_that_cannot_be_names_the_days_that_can(as_coordinator, world):
    page = as_coordinator.post(reverse("edit_round"), form(world, day=200)).content.decode()
    assert f"tot en met {setup.latest_day():%d-%m-%Y}" in page
    latest = form(world) | {"last_day": setup.latest_day().isoformat()}
    assert as_coordinator.post(reverse("edit_round"), latest).status_code == 302


def test_an_address_says_what_each_button_does_and_cannot_undo(as_coordinator, open_round):
    address = reverse("round_address", args=[worlds.invitations(open_round)[0].public_id])
    page = as_coordinator.get(address).content.decode()
    for text in ("blijft meetellen", "niet terugdraaien", "ook als iemand geen herinneringen wil", "staan vast"):
        assert text in page, text
    as_coordinator.post(reverse("withdraw_round_address", args=[address.rstrip("/").rsplit("/", 1)[1]]))
    page = as_coordinator.get(address).content.decode()
    assert "Je hebt deze uitnodiging ingetrokken" in page and "Trek de uitnodiging in" not in page


def test_the_message_after_reminding_is_true(as_coordinator, open_round):
    """While a round is open the database knows who answered; no page shows it."""
    page = as_coordinator.post(reverse("remind_round", args=[open_round.public_id]), follow=True).content.decode()
    assert "Niemand van de gemeente ziet wie dat zijn" in page and "wij weten niet" not in page


def test_what_an_invited_person_reports_is_answered_with_its_limits(client, open_round):
    open_invitation(client, secret_of(worlds.invitations(open_round)[0]))
    page = client.post(reverse("round_wrong_role"), follow=True).content.decode()
    assert "zolang je nog niet hebt verstuurd" in page
    page = client.post(reverse("round_no_reminder"), follow=True).content.decode()
    assert "Je link blijft werken" in page and "zelf nog wel een keer mailen" in page


def test_a_reminder_that_waits_does_not_go_to_who_just_refused_it(world, open_round):
    worlds.mailed_secrets()
    inviting.remind(world.coordinator, open_round)
    one, other = worlds.invitations(open_round)[:2]
    responding.stop_reminders(one.public_id)
    worlds.mailed_secrets()
    sent = OutgoingMail.objects.filter(kind=OutgoingMail.Kind.REMINDER)
    addresses = [message.to[0] for message in mail.outbox if "Herinnering" in message.subject]
    assert one.email not in addresses and other.email in addresses
    # The status is the same: a coordinator does not see who refuses reminders.
    assert {each.status for each in sent} == {OutgoingMail.Status.SENT} and sent.filter(invitation=one).exists()
    inviting.send_again(world.coordinator, one)  # what a coordinator decides for one address still goes
    worlds.mailed_secrets()
    assert one.mails.filter(status=OutgoingMail.Status.SENT).count() == 3
    assert [message.to[0] for message in mail.outbox].count(one.email) == 2


def test_the_rounds_page_of_a_first_round_names_no_earlier_one(as_coordinator, world):
    assert "zoals in je vorige ronde" not in as_coordinator.get(reverse("edit_round")).content.decode()
    opening.open_round(world.coordinator, worlds.draft(world))
    assert "zoals in je vorige ronde" in as_coordinator.get(reverse("edit_round")).content.decode()
