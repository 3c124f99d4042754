"""The way back: a secret that only its owner has, and one page for every link that leads nowhere."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from scans import services
from scans.clock import database_today
from scans.models import ResumeLink, Scan
from tests.conftest import fill
from tests.database import everything, tables_with

pytestmark = [pytest.mark.both, pytest.mark.django_db]


@pytest.fixture
def secret(scan):
    return services.make_resume_link(scan.pk)


def test_a_secret_leads_back_to_its_scan(scan, secret):
    assert services.find_by_secret(secret).pk == scan.pk


def test_a_secret_has_256_bits_and_is_never_the_same(scan):
    secrets = {services.make_resume_link(scan.pk) for _ in range(20)}
    assert len(secrets) == 20
    assert {len(secret) for secret in secrets} == {43}  # 32 bytes in base64


def test_only_the_hash_of_a_secret_is_in_the_database(scan, secret):
    assert tables_with(services.hash_secret(secret)) == {"scans_resumelink"}, "there must be something to find"
    assert tables_with(secret) == set()


def test_opening_a_link_leaves_the_secret_nowhere(client, scan, secret):
    client.get(reverse("resume", args=[secret]))
    client.post(reverse("open_link"), {"secret": secret})
    assert client.session["scan"] == str(scan.pk)
    assert "sessions, unpacked" in tables_with(str(scan.pk)), "there must be something to find"
    assert tables_with(secret) == set()


def test_several_links_work_side_by_side(scan):
    secrets = [services.make_resume_link(scan.pk) for _ in range(3)]
    assert {services.find_by_secret(secret).pk for secret in secrets} == {scan.pk}


def test_a_link_works_again_and_again(client, scan, secret):
    for _ in range(2):
        assert client.post(reverse("open_link"), {"secret": secret}).url == reverse("continue")


def test_a_link_of_a_sent_scan_leads_to_the_result(client, scan, content, secret):
    fill(scan, content)
    services.submit_scan(scan.pk)
    assert client.post(reverse("open_link"), {"secret": secret}).url == reverse("result")


def test_reading_a_link_changes_nothing(client, scan, secret):
    before = everything()
    response = client.get(reverse("resume", args=[secret]))
    assert response.status_code == 200
    after = everything()
    for table in before:
        if "session" not in table:  # the page has a form, whose CSRF secret lives in the session
            assert after[table] == before[table], table
    assert "scan" not in client.session


def dead_links(content):
    """One secret for each reason why there is nothing here."""
    today = database_today()
    expired, erased = (services.start_scan(content) for _ in range(2))
    found = {
        "unknown": "A" * 43,
        "expired": services.make_resume_link(expired.pk),
        "erased": services.make_resume_link(erased.pk),
        "one letter off": services.make_resume_link(services.start_scan(content).pk)[:-1] + "_",
    }
    Scan.objects.filter(pk=expired.pk).update(erase_on=today - timedelta(days=1))
    services.erase_scan(erased.pk)
    return found


def same_to_a_stranger(responses):
    assert len({(r.status_code, r.content, tuple(sorted(r.headers.items()))) for r in responses}) == 1


def test_unknown_expired_and_erased_are_one_and_the_same_page(client, content, secret):
    dead = dead_links(content)
    opened = [client.get(reverse("resume", args=[text])) for text in dead.values()]
    pressed = [client.post(reverse("open_link"), {"secret": text}) for text in [*dead.values(), ""]]
    same_to_a_stranger(opened + pressed)
    assert opened[0].status_code == 404
    living = client.get(reverse("resume", args=[secret]))
    with pytest.raises(AssertionError):  # the comparison sees a page that is another one
        same_to_a_stranger([*opened, living])


def test_the_page_names_every_reason(client):
    page = client.get(reverse("resume", args=["A" * 43])).content.decode()
    assert all(word in page for word in ("gesloten", "link klopt niet", "bewaartijd", "gewist"))


@pytest.mark.parametrize("text", ["x", "é" * 20, "' OR 1=1 --", "{{7*7}}", "%00", "A" * 3000])
def test_a_strange_secret_is_just_unknown(client, content, text):
    assert client.post(reverse("open_link"), {"secret": text}).status_code == 404
    assert client.get(reverse("resume", args=[text])).status_code == 404


def test_a_new_link_is_shown_once(client, content):
    client.post(reverse("start"), {"role": "client_manager"})
    shown = client.post(reverse("make_link")).content.decode()
    secret = re.search(r"/verder/([\w-]{43})/", shown)[1]
    assert services.find_by_secret(secret)
    assert secret not in client.get(reverse("later")).content.decode()


def test_making_a_link_without_a_scan_makes_nothing(client, db):
    assert client.post(reverse("make_link")).status_code == 404
    assert not ResumeLink.objects.exists()
