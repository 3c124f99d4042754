"""The pages: a coordinator, a manager and a stranger; and the road of somebody who is invited."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from scans.models import Attribution, Invitation, MeasurementRound, OutgoingMail, RoundDraft, Scan, Tally
from scans.rounds import inviting, responding
from scans.scoring.groups import OUTSIDE_WORDS, SMALL_ROLE_OUTSIDE, SMALL_TEAM_OUTSIDE
from scans.selectors.content import questionnaire_content
from tests.scans.rounds import world as worlds

pytestmark = [pytest.mark.both, pytest.mark.django_db]


@pytest.fixture
def as_coordinator(client, world):
    return enter(client, world.coordinator)


def enter(client, user):
    """A staff session, as the login makes it."""
    from teams import sessions

    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    request = type("Request", (), {"session": client.session, "user": user, "META": {}})()
    sessions.begin(request)
    request.session.save()
    return client


def form(world, day=14, minimum=5):
    fields = {f"team-{team.public_id}": "on" for team in world.teams.values()}
    return fields | {"last_day": worlds.in_days(day).isoformat(), "minimum": str(minimum)}


# --- the coordinator ---------------------------------------------------------------------------------------


def test_a_coordinator_prepares_looks_and_opens(as_coordinator, world):
    response = as_coordinator.post(reverse("edit_round"), form(world))
    draft = MeasurementRound.objects.get()
    assert response.url == reverse("round", args=[draft.public_id])
    page = as_coordinator.get(response.url).content.decode()
    assert "klantmanagers van Noord" in page and "Je team is te klein" not in page
    assert "Er zijn te weinig mensen met jouw rol" in page
    assert "Zo ziet een leidinggevende straks" in page
    confirm = reverse("open_round", args=[draft.public_id])
    assert "18 mensen" in as_coordinator.get(confirm).content.decode()
    assert not Invitation.objects.exists()
    as_coordinator.post(confirm)
    assert Invitation.objects.count() == 18


def test_mistakes_stand_beside_the_field(as_coordinator, world):
    page = as_coordinator.post(reverse("edit_round"), form(world, minimum=4)).content.decode()
    assert "minstens 5 mensen" in page
    assert "Deze dag kan niet" in as_coordinator.post(reverse("edit_round"), form(world, day=-1)).content.decode()
    only = {"last_day": worlds.in_days(3).isoformat(), "minimum": "5"}
    assert "minstens één team" in as_coordinator.post(reverse("edit_round"), only).content.decode()
    far = form(world) | {"last_day": "9999-12-31"}
    assert as_coordinator.post(reverse("edit_round"), far).status_code == 200


ONE = ["round", "delete_round", "test_round_mail", "open_round", "extend_round", "remind_round"]
ADDRESS = ["round_address", "withdraw_round_address", "mail_round_address"]


@pytest.mark.parametrize("who", ["manager", "stranger"])
def test_a_manager_and_a_stranger_get_the_404_of_nothing(client, world, stranger, open_round, who):
    enter(client, world.manager if who == "manager" else stranger.coordinator)
    address = Invitation.objects.first().public_id
    state = list(Invitation.objects.order_by("pk").values()), OutgoingMail.objects.count()
    for names, own in ((ONE, open_round.public_id), (ADDRESS, address)):
        for name in names:
            for method in (client.get, client.post):
                mine = method(reverse(name, args=[own]))
                nothing = method(reverse(name, args=["x" * 16]))
                assert mine.status_code == nothing.status_code and mine.status_code in (404, 405), name
                assert mine.content == nothing.content
    assert (list(Invitation.objects.order_by("pk").values()), OutgoingMail.objects.count()) == state


def test_without_login_there_is_only_the_door(client, open_round):
    for name in ONE:
        response = client.get(reverse(name, args=[open_round.public_id]))
        assert response.status_code == 302 and "/inloggen/" in response.url


def test_the_pages_of_an_open_round_are_the_same_whoever_answered(as_coordinator, world, open_round):
    worlds.mailed_secrets()

    def pages():
        found = [as_coordinator.get(reverse("round", args=[open_round.public_id]))]
        found += [
            as_coordinator.get(reverse("round_address", args=[one.public_id]))
            for one in Invitation.objects.order_by("pk")
        ]
        return [re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.content.decode()) for page in found]

    before = pages()
    assert "minder dan 5 mensen" in before[0]
    for invitation in worlds.invitations(open_round, team="Noord"):
        worlds.answer(invitation, choice="4")
    worlds.begin(worlds.invitations(open_round, role="manager")[0])
    assert pages() == before


@pytest.mark.parametrize("name", ["withdraw_round_address", "mail_round_address", "round_address"])
def test_every_act_on_an_address_answers_the_same(as_coordinator, world, open_round, name):
    answered, silent = worlds.invitations(open_round, team="Noord")[:2]
    worlds.answer(answered)
    data = {"role": "manager", "team": world.teams["Oost"].public_id} if name == "round_address" else {}
    seen = []
    for invitation in (answered, silent):
        page = as_coordinator.post(reverse(name, args=[invitation.public_id]), data, follow=True).content.decode()
        rows = re.findall(rf"<tr><th scope=.row.>{invitation.person.name}.*?</tr>", page)
        alerts = re.findall(r"utrecht-alert.*?</div>", page, re.DOTALL)
        seen.append([text.replace(invitation.person.name, "").replace(invitation.person.email, "")
                     .replace(invitation.public_id, "") for text in rows + alerts])  # fmt: skip
    assert seen[0] == seen[1] and seen[0]


def test_the_number_of_queries_does_not_grow_with_people(
    as_coordinator, world, open_round, django_assert_max_num_queries
):
    with django_assert_max_num_queries(14):
        as_coordinator.get(reverse("round", args=[open_round.public_id]))


def test_a_get_opens_withdraws_and_reminds_nothing(as_coordinator, open_round):
    for name in ("remind_round", "delete_round", "test_round_mail"):
        assert as_coordinator.get(reverse(name, args=[open_round.public_id])).status_code == 405


# --- the invited -------------------------------------------------------------------------------------------


def open_invitation(client, secret):
    return client.post(reverse("open_invitation"), {"secret": secret}, follow=True)


def fill(client):
    for step in range(1, 13):
        page = client.get(reverse("theme", args=[step])).content.decode()
        codes = dict.fromkeys(re.findall(r'type="radio" name="([^"]+)"', page))
        client.post(reverse("theme", args=[step]), dict.fromkeys(codes, "2"))


def own_secret(client) -> str:
    return re.search(r'name="own_secret" value="([^"]+)"', client.get(reverse("check")).content.decode())[1]


def secret_of(invitation) -> str:
    return next(s for s in worlds.mailed_secrets() if responding.find_invitation(s) == invitation)


def test_opening_a_link_changes_nothing_until_its_button(client, open_round):
    secret = worlds.mailed_secrets()[0]
    for _ in range(3):
        assert client.get(reverse("round_invitation", args=[secret])).status_code == 200
    assert not any("invitation" in one.get_decoded() for one in Session.objects.all())
    assert not Scan.objects.exists()
    page = open_invitation(client, secret)
    assert page.request["PATH_INFO"] == "/ronde/" and secret not in page.content.decode()
    assert not Scan.objects.exists()


def test_every_dead_link_gets_the_same_page(client, world, open_round):
    used, withdrawn = worlds.invitations(open_round, team="Noord")[:2]
    secrets = [secret_of(used), secret_of(withdrawn), "x" * 43, "y"]
    worlds.answer(used)
    inviting.withdraw(world.coordinator, withdrawn)
    pages = {client.get(reverse("round_invitation", args=[secret])).content for secret in secrets}
    pages |= {client.post(reverse("open_invitation"), {"secret": secret}).content for secret in secrets}
    assert len(pages) == 1


LATER = ("Per groep:", "Alle teams samen:", "De rollen naast elkaar:", "De tijd:", "een verslag en een rekenblad:")


@pytest.mark.parametrize("address", ["/ronde/", "/uitleg/meetronde/", "draft"])
def test_what_others_will_see_is_said_in_the_same_words_everywhere(client, world, open_round, address):
    if address == "draft":
        worlds.close(open_round)
        enter(client, world.coordinator)
        address = reverse("round", args=[worlds.draft(world, days=30).public_id])
    else:
        open_invitation(client, secret_of(worlds.invitations(open_round)[0]))
    page = client.get(address).content.decode()
    assert [text for text in LATER if text not in page] == []


@pytest.mark.parametrize("role, team", [("client_manager", "Oost"), ("policy_officer", None), ("manager", None)])
def test_who_is_in_no_group_reads_why_and_nothing_that_is_not_so(client, settings, role, team):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    people = {("Noord", "client_manager"): 6, ("Oost", "client_manager"): 2, ("Noord", "policy_officer"): 1,
              ("Noord", "manager"): 2}  # fmt: skip
    small = worlds.opened(worlds.municipality("Kleindorp", people))
    page = open_invitation(client, secret_of(worlds.invitations(small, role=role, team=team)[0])).content.decode()
    reason = SMALL_TEAM_OUTSIDE if role == "client_manager" else SMALL_ROLE_OUTSIDE
    assert OUTSIDE_WORDS[reason] in page and "nergens bij opgeteld" in page
    assert "worden je antwoorden opgeteld" not in page and "Zo ziet een leidinggevende" not in page


def test_before_the_first_question_everything_is_said(client, open_round):
    invitation = worlds.invitations(open_round, team="Noord")[0]
    page = open_invitation(client, secret_of(invitation)).content.decode()
    for text in ("klantmanagers van Noord", "6 mensen", "minstens <strong>5</strong>", "Zo ziet een leidinggevende",
                 "Wat geteld is, kan niet worden teruggehaald", "Dit is niet mijn rol of team",
                 "Stuur mij geen herinnering", *LATER, "minstens 20 punten verschil"):  # fmt: skip
        assert text in page, text
    assert 'name="attribute"' not in page


def test_the_whole_road_ends_with_the_own_link_and_no_tie(client, open_round):
    invitation = worlds.invitations(open_round, team="Noord")[0]
    open_invitation(client, secret_of(invitation))
    client.post(reverse("begin_round"))
    fill(client)
    secret = own_secret(client)
    page = client.post(reverse("submit"), {"own_secret": secret})
    assert page.status_code == 200 and f"/verder/{secret}/" in page.content.decode()
    again = client.post(reverse("submit"), {"own_secret": secret})
    assert f"/verder/{secret}/" in again.content.decode()
    assert client.post(reverse("submit"), {"own_secret": "z" * 43}).url == reverse("result")
    assert {n[0] for n in Tally.objects.get(group=invitation.group).counters.values()} == {1}
    assert not RoundDraft.objects.exists()
    assert client.get(reverse("result")).status_code == 200


def test_a_small_role_chooses_unticked_and_may_take_it_back(client, open_round):
    invitation = worlds.invitations(open_round, role="policy_officer")[0]
    page = open_invitation(client, secret_of(invitation)).content.decode()
    box = re.search(r'<input[^>]*name="attribute"[^>]*>', page)[0]
    assert "checked" not in box and "in geen enkel cijfer" in page
    client.post(reverse("begin_round"), {"attribute": "on"})
    fill(client)
    secret = own_secret(client)
    assert "Laat mijn niveaus niet zien" in client.post(reverse("submit"), {"own_secret": secret}).content.decode()
    assert Attribution.objects.count() == 12
    assert reverse("withdraw_levels") in client.get(reverse("result")).content.decode()
    assert "Laat mijn niveaus niet zien" in client.get(reverse("resume", args=[secret])).content.decode()
    assert Attribution.objects.count() == 12
    assert "worden niet getoond" in client.post(reverse("withdraw_levels"), {"secret": secret}).content.decode()
    assert not Attribution.objects.exists()


def test_too_late_is_never_a_thank_you(client, open_round):
    open_invitation(client, secret_of(worlds.invitations(open_round)[0]))
    client.post(reverse("begin_round"))
    fill(client)
    secret = own_secret(client)
    worlds.close(open_round)
    for _ in range(2):
        page = client.post(reverse("submit"), {"own_secret": secret})
        assert page.status_code == 409 and "tellen niet mee" in page.content.decode()
    assert "Bedankt" not in page.content.decode()
    client.post(reverse("send_alone"))
    assert client.post(reverse("submit")).url == reverse("result")


def test_wrong_role_and_no_reminder_are_noted_by_button_only(client, open_round):
    invitation = worlds.invitations(open_round)[0]
    open_invitation(client, secret_of(invitation))
    for name, field in (("round_wrong_role", "asks_correction"), ("round_no_reminder", "no_reminder")):
        assert client.get(reverse(name)).status_code == 405
        client.post(reverse(name))
        invitation.refresh_from_db()
        assert getattr(invitation, field)


def test_a_link_ends_a_staff_session(client, world, open_round):
    enter(client, world.coordinator)
    open_invitation(client, worlds.mailed_secrets()[0])
    assert client.get(reverse("rounds")).status_code == 302


def test_the_questionnaire_is_the_pinned_one_of_the_role(client, open_round):
    open_invitation(client, secret_of(worlds.invitations(open_round, role="manager")[0]))
    client.post(reverse("begin_round"))
    assert questionnaire_content(Scan.objects.get().questionnaire_id).role == "manager"


def test_development_mail_can_be_read(client, open_round, settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    worlds.mailed_secrets()
    page = client.get(reverse("development_mail")).content.decode()
    assert "Alleen voor ontwikkeling" in page and page.count("/uitnodiging/") >= 18
