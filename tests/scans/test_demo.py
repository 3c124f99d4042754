"""The demo: what it holds, that it is made the real way, and that it stays out of production."""

import hashlib
import json
import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db.models import Count, Q
from django.test import override_settings
from django.urls import reverse

from scans.clock import database_instant, database_today, local_day
from scans.demo.accounts import EMAILS
from scans.demo.answers import answers_of
from scans.demo.load import DemoLeftOut, load_demo
from scans.demo.municipalities import MUNICIPALITIES, PASSWORD
from scans.demo.people import people_of
from scans.demo.profiles import DEVELOPMENT, LEVELS
from scans.models import (
    Answer,
    Attribution,
    Group,
    Invitation,
    InvitationSecret,
    MeasurementRound,
    OutgoingMail,
    RoundDraft,
    RoundResult,
    Scan,
    Tally,
)
from scans.rounds import opening, setup
from scans.rounds.simulation import definitions, scores
from scans.scoring import compare
from scans.scoring.publication import ONE_PERSON, TOO_FEW
from scans.scoring.trend import HIGHER
from scans.selectors.content import current_questionnaire
from teams.models import Municipality, Person, Team, User

pytestmark = [pytest.mark.both, pytest.mark.django_db]
QUICK = {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"], "ROUND_MAIL_DOMAINS": []}
BANNER = "Dit is een demo: verzonnen gemeenten en antwoorden."


@pytest.fixture(autouse=True)
def quick(settings):
    for name, value in QUICK.items():
        setattr(settings, name, value)


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """Loaded once, kept for all tests here, and taken away after them."""
    with django_db_blocker.unblock(), override_settings(**QUICK):
        before = len(mail.outbox)  # of a test in another file
        loaded = load_demo()
        mails = list(mail.outbox[before:])
    yield SimpleNamespace(loaded=loaded, mails=mails)
    with django_db_blocker.unblock():
        Municipality.objects.all().delete()
        Scan.objects.all().delete()


@pytest.fixture
def veldwijk(demo):
    return Municipality.objects.get(name="Veldwijk")


@pytest.fixture
def lindermeer(demo):
    return Municipality.objects.get(name="Lindermeer")


@pytest.fixture
def contents(veldwijk):
    """The frozen contents of Veldwijk, oldest first."""
    results = RoundResult.objects.filter(measurement_round__municipality=veldwijk)
    return [json.loads(one.content) for one in results.order_by("measurement_round__opened_on")]


def everything() -> dict:
    """Every row that the demo is made of."""
    models = (Municipality, Team, Person, User, MeasurementRound, Group, Tally, Invitation, InvitationSecret,
              OutgoingMail, RoundDraft, RoundResult, Attribution, Scan, Answer)  # fmt: skip
    return {model.__name__: sorted(map(repr, model.objects.values_list())) for model in models}


def log_in(client, email):
    return client.post(reverse("demo_login"), {"email": email})


# --- what it holds -----------------------------------------------------------------------------------------


def test_two_municipalities_have_eleven_teams_of_two_to_twenty_six_people(demo):
    sizes = dict(Team.objects.annotate(n=Count("people")).values_list("name", "n"))
    assert Municipality.objects.count() == 2 and len(sizes) == 11
    assert (min(sizes.values()), max(sizes.values())) == (2, 26)
    assert Person.objects.filter(team__name="Zuid", role="client_manager").count() == 12
    assert (demo.loaded.municipalities, demo.loaded.teams, demo.loaded.rounds) == (2, 11, 8)


def test_each_had_four_rounds_in_two_years_half_a_year_apart(veldwijk, lindermeer):
    for municipality in (veldwijk, lindermeer):
        opened = list(municipality.rounds.order_by("opened_on").values_list("opened_on", flat=True))
        assert len(opened) == 4
        assert opened[0] > database_today() - timedelta(days=760)
        for before, after in zip(opened, opened[1:], strict=False):
            assert setup.months_later(before, setup.MONTHS_BETWEEN) <= after


def test_every_closed_round_was_frozen_with_its_hash_and_forgot_its_people(demo):
    closed = MeasurementRound.objects.closed().select_related("result")
    assert len(closed) == 7
    for one in closed:
        assert hashlib.sha256(one.result.content.encode()).hexdigest() == one.result.sha256
        assert not one.invitations.exists() and not one.groups.exclude(invited=0).exists()
        assert not Tally.objects.filter(group__measurement_round=one).exists()
        assert one.band


def test_one_round_is_open_partly_answered_with_last_nights_band(veldwijk):
    measurement_round = veldwijk.rounds.open().get()
    today = local_day(database_instant())
    assert timedelta(days=14) < local_day(measurement_round.closes_at) - today < timedelta(days=30)
    counts = measurement_round.invitations.aggregate(all=Count("pk"), used=Count("pk", filter=Q(used=True)))
    assert 20 <= counts["used"] < counts["all"] - 20
    assert (measurement_round.band, measurement_round.band_on) == ("20 of meer", today)
    assert measurement_round.invitations.filter(asks_correction=True).count() == 1


def test_its_invitations_were_sent_and_the_newest_links_work(demo, veldwijk, client):
    invitations = veldwijk.rounds.open().get().invitations
    assert len(demo.mails) == invitations.count() == OutgoingMail.objects.filter(status="sent").count()
    newest = demo.mails[-20:]
    assert not invitations.filter(used=True, email__in=[one.to[0] for one in newest]).exists()
    secret = re.search(r"/uitnodiging/([\w-]{43})/", newest[-1].body)[1]
    assert client.post(reverse("open_invitation"), {"secret": secret}).url == reverse("round_before")


def test_the_other_municipality_can_open_a_round_today(lindermeer):
    coordinator = lindermeer.users.filter(is_coordinator=True).get()
    closes_on = local_day(database_instant()) + timedelta(days=14)
    draft = setup.save_draft(coordinator, closes_on=closes_on, minimum=5, teams=lindermeer.teams.all())
    assert opening.open_round(coordinator, draft).invitations.count() > 20


def test_small_roles_chose_for_themselves_and_large_ones_are_groups(contents, lindermeer):
    roles = {group["role"] for group in contents[-1]["groups"] if group["kind"] == "role"}
    assert roles == {"policy_officer", "manager"}
    last = json.loads(RoundResult.objects.filter(measurement_round__municipality=lindermeer).last().content)
    assert {one["role"] for one in last["attributed"]} == {"policy_officer", "manager"}


# --- what there is to see ----------------------------------------------------------------------------------


def of_team(content: dict, name: str) -> dict:
    """Theme → figure of the client managers of this team."""
    (key,) = [g["id"] for g in content["groups"] if g["kind"] == "team" and g["teams"][0][1] == name]
    return {theme: shown for (group, theme), shown in scores(content).items() if group == key}


def test_the_team_of_twelve_develops_and_nothing_of_it_is_blurred(contents):
    rounds = [of_team(content, "Zuid") for content in contents]
    assert [len(one) for one in rounds] == [12, 12, 12]
    assert not [shown.text for one in rounds for shown in one.values() if "tussen" in shown.text]
    risen = [
        {theme for theme in later if compare(theme, before[theme], later[theme]).change == HIGHER}
        for before, later in zip(rounds, rounds[1:], strict=False)
    ]
    assert {"protocol-discriminatie", "discriminatie-bespreken"} <= risen[0]
    assert {"protocol-discriminatie", "intervisie-vakmanschap"} <= risen[1]
    caseload = [one["uitstroom-caseload"].low for one in rounds]
    assert caseload == sorted(caseload, reverse=True) and len(set(caseload)) == 3


def test_blurred_and_both_kinds_of_suppressed_cells_can_be_seen(contents):
    assert {TOO_FEW, ONE_PERSON} <= {one["reason"] for content in contents for one in content["suppressed"]}
    assert any("tussen" in shown.text for shown in of_team(contents[1], "Noord").values())
    assert definitions(contents[0]).keys() == definitions(contents[2]).keys()


def test_the_mirror_finds_a_protocol_that_few_know(veldwijk, client):
    log_in(client, "leiding@veldwijk.example.org")
    last = veldwijk.rounds.closed().order_by("-opened_on").first()
    parts = client.get(reverse("round_mirror", args=[last.public_id])).context["parts"]
    first, *others = [line for part in parts for line in part.lines]
    assert first.theme == "protocol-discriminatie" and "een derde tot twee derde" in first.awareness
    assert all(view.shown != "niet getoond" for line in (first, *others) for view in line.views)


# --- made the real way ---------------------------------------------------------------------------------------


def test_nothing_ties_a_sent_scan_to_anybody(demo, veldwijk):
    sent = Scan.objects.exclude(submitted_on=None)
    used = Invitation.objects.filter(used=True)
    assert sent.count() == used.count() > 20, "there is something that could be tied"
    assert not RoundDraft.objects.exists()
    rows = repr(list(sent.values())) + repr(list(Answer.objects.values()[:500]))
    for one in used.select_related("person"):
        assert one.public_id not in rows and one.email not in rows and one.person.name not in rows


def test_scans_of_long_ago_are_gone(demo):
    assert demo.loaded.scans > 300
    assert Scan.objects.count() < 60 and not Scan.objects.expired(database_today()).exists()


def test_a_second_time_changes_nothing(demo, capsys, django_assert_max_num_queries):
    before = everything()
    assert sum(map(len, before.values())) > 1000
    with django_assert_max_num_queries(2):
        call_command("load_demo")
    assert capsys.readouterr().out == "the demo is there already\n"
    assert everything() == before


def test_the_same_people_give_the_same_answers_at_every_run(content):
    for one in MUNICIPALITIES:
        people = people_of(one, 0, is_open=False)
        assert people == people_of(one, 0, is_open=False)
        managers = [person for person in people if person.role == content.role]
        answers = [answers_of(one.name, person, 0, content) for person in managers]
        assert answers == [answers_of(one.name, person, 0, content) for person in managers]
        assert all(set(given) == {question.id for question in content.questions} for given in answers)
        assert len({tuple(given.values()) for given in answers}) == len(managers)


def test_everybody_has_a_name_and_a_reserved_address_of_the_own():
    for one in MUNICIPALITIES:
        for turn in range(4):
            people = people_of(one, turn, is_open=True)
            assert len({person.email for person in people}) == len({person.name for person in people}) == len(people)
            assert all(person.email.endswith(".example.org") for person in people)


def test_every_profile_covers_the_themes_of_the_questionnaire(role, db):
    themes = {theme.code for theme in current_questionnaire(role).themes}
    assert all(set(levels) == themes for levels in [*LEVELS.values(), *DEVELOPMENT.values()])


# --- where it does not come ----------------------------------------------------------------------------------


def test_production_refuses_and_reads_nothing(settings, django_assert_num_queries):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="for development"), django_assert_num_queries(0):
        call_command("load_demo")


