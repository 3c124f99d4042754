"""Deleting a municipality: everything of it goes, nothing of another, and scans stay with the people."""

import time
from datetime import timedelta
from io import StringIO

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models
from django.urls import reverse

from quickscan.sessions import SessionStore
from scans import services
from scans.models import Answer, Attribution, MeasurementRound, OutgoingMail, RoundDraft, RoundResult, Scan
from scans.rounds import deleting, setup
from teams import sessions
from teams.models import Municipality, PasswordLink, PasswordRequest, User
from teams.services import access
from teams.services.errors import NotAllowed
from tests.database import everything, tables_with
from tests.scans.rounds import world as worlds
from tests.scans.rounds.test_pages import enter, fill, open_invitation, own_secret, secret_of
from tests.teams.conftest import staff_lines, with_second_factor  # noqa: F401  a fixture

pytestmark = [pytest.mark.both, pytest.mark.django_db]
MARK = "zqmark"
TEXTS = models.CharField | models.TextField | models.JSONField
# What stays: scans and answers are the people's own. The framework's own tables know nobody.
OWN = {"scans_scan", "scans_answer", "scans_resumelink"}


def of_a_municipality() -> set[type[models.Model]]:
    """Every model from which keys lead to a municipality, tables between two models included."""
    found = {Municipality}
    while True:
        more = {
            model for model in apps.get_models(include_auto_created=True) for field in model._meta.fields
            if field.is_relation and field.related_model in found
        } - found  # fmt: skip
        if not more:
            return found
        found |= more


def settled(name: str):
    """A municipality with something in every table: a closed round, an open one, staff, links, sessions."""
    world = worlds.municipality(name)
    short = name.lower()
    long_ago = worlds.database_instant() - timedelta(days=400)
    closed = worlds.opened(world, at=long_ago)
    for invitation in worlds.invitations(closed, team="Noord"):
        worlds.answer(invitation, at=long_ago)
    worlds.close(closed)
    world.round = worlds.opened(world)
    worlds.mailed_secrets()
    policy = worlds.invitations(world.round, role="policy_officer")
    worlds.answer(policy[0], attribute=True, own_secret=f"{short}-own-secret".ljust(43, "x"))
    world.answered, world.draft = worlds.invitations(world.round, team="Noord")[:2]
    world.sent, world.half = worlds.answer(world.answered), worlds.begin(world.draft)
    OutgoingMail.objects.create(invitation=world.draft, kind="reminder", status="uncertain")
    worlds.draft(world)
    access.invite_colleague(world.coordinator, name=name, email=f"nieuw@{short}.nl", is_coordinator=False,
                            is_manager=True)  # fmt: skip
    access.ask_new_password(world.coordinator.email)
    user, later = world.coordinator, worlds.database_instant() + timedelta(hours=1)
    PasswordLink.objects.create(secret_hash=access.hash_secret(name), user=user, expires_at=later)
    Authenticator.objects.create(user=user, type="totp", data={"secret": short})
    SocialAccount.objects.create(user=user, provider="organisatie", uid=short)
    address = EmailAddress.objects.create(user=user, email=user.email)
    EmailConfirmation.objects.create(email_address=address, key=short)
    for data in (
        {"_auth_user_id": str(user.pk), "people_import": {"rows": [[1, short]]}},  # left half-way
        {"account_login": {"user_pk": user.pk, "email": user.email.upper()}},  # between password and code
        {"account_authentication_methods_user": str(user.pk), "account_authentication_methods": [{"email": short}]},
    ):
        store = SessionStore()
        store.update(data)
        store.create()
    return world


def mark_everything(world) -> set[str]:
    """Write the mark into every text of every row of this municipality. Returns the tables that now hold it."""
    touched = set()
    for model in of_a_municipality():
        for field in model._meta.fields:
            if isinstance(field, TEXTS) and not field.choices and not field.primary_key and field.name != "public_id":
                for pk in rows_of(world, model):
                    model.objects.filter(pk=pk).update(**{field.name: marked(field, pk)})
                    touched.add(model._meta.db_table)
    assert tables_with(MARK) >= touched
    return touched


def marked(field, pk):
    if isinstance(field, models.JSONField):
        return [MARK]
    return f"{MARK}{pk}@zq.nl" if field.name == "email" else f"{MARK}{pk}"[: field.max_length]


def rows_of(world, model) -> list:
    """Primary keys of the rows of this municipality, found by following the keys up."""
    return [row.pk for row in model.objects.all() if municipalities_of(row) == {world.municipality.pk}]


def municipalities_of(row) -> set[int]:
    if isinstance(row, Municipality):
        return {row.pk}
    fields = [field for field in row._meta.fields if field.is_relation and field.related_model in of_a_municipality()]
    above = [getattr(row, field.name) for field in fields]
    return set().union(*(municipalities_of(one) for one in above if one is not None))


def without_own(tables: dict) -> dict:
    return {table: sorted(rows) for table, rows in tables.items() if table not in OWN}


