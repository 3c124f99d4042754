"""The addresses of a big round come a hundred at a time, and nobody gets lost between two pages."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from scans.models import OutgoingMail
from scans.rounds import selectors
from tests.scans.rounds import crowd
from tests.scans.rounds import world as worlds
from tests.scans.rounds.test_pages import enter

pytestmark = [pytest.mark.both, pytest.mark.django_db]
PEOPLE = 95  # and five of each other role: two pages


@pytest.fixture
def big():
    world = crowd.municipality("Grootdorp", teams=3, people=PEOPLE)
    world.round = worlds.opened(world)
    return world


def names(world, query: str = "") -> list[str]:
    address = reverse("round", args=[world.round.public_id]) + query
    page = enter(Client(), world.coordinator).get(address).content.decode()
    return re.findall(r'href="/gemeente/rondes/uitnodiging/([\w-]+)/"', page)


def test_everybody_stands_on_exactly_one_page(big):
    first, second = names(big), names(big, "?bladzijde=2")
    assert (len(first), len(second)) == (selectors.PER_PAGE, 5)
    assert {*first, *second} == {one.public_id for one in big.round.invitations.all()}


@pytest.mark.parametrize(("asked", "page"), [("0", 2), ("99", 2), ("x", 1), ("", 1), ("-1", 2)])
def test_a_page_that_is_not_there_is_the_nearest_one(big, asked, page):
    assert names(big, f"?bladzijde={asked}") == names(big, f"?bladzijde={page}")


def test_who_asks_for_a_correction_stands_first(big):
    last = names(big, "?bladzijde=2")[-1]
    big.round.invitations.filter(public_id=last).update(asks_correction=True)
    assert names(big)[0] == last


def test_the_status_is_that_of_the_latest_mail(big):
    one = big.round.invitations.first()
    for status in (OutgoingMail.Status.REFUSED, OutgoingMail.Status.SENT):
        one.mails.filter(status="waiting").update(status=status)
        OutgoingMail.objects.create(invitation=one, kind="reminder")
    one.mails.filter(status="waiting").update(status="uncertain")
    (line,) = selectors.address_lines(big.round.invitations.filter(pk=one.pk))
    assert line.status == "onzeker"
