"""The command line of whoever runs the site: the first coordinator, disable, reset."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.management import CommandError, call_command

from teams.models import AccountInvitation, Municipality, User
from tests.database import tables_with
from tests.teams.conftest import with_second_factor

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def run(*arguments) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out, stderr=StringIO())
    return out.getvalue().strip()


def test_add_coordinator_prints_a_link_that_makes_the_account(client):
    link = run("add_coordinator", "--municipality", "Ceedorp", "--email", "Eerste@ceedorp.nl", "--name", "Eva Eerste")
    secret = link.rstrip("/").rsplit("/", 1)[1]
    assert link.startswith(f"{settings.SITE_URL}/toegang/") and tables_with(secret) == set()
    assert client.get(f"/toegang/{secret}/").status_code == 200
    client.post("/toegang/", {"secret": secret})
    new = "een zin van een paar woorden"
    client.post("/toegang/wachtwoord/", {"password": new, "again": new})
    user = User.objects.get(email="eerste@ceedorp.nl")
    assert user.is_coordinator and user.municipality == Municipality.objects.get(name="Ceedorp")
    assert user.municipality.contact_email == "eerste@ceedorp.nl"
    assert client.get(f"/toegang/{secret}/").status_code == 404


def test_add_coordinator_joins_a_municipality_that_is_there(own):
    run("add_coordinator", "--municipality", " aadorp", "--email", "derde@aadorp.nl")
    assert Municipality.objects.count() == 1
    assert AccountInvitation.objects.get().municipality == own.municipality


def test_add_coordinator_again_ends_the_earlier_link(client):
    arguments = ("add_coordinator", "--municipality", "Ceedorp", "--email", "eerste@ceedorp.nl")
    first, second = (run(*arguments).removeprefix(settings.SITE_URL) for _ in range(2))
    assert (client.get(first).status_code, client.get(second).status_code) == (404, 200)


@pytest.mark.parametrize(
    ("municipality", "email"),
    [
        ("Aadorp", "coordinator@aadorp.nl"),
        ("Aadorp", "geen"),
        ("=1", "a@b.nl"),
        ("", "a@b.nl"),
        ("x" * 101, "a@b.nl"),
    ],
)
def test_add_coordinator_refuses_what_cannot_be(own, municipality, email):
    with pytest.raises(CommandError):
        run("add_coordinator", "--municipality", municipality, "--email", email)
    assert not AccountInvitation.objects.exists() and Municipality.objects.count() == 1


def test_disable_user_ends_every_session(own, log_in):
    client = log_in(own.coordinator)
    run("disable_user", "--email", "COORDINATOR@aadorp.nl ")
    assert client.get("/gemeente/").status_code == 302
    assert not User.objects.get(pk=own.coordinator.pk).is_active


def test_reset_totp_makes_room_for_a_new_one(own, log_in):
    secret = with_second_factor(own.coordinator)
    client = log_in(own.coordinator, secret)
    run("reset_totp", "--email", own.coordinator.email)
    assert client.get("/gemeente/").status_code == 302
    assert not Authenticator.objects.exists()
    assert log_in(own.coordinator).get("/gemeente/").status_code == 200


@pytest.mark.parametrize("command", ["disable_user", "reset_totp"])
def test_an_unknown_address_is_said_to_be_unknown(db, command):
    with pytest.raises(CommandError, match="No account"):
        run(command, "--email", "niemand@aadorp.nl")