def test_it_stays_away_from_other_municipalities(db):
    Municipality.objects.all().delete()
    Municipality.objects.create(name="Aadorp", contact_email="contact@aadorp.nl")
    with pytest.raises(DemoLeftOut, match="municipalities of its own"):
        load_demo()
    assert not User.objects.exists()


def test_it_stays_away_where_its_addresses_may_not_be_mailed(db, settings):
    Municipality.objects.all().delete()
    settings.ROUND_MAIL_DOMAINS = ["aadorp.nl"]
    with pytest.raises(DemoLeftOut, match="QUICKSCAN_ROUND_MAIL_DOMAINS"):
        load_demo()
    assert not Municipality.objects.exists()


# --- the banner ----------------------------------------------------------------------------------------------


def test_the_login_page_offers_every_account_the_password_and_the_mails(demo, client):
    page = client.get(reverse("account_login")).content.decode()
    assert BANNER in page and PASSWORD in page and reverse("development_mail") in page
    assert all(f'value="{email}"' in page for email in EMAILS)


@pytest.mark.parametrize("email", sorted(EMAILS))
def test_one_click_lets_in(demo, client, email):
    assert log_in(client, email).url == reverse("municipality_home")
    page = client.get(reverse("municipality_home"))
    municipality = User.objects.get(email=email).municipality.name
    assert municipality in page.content.decode() and BANNER in page.content.decode()
    assert f'value="{email}"' not in page.content.decode(), "who you are now is no button"


