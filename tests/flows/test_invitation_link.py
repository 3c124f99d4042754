"""The mailed link of an invitation in a real browser: address bar, history, referrers."""

import re

import pytest
from playwright.sync_api import expect

from tests.flows.test_round import SET_UP

browser = pytest.mark.browser
OPEN = """
from datetime import timedelta
import secrets
from scans.clock import database_instant, local_day
from scans.models import Invitation, InvitationSecret
from scans.rounds import opening, responding, setup
from teams.models import Municipality, User
m = Municipality.objects.get(name="NAME")
user = User.objects.get(email="coordinator@NAME.nl")
day = local_day(database_instant()) + timedelta(days=9)
draft = setup.save_draft(user, closes_on=day, minimum=5, teams=m.teams.all())
opened = opening.open_round(user, draft)
secret = secrets.token_urlsafe(32)
one = Invitation.objects.filter(measurement_round=opened).first()
InvitationSecret.objects.create(secret_hash=responding.hash_secret(secret), invitation=one)
print("secret", secret)
"""


@browser
def test_the_secret_leaves_the_address_bar_the_history_and_every_referrer(page, server):
    name = "linkstad"
    said = server.manage("shell", "-c", (SET_UP + OPEN).replace("NAME", name))
    secret = re.search(r"^secret (\S{43})$", said, re.MULTILINE)[1]
    requests = []
    page.on("request", lambda request: requests.append((request.url, request.headers.get("referer", ""))))
    page.goto(f"/uitnodiging/{secret}/")
    assert page.url.endswith("/ronde/"), "the address bar forgets it before the button is pressed"
    page.get_by_role("button", name="Open mijn uitnodiging").click()
    expect(page).to_have_url(f"{server.url}/ronde/")
    assert secret not in page.content()
    page.go_back()
    assert secret not in page.url + page.content()
    page.go_forward()
    page.get_by_role("button", name=re.compile("^Begin")).click()
    expect(page).to_have_title(re.compile("^Stap 1 van 12"))
    assert secret not in page.content()
    assert secret in requests[0][0], "there was something to leak"
    assert not any(secret in url + referer for url, referer in requests[1:])
    assert not any(secret in referer for _, referer in requests)