def test_nothing_of_it_is_left_and_nothing_of_another_is_touched(staff_lines):  # noqa: F811
    settled("Beedorp")
    others, scans = without_own(everything()), Scan.objects.count()
    world = settled("Aadorp")
    empty = {model.__name__ for model in of_a_municipality() if not rows_of(world, model)}
    assert empty <= {"LogEntry", "SocialToken", "User_groups", "User_user_permissions"}, (
        "something to leak everywhere"
    )
    assert len(mark_everything(world)) >= 12
    PasswordRequest.objects.filter(email=world.coordinator.email).delete()
    world.coordinator.refresh_from_db()
    access.ask_new_password(world.coordinator.email)
    assert {"sessions, unpacked", "teams_passwordrequest"} <= tables_with(MARK, "aadorp")
    staff_lines.clear()
    deleting.delete_municipality(world.coordinator)
    assert without_own(everything()) == others
    assert tables_with(MARK, "aadorp", "Aadorp") == set()
    assert Scan.objects.count() > scans
    assert staff_lines == [f"{world.coordinator.public_id} delete_municipality {world.municipality.public_id}"]


def test_without_looking_at_sessions_they_would_stay(monkeypatch):
    """Negative control of the test above."""
    world = settled("Aadorp")
    monkeypatch.setattr(sessions, "erase_sessions_of", lambda users: 0)
    deleting.delete_municipality(world.coordinator)
    assert tables_with("aadorp", "AADORP") == {"sessions, unpacked"}


def test_a_login_that_waits_for_its_code_ends_too(client, world):
    with_second_factor(world.manager)
    client.post(reverse("account_login"), {"login": "Leiding@aadorp.nl", "password": "correct paard batterij"})
    assert "sessions, unpacked" in tables_with("leiding@aadorp.nl", "Leiding@aadorp.nl")
    deleting.delete_municipality(world.coordinator)
    assert tables_with("leiding@aadorp.nl", "Leiding@aadorp.nl") == set()
    assert client.get(reverse("mfa_authenticate")).status_code == 302


def test_scans_stay_and_a_draft_goes_on_for_oneself(client, open_round, world):
    worlds.answer(worlds.invitations(open_round, team="Noord")[1], own_secret="o" * 43)
    open_invitation(client, secret_of(worlds.invitations(open_round, team="Noord")[0]))
    client.post(reverse("begin_round"))
    fill(client)
    secret = own_secret(client)
    deleting.delete_municipality(world.coordinator)
    assert (Scan.objects.count(), RoundDraft.objects.count()) == (2, 0)
    late = client.post(reverse("submit"), {"own_secret": secret})
    assert late.status_code == 409 and "tellen niet mee" in late.content.decode()
    assert Answer.objects.filter(scan__submitted_on=None).count() == 24
    client.post(reverse("send_alone"))
    assert client.post(reverse("submit")).url == reverse("result")
    assert services.find_by_secret("o" * 43).submitted_on  # the own link of who had sent


def test_an_opened_invitation_and_every_link_are_dead(client, open_round, world):
    first, second = (secret_of(one) for one in worlds.invitations(open_round)[:2])
    open_invitation(client, first)
    deleting.delete_municipality(world.coordinator)
    assert client.get(reverse("round_before")).status_code == 404
    assert client.post(reverse("begin_round")).status_code == 404
    assert client.get(reverse("round_invitation", args=[second])).status_code == 404


def test_levels_in_words_go_too_and_taking_them_back_says_so(client, open_round, world):
    worlds.answer(worlds.invitations(open_round, role="policy_officer")[0], attribute=True, own_secret="o" * 43)
    assert Attribution.objects.count() == 12
    deleting.delete_municipality(world.coordinator)
    page = client.post(reverse("withdraw_levels"), {"secret": "o" * 43}).content.decode()
    assert not Attribution.objects.exists() and "niets om terug te draaien" in page


def test_only_a_coordinator_may(world, stranger):
    for user in (world.manager, User.objects.create_user("los@elders.nl", "een zin van vier woorden")):
        with pytest.raises(NotAllowed):
            deleting.delete_municipality(user)
    deleting.delete_municipality(stranger.coordinator)
    assert list(Municipality.objects.values_list("pk", flat=True)) == [world.municipality.pk]


def test_a_second_time_finds_nothing(world):
    deleting.delete_municipality(world.coordinator)
    with pytest.raises(NotAllowed):
        deleting.delete_municipality(world.coordinator)


# --- the page ----------------------------------------------------------------------------------------------

PAGE = "/gemeente/wissen/"


def logged_in(client, user, *, ago=0):
    """A session of somebody who gave the password so many seconds ago."""
    enter(client, user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time() - ago}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client


def test_the_page_says_what_goes_and_what_stays(client, world, open_round):
    page = logged_in(client, world.coordinator).get(PAGE).content.decode()
    for text in ("3 teams", "18 mensen", "1 ronde", "2 accounts", "Er loopt een ronde", "Reservekopieën",
                 "geen band met jullie gemeente", "30 dagen na het versturen", "niet terugdraaien"):  # fmt: skip
        assert text in page, text
    assert Municipality.objects.exists()


