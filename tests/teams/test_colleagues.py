"""What a coordinator does to colleagues: invite, change rights, disable, reset. And what a stranger cannot."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core import mail

from teams.clock import database_now
from teams.models import AccountInvitation, User
from teams.services import access, colleagues
from teams.services.errors import AlreadyColleague, NotAllowed
from tests.teams.conftest import with_second_factor

pytestmark = [pytest.mark.both, pytest.mark.django_db]
INVITE = "/gemeente/collega/uitnodigen/"
NEW = {"name": "Nieuw Iemand", "email": "nieuw@aadorp.nl", "is_manager": "on"}


def page(response):
    return response.content.decode()


def test_inviting_mails_a_link_that_no_staff_member_sees(coordinator, own):
    response = coordinator.post(INVITE, NEW, follow=True)
    assert "gaat per mail" in page(response) and "/toegang/" not in page(response)
    access.send_access_mails()
    (message,) = mail.outbox
    assert message.to == ["nieuw@aadorp.nl"] and "/toegang/" in message.body and "Aadorp" in message.body
    assert not User.objects.filter(email="nieuw@aadorp.nl").exists()
    assert "uitgenodigd tot" in page(coordinator.get("/gemeente/"))


def test_inviting_somebody_with_an_account_elsewhere_looks_the_same(coordinator, own, foreign):
    def seen(email):
        response = coordinator.post(INVITE, NEW | {"email": email}, follow=True)
        access.send_access_mails()
        after = page(coordinator.get("/gemeente/"))
        invitation = AccountInvitation.objects.get(email=email)
        masked = [
            text.split("csrfmiddlewaretoken")[0].replace(email, "…").replace(invitation.public_id, "…")
            for text in (page(response), after)
        ]
        access.withdraw_invitation(own.coordinator, invitation)
        return response.redirect_chain, masked

    assert seen(foreign.manager.email) == seen("nieuw@aadorp.nl")
    known, unknown = mail.outbox
    assert "al een account" in known.body and "/toegang/" not in known.body
    assert "/toegang/" in unknown.body


def test_a_colleague_of_the_own_municipality_is_not_invited_again(coordinator, own):
    assert "heeft al een account" in page(coordinator.post(INVITE, NEW | {"email": "MANAGER@aadorp.nl"}))
    with pytest.raises(AlreadyColleague):
        access.invite_colleague(
            own.coordinator, name="x", email=own.manager.email, is_coordinator=True, is_manager=False
        )


@pytest.mark.parametrize(
    ("change", "said"),
    [({"is_manager": ""}, "minstens één recht"), ({"name": ""}, "Vul een naam in"), ({"name": "=1+1"}, "formule"),
     ({"email": "geen"}, "geldig e-mailadres"), ({"email": "@x.nl"}, "e-mailadres"),
     ({"name": "a\u200bb"}, "niet ziet")],
)  # fmt: skip
def test_a_wrong_invitation_says_what_is_wrong(coordinator, change, said):
    fields = {name: value for name, value in (NEW | change).items() if value or name != "is_manager"}
    assert said in page(coordinator.post(INVITE, fields))
    assert not AccountInvitation.objects.exists()


def test_a_withdrawn_invitation_leaves_the_list(coordinator, own):
    coordinator.post(INVITE, NEW)
    invitation = AccountInvitation.objects.get()
    coordinator.post(f"/gemeente/uitnodiging/{invitation.public_id}/intrekken/")
    assert not AccountInvitation.objects.exists()
    assert access.send_access_mails() == 0


def test_an_expired_invitation_is_not_mailed_and_goes(own):
    access.invite_colleague(
        own.coordinator, name="x", email="x@aadorp.nl", is_coordinator=False, is_manager=True,
        at=database_now() - timedelta(days=8),
    )  # fmt: skip
    assert (access.send_access_mails(), access.erase_expired()) == (0, 1)


def test_disabling_keeps_somebody_out_and_enabling_lets_in(coordinator, own, client):
    address = f"/gemeente/collega/{own.manager.public_id}/"
    assert "overal uitgelogd" in page(coordinator.post(address + "uitzetten/", follow=True))
    assert not User.objects.get(pk=own.manager.pk).is_active
    assert "uitgezet" in page(coordinator.get("/gemeente/"))
    coordinator.post(address + "aanzetten/")
    assert User.objects.get(pk=own.manager.pk).is_active


def test_changing_rights(coordinator, own):
    address = f"/gemeente/collega/{own.manager.public_id}/"
    assert "minstens één recht" in page(coordinator.post(address, {}))
    coordinator.post(address, {"is_coordinator": "on"})
    manager = User.objects.get(pk=own.manager.pk)
    assert (manager.is_coordinator, manager.is_manager) == (True, False)


def test_the_other_coordinator_resets_a_lost_second_factor(coordinator, own, log_in):
    with_second_factor(own.second)
    SocialAccount.objects.create(user=own.second, provider="organisatie", uid="1")
    address = f"/gemeente/collega/{own.second.public_id}/tweede-stap/"
    assert coordinator.get(address).status_code == 200
    assert Authenticator.objects.filter(user=own.second).exists()
    coordinator.post(address)
    assert not Authenticator.objects.filter(user=own.second).exists()
    assert not SocialAccount.objects.filter(user=own.second).exists()
    assert log_in(own.second).get("/gemeente/").status_code == 200  # the password is still the same


@pytest.mark.parametrize(
    "act", [colleagues.disable_colleague, colleagues.enable_colleague, colleagues.reset_colleague]
)
def test_nobody_does_it_to_the_own_account_and_no_manager_or_stranger_does_it(own, foreign, act):
    for actor, target in (
        (own.coordinator, own.coordinator),
        (own.manager, own.second),
        (foreign.coordinator, own.second),
        (own.coordinator, foreign.manager),
    ):
        with pytest.raises(NotAllowed):
            act(actor, target)
        target.refresh_from_db()
        assert target.is_active


def test_nobody_takes_the_own_rights_away(coordinator, own):
    address = f"/gemeente/collega/{own.coordinator.public_id}/"
    assert coordinator.post(address, {"is_manager": "on"}).status_code == 404
    assert User.objects.get(pk=own.coordinator.pk).is_coordinator
    assert "Dit ben jij" in page(coordinator.get(address))
    assert "eigen account" in page(coordinator.get(address + "tweede-stap/"))


def test_a_coordinator_who_was_disabled_a_moment_ago_does_nothing_any_more(own):
    """The object in hand still says coordinator; the row under the lock does not."""
    colleagues.disable_colleague(own.second, own.coordinator)
    assert own.coordinator.is_coordinator and own.coordinator.is_active
    with pytest.raises(NotAllowed):
        colleagues.disable_colleague(own.coordinator, own.second)
    own.second.refresh_from_db()
    assert own.second.is_active


def test_a_superuser_without_a_municipality_manages_nothing(client, db, own):
    client.force_login(User.objects.create_superuser("root@example.org", "x" * 20))
    assert client.get("/gemeente/").status_code == 404
    assert client.get("/account/").status_code == 200


def test_staff_acts_are_logged_without_names_addresses_or_secrets(coordinator, own, staff_lines):
    coordinator.post(INVITE, NEW)
    coordinator.post(f"/gemeente/collega/{own.second.public_id}/uitzetten/")
    coordinator.post(f"/gemeente/collega/{own.second.public_id}/tweede-stap/")
    coordinator.post("/gemeente/teams/nieuw/", {"name": "Geheim team"})
    who = own.coordinator.public_id
    assert [line.split()[:2] for line in staff_lines] == [
        [who, "invite_colleague"], [who, "disable"], [who, "reset_second_factor"], [who, "add_team"],
    ]  # fmt: skip
    assert staff_lines[1].split()[2] == own.second.public_id
    text = " ".join(staff_lines)
    assert "@" not in text and "Nieuw" not in text and "Geheim" not in text