def test_switching_begins_a_session_of_its_own(demo, client):
    first, second = sorted(EMAILS)[:2]
    log_in(client, first)
    key = client.session.session_key
    log_in(client, second)
    assert client.session.session_key != key
    assert int(client.session["_auth_user_id"]) == User.objects.get(email=second).pk


def test_the_password_in_words_is_right(demo, client):
    for email in EMAILS:
        response = client.post(reverse("account_login"), {"login": email, "password": PASSWORD})
        assert response.status_code == 302, email


def test_the_button_only_posts(demo, client):
    assert client.get(reverse("demo_login")).status_code == 405
    assert not client.session.get("_auth_user_id")


@pytest.mark.parametrize("email", ["", "iemand@aadorp.nl", "nieuw@veldwijk.example.org"])
def test_nobody_else_gets_in_by_the_button(veldwijk, client, email):
    """Not an account elsewhere, and not one that somebody made in a municipality of the demo."""
    other = Municipality.objects.create(name="Aadorp", contact_email="contact@aadorp.nl")
    User.objects.create_user("iemand@aadorp.nl", "x", municipality=other, is_manager=True)
    User.objects.create_user("nieuw@veldwijk.example.org", "x", municipality=veldwijk, is_manager=True)
    assert log_in(client, email).status_code == 404
    assert not client.session.get("_auth_user_id")


