"""The mailed link of an invitation: reading it does nothing, its button opens it, and its secret stays nowhere."""

import pytest
from django.core import mail
from django.urls import reverse

from scans.models import InvitationSecret
from scans.rounds import inviting, responding
from tests.database import everything, tables_with
from tests.quickscan.test_logs import log  # noqa: F401 -- a fixture
from tests.scans.rounds import world as worlds
from tests.scans.rounds.test_pages import fill, own_secret, secret_of

pytestmark = [pytest.mark.both, pytest.mark.django_db]


@pytest.fixture
def invitation(open_round):
    return worlds.invitations(open_round, team="Noord")[0]


@pytest.fixture
def secret(invitation) -> str:
    return secret_of(invitation)


def page_of(secret) -> str:
    return reverse("round_invitation", args=[secret])


def test_reading_the_link_changes_nothing_and_names_nobody(client, invitation, secret):
    before = everything()
    for method in (client.get, client.head, client.get):
        response = method(page_of(secret))
        assert response.status_code == 200
    after = everything()
    for table in before:
        if "session" not in table:  # the page has a form, whose CSRF secret lives in the session
            assert after[table] == before[table], table
    assert "invitation" not in client.session
    page = response.content.decode()
    for text in (invitation.person.name, invitation.email, invitation.measurement_round.municipality.name, "Noord"):
        assert text not in page, text


def test_the_button_leads_by_303_to_an_address_without_the_secret(client, secret):
    response = client.post(reverse("open_invitation"), {"secret": secret})
    assert (response.status_code, response["Location"]) == (303, "/ronde/")
    for answer in (response, client.get("/ronde/"), client.get(page_of(secret))):
        assert answer["Cache-Control"] == "no-store"
        assert answer["Referrer-Policy"] == "strict-origin"  # settings say why: the origin, never the path


def papers(monkeypatch) -> list[str]:
    """The HTML of every PDF that is made from now on."""
    made = []
    monkeypatch.setattr("advice.pdf_response.render_pdf", lambda html: made.append(str(html)) or b"%PDF-")
    return made


def walk(client, secret) -> tuple[list[str], str]:
    """From the button to the result: every page, and the secret of the own link, which is another one."""
    client.post(reverse("open_invitation"), {"secret": secret})
    pages = [client.get(reverse("round_before"))]
    client.post(reverse("begin_round"))
    fill(client)
    own = own_secret(client)
    pages += [client.get(reverse("check")), client.post(reverse("submit"), {"own_secret": own})]
    for name in ("result", "share", "mine_pdf", "share_pdf", "later"):
        pages.append(client.get(reverse(name)))
    assert {page.status_code for page in pages} == {200}
    return [page.content.decode() + repr(page.headers) for page in pages], own


def test_after_the_button_the_secret_stands_in_no_page_no_paper_and_no_log(client, secret, log, monkeypatch):  # noqa: F811
    made = papers(monkeypatch)
    assert secret in client.get(page_of(secret)).content.decode(), "there is something to hide"
    pages, own = walk(client, secret)
    client.get(page_of(secret))  # used by now: a 404, which is logged
    assert len(made) == 2 and any(own in page for page in pages), "the papers and the own link were made"
    assert not any(secret in text for text in [*pages, *made])
    assert not any(own in text for text in made)
    assert "Not Found: /uitnodiging/[secret]/" in log.getvalue()
    assert secret not in log.getvalue() and own not in log.getvalue()


def test_the_secret_is_in_no_table_and_no_session(client, secret, monkeypatch):
    papers(monkeypatch)
    assert tables_with(responding.hash_secret(secret)) == {"scans_invitationsecret"}, "there is something to find"
    client.get(page_of(secret))
    assert tables_with(secret) == set()
    _, own = walk(client, secret)
    assert tables_with(secret, own) == set()


@pytest.mark.parametrize("method", ["get", "post"])
def test_when_it_breaks_the_report_knows_neither_secret_nor_address(client, secret, log, monkeypatch, method):  # noqa: F811
    def broken(secret):
        raise ValueError(f"cannot read {secret}")

    monkeypatch.setattr(responding, "find_invitation", broken)
    client.raise_request_exception = False
    if method == "get":
        response = client.get(page_of(secret))
    else:
        response = client.post(reverse("open_invitation"), {"secret": secret})
    assert response.status_code == 500 and secret not in response.content.decode()
    assert "ValueError: cannot read [secret]" in log.getvalue()
    assert secret not in log.getvalue() and "127.0.0.1" not in log.getvalue()


def test_unknown_used_withdrawn_and_closed_cannot_be_told_apart(client, world, open_round):
    used, withdrawn, left = worlds.invitations(open_round, team="Noord")[:3]
    secrets = {name: secret_of(one) for name, one in (("used", used), ("withdrawn", withdrawn), ("closed", left))}
    worlds.answer(used)
    inviting.withdraw(world.coordinator, withdrawn)
    living = everything_said(client, secrets["closed"])
    answers = {name: everything_said(client, secrets[name]) for name in ("used", "withdrawn")}
    assert InvitationSecret.objects.exists()
    worlds.close(open_round)
    mails = len(mail.outbox)
    answers |= {f"{name}, after": everything_said(client, secret) for name, secret in secrets.items()}
    answers |= {"unknown": everything_said(client, "A" * 43), "no secret at all": everything_said(client, "x")}
    assert len(set(answers.values())) == 1, answers
    assert answers["unknown"] != living, "the comparison sees a page that is another one"
    assert len(mail.outbox) == mails


def everything_said(client, secret):
    client.cookies.clear()
    answers = client.get(page_of(secret)), client.post(reverse("open_invitation"), {"secret": secret})
    return tuple((one.status_code, one.content, str(one.headers)) for one in answers)
