"""A forgotten password: the same answer for every address, and mail for those that exist only."""

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quickscan.tick import tick
from teams.models import PasswordLink, PasswordRequest
from teams.services import access, colleagues

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def ask(client, email):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.post("/toegang/vergeten/", {"email": email}, follow=True)
    page = response.content.decode()
    said = [query["sql"].split(" ")[0:3] for query in queries.captured_queries]
    return response.redirect_chain, page[page.index("<main") :], said


def test_known_unknown_and_disabled_get_the_same_answer_by_the_same_queries(client, own):
    colleagues.disable_user(own.second, by="command-line")
    ask(client, "warm@aadorp.nl")
    known = ask(client, own.manager.email)
    assert known[0] == [("/toegang/gevraagd/", 302)] and "Kijk in je mail" in known[1]
    assert ask(client, "niemand@aadorp.nl") == known
    assert ask(client, own.second.email) == known


def test_the_answer_is_given_without_looking_for_the_address(client, own):
    with CaptureQueriesContext(connection) as queries:
        client.post("/toegang/vergeten/", {"email": own.manager.email})
    assert not any("teams_user" in query["sql"] for query in queries.captured_queries)
    assert mail.outbox == []


def test_only_a_known_active_address_gets_mail(client, own):
    colleagues.disable_user(own.second, by="command-line")
    for email in (own.manager.email, own.second.email, "niemand@aadorp.nl"):
        ask(client, email)
    tick()
    assert [message.to for message in mail.outbox] == [[own.manager.email]]
    assert not PasswordRequest.objects.exists()


def test_asking_often_gives_at_most_three_living_links(own):
    for _ in range(5):
        access.ask_new_password(own.manager.email)
        access.ask_new_password(own.manager.email.upper())
        access.send_access_mails()
    assert (PasswordLink.objects.count(), len(mail.outbox)) == (3, 3)


def test_an_account_without_a_password_is_told_so(own):
    own.manager.set_unusable_password()
    own.manager.save()
    access.ask_new_password(own.manager.email)
    access.send_access_mails()
    assert "heeft geen wachtwoord" in mail.outbox[0].body and not PasswordLink.objects.exists()


def test_a_mail_that_is_refused_goes_out_later_and_holds_up_no_other(own, monkeypatch):
    real = mail.EmailMessage.send

    def refuse(self, *args, **kwargs):
        if self.to == [own.manager.email]:
            raise OSError("the server is away")
        return real(self, *args, **kwargs)

    access.ask_new_password(own.manager.email)
    access.ask_new_password(own.coordinator.email)
    monkeypatch.setattr("teams.mails.EmailMessage.send", refuse)
    assert access.send_access_mails() == 1 and not PasswordLink.objects.filter(user=own.manager).exists()
    monkeypatch.setattr("teams.mails.EmailMessage.send", real)
    assert access.send_access_mails() == 1 and PasswordLink.objects.filter(user=own.manager).exists()


@pytest.mark.parametrize("email", ["", "geen adres", "a@b", "=1+1@aadorp.nl", "ü@aadorp.nl"])
def test_something_that_is_no_address_is_said_to_be_none(client, own, email):
    page = client.post("/toegang/vergeten/", {"email": email}).content.decode()
    assert 'aria-invalid="true"' in page and not PasswordRequest.objects.exists()
