"""Erasing takes everything, on the day that was promised."""

from datetime import timedelta

import pytest
from django.urls import reverse

from scans import services
from scans.clock import database_today
from scans.models import Answer, ResumeLink, Scan
from tests.conftest import fill
from tests.database import tables_with

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def left_of(scan, *secrets) -> set[str]:
    return tables_with(str(scan.pk), *(services.hash_secret(secret) for secret in secrets))


def test_erasing_leaves_no_marker_anywhere(client, content):
    client.post(reverse("start"), {"role": "client_manager"})
    scan = Scan.objects.get(pk=client.session["scan"])
    fill(scan, content)
    secrets = [services.make_resume_link(scan.pk) for _ in range(2)]
    assert left_of(scan, *secrets) == {"scans_scan", "scans_answer", "scans_resumelink", "sessions, unpacked"}
    client.post(reverse("erase"))
    assert left_of(scan, *secrets) == set()


def test_erasing_takes_the_scan_and_leaves_the_neighbour(scan, content):
    neighbour = services.start_scan(content)
    for one in (scan, neighbour):
        fill(one, content)
        services.make_resume_link(one.pk)
    services.erase_scan(scan.pk)
    assert left_of(scan) == set()
    assert left_of(neighbour) == {"scans_scan", "scans_answer", "scans_resumelink"}
    assert Answer.objects.filter(scan=neighbour).count() == len(content.questions)


def test_erasing_twice_is_the_same_as_once(scan):
    for _ in range(2):
        services.erase_scan(scan.pk)
    assert not Scan.objects.filter(pk=scan.pk).exists()


def test_a_second_browser_finds_nothing_after_erasing(client, scan):
    secret = services.make_resume_link(scan.pk)
    client.post(reverse("open_link"), {"secret": secret})
    assert client.get(reverse("check")).status_code == 200
    services.erase_scan(scan.pk)
    for page in ("check", "result", "later", "confirm_erase", "continue"):
        assert client.get(reverse(page)).status_code == 404, page


def test_closing_here_forgets_the_scan_in_this_browser_only(client, scan):
    secret = services.make_resume_link(scan.pk)
    client.post(reverse("open_link"), {"secret": secret})
    assert str(scan.pk) == client.session["scan"]
    assert client.get(reverse("close_here")).status_code == 200
    assert str(scan.pk) == client.session["scan"], "reading the page closes nothing"
    assert client.post(reverse("close_here")).url == reverse("closed_here")
    assert not client.session.keys()
    for page in ("check", "result", "later", "close_here", "continue"):
        assert client.get(reverse(page)).status_code == 404, page
    assert client.post(reverse("open_link"), {"secret": secret}).status_code == 303


def test_another_role_erases_the_draft(client, content):
    client.post(reverse("start"), {"role": "client_manager"})
    scan = Scan.objects.get(pk=client.session["scan"])
    assert client.post(reverse("restart")).url == reverse("choose_role")
    assert left_of(scan) == set()


@pytest.mark.parametrize(("day", "erased"), [(-1, 0), (0, 1), (1, 1)])
def test_what_has_expired_is_erased_on_its_day(scan, content, day, erased):
    fill(scan, content)
    services.make_resume_link(scan.pk)
    assert services.erase_expired(today=scan.erase_on + timedelta(days=day)) == erased
    assert Scan.objects.filter(pk=scan.pk).count() == 1 - erased
    assert Answer.objects.exists() == ResumeLink.objects.exists() == (not erased)


def test_a_thousand_at_a_time(content):
    yesterday = database_today() - timedelta(days=1)
    Scan.objects.bulk_create(Scan(questionnaire_id=content.id, erase_on=yesterday) for _ in range(1001))
    assert [services.erase_expired() for _ in range(3)] == [1000, 1, 0]