def test_an_account_that_left_the_demo_or_was_disabled_gets_in_no_more(demo, client):
    disabled, moved = sorted(EMAILS)[:2]
    User.objects.filter(email=disabled).update(is_active=False)
    other = Municipality.objects.create(name="Aadorp", contact_email="contact@aadorp.nl")
    User.objects.filter(email=moved).update(municipality=other)
    assert log_in(client, disabled).status_code == log_in(client, moved).status_code == 404


def test_staff_of_another_municipality_and_respondents_see_no_banner(demo, client):
    other = Municipality.objects.create(name="Aadorp", contact_email="contact@aadorp.nl")
    user = User.objects.create_user("iemand@aadorp.nl", "x", municipality=other, is_manager=True)
    for path in (reverse("home"), reverse("choose_role"), reverse("rounds_explained")):
        assert BANNER not in client.get(path).content.decode()
    client.force_login(user)
    assert BANNER not in client.get(reverse("municipality_home")).content.decode()


def test_the_start_page_points_at_the_demo(demo, client):
    assert "Er staat een demo klaar" in client.get(reverse("home")).content.decode()


def test_without_the_demo_nothing_speaks_of_it(db, client):
    Municipality.objects.all().delete()
    for name in ("home", "account_login"):
        assert "demo" not in client.get(reverse(name)).content.decode()


def test_without_its_context_processor_as_in_production_nothing_speaks_of_it(demo, client, settings):
    (engine,) = settings.TEMPLATES
    options = engine["OPTIONS"]
    kept = [name for name in options["context_processors"] if "demo" not in name]
    assert len(kept) == len(options["context_processors"]) - 1
    settings.TEMPLATES = [engine | {"OPTIONS": options | {"context_processors": kept}}]
    for name in ("home", "account_login"):
        assert "demo" not in client.get(reverse(name)).content.decode()