def test_the_page_is_the_same_whoever_answered(client, world, open_round):
    def page():
        return client.get(PAGE).content.decode().split("csrfmiddlewaretoken")[0]

    logged_in(client, world.coordinator)
    before = page()
    for invitation in worlds.invitations(open_round, team="Noord"):
        worlds.answer(invitation)
    assert page() == before


@pytest.mark.parametrize("typed", ["", "Beedorp", "Aadorp en omgeving"])
def test_another_name_deletes_nothing(client, world, typed):
    page = logged_in(client, world.coordinator).post(PAGE, {"name": typed}).content.decode()
    assert "field--invalid" in page
    assert Municipality.objects.count() == 1


def test_the_own_name_deletes_and_logs_out(client, world):
    page = logged_in(client, world.coordinator).post(PAGE, {"name": " aadorp "})
    assert page.status_code == 200 and "is gewist" in page.content.decode()
    assert not Municipality.objects.exists() and not User.objects.exists()
    assert "_auth_user_id" not in client.session
    assert client.get(PAGE).url.startswith(reverse("account_login"))
    assert client.post(PAGE, {"name": "Aadorp"}).status_code == 302


def test_who_gave_the_password_long_ago_gives_it_again(client, world):
    logged_in(client, world.coordinator, ago=301)
    for method in (client.get, client.post):
        response = method(PAGE, {"name": "Aadorp"})
        assert response.status_code == 302 and response.url.startswith(reverse("account_reauthenticate"))
    assert Municipality.objects.exists()
    done = client.post(response.url, {"password": "correct paard batterij", "next": PAGE})
    assert "is gewist" in done.content.decode() and not Municipality.objects.exists()  # what was asked goes on


def test_a_wrong_password_deletes_nothing(client, world):
    response = logged_in(client, world.coordinator, ago=301).post(PAGE, {"name": "Aadorp"})
    client.post(response.url, {"password": "iets heel anders", "next": PAGE})
    assert Municipality.objects.exists()


def test_who_has_no_password_logs_in_again(client, world):
    """The own organisation's login: allauth has nothing to ask for, and lets pass."""
    world.coordinator.set_unusable_password()
    world.coordinator.save()
    late = logged_in(client, world.coordinator, ago=301)
    for method in (late.get, late.post):
        assert "Log eerst opnieuw in" in method(PAGE, {"name": "Aadorp"}).content.decode()
    assert Municipality.objects.exists()
    assert "is gewist" in logged_in(client, world.coordinator).post(PAGE, {"name": "Aadorp"}).content.decode()


def test_a_manager_and_a_stranger_get_the_404_of_nothing(client, world):
    logged_in(client, world.manager)
    nothing = client.get(reverse("round", args=["x" * 16]))
    for method in (client.get, client.post):
        response = method(PAGE, {"name": "Aadorp"})
        assert response.status_code == 404 and response.content == nothing.content


def test_the_second_of_two_coordinators_gets_no_error(client, world, monkeypatch):
    """Both had the page open. The other was quicker."""
    other = User.objects.create_user("tweede@aadorp.nl", "x", municipality=world.municipality, is_coordinator=True)
    logged_in(client, world.coordinator)
    real = deleting.delete_municipality

    def late(actor):
        real(other)
        real(actor)

    monkeypatch.setattr(deleting, "delete_municipality", late)
    assert client.post(PAGE, {"name": "Aadorp"}).status_code == 404
    assert not Municipality.objects.exists()


# --- the command -------------------------------------------------------------------------------------------


def run(*arguments) -> str:
    out = StringIO()
    call_command("delete_municipality", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_deletes_by_name_or_public_id(world, stranger, open_round):
    said = run("--municipality", "aadorp", "--yes")
    assert "3 teams, 18 people, 1 rounds, 2 accounts" in said and "A round is open" in said
    run("--municipality", stranger.municipality.public_id, "--yes")
    assert not Municipality.objects.exists() and not MeasurementRound.objects.exists()


@pytest.mark.parametrize(("typed", "stays"), [("Aadorp", False), ("aa", True), ("", True)])
def test_the_command_asks_for_the_name(world, monkeypatch, typed, stays):
    monkeypatch.setattr("builtins.input", lambda prompt: typed)
    if stays:
        with pytest.raises(CommandError, match="Nothing was deleted"):
            run("--municipality", "Aadorp")
    else:
        run("--municipality", "Aadorp")
    assert Municipality.objects.exists() is stays


def test_the_command_without_anybody_there_deletes_nothing(world, monkeypatch):
    def nobody(prompt):
        raise EOFError

    monkeypatch.setattr("builtins.input", nobody)
    with pytest.raises(CommandError, match="--yes"):
        run("--municipality", "Aadorp")
    with pytest.raises(CommandError, match="No municipality"):
        run("--municipality", "Ceedorp", "--yes")
    assert Municipality.objects.exists()


def test_a_new_municipality_of_the_same_name_starts_empty(world):
    """It knows no earlier round, so rule 8 cannot look back either: docs/operations.md says what that means."""
    worlds.close(worlds.opened(world))
    deleting.delete_municipality(world.coordinator)
    again = worlds.municipality("Aadorp")
    assert not RoundResult.objects.exists() and setup.last_setup(again.municipality)["minimum"] == 5
