"""Run by the bench: a municipality with closed rounds and an open one in which everybody is about to send.

Prints as JSON the addresses of the pages, the cookie of a manager, and what each respondent needs to send.
"""

import json
import secrets
import sys

import django

django.setup()

from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from advice.rounds.frozen import frozen_or_404  # noqa: E402
from quickscan.sessions import SessionStore  # noqa: E402
from tests.scans.rounds import crowd  # noqa: E402
from tests.scans.rounds import world as worlds  # noqa: E402
from tests.scans.rounds.test_pages import enter  # noqa: E402

TEAMS, PEOPLE, ROUNDS = 10, 120, 4


def main(drafts: int) -> None:
    world = crowd.municipality("Benchdorp", teams=TEAMS, people=PEOPLE)
    last = crowd.closed_rounds(world, ROUNDS)[-1]
    crowd.grow(world, teams=TEAMS, people=max(PEOPLE, drafts))
    group = frozen_or_404(world.municipality, last.public_id).team_groups[0].number
    people = worlds.invitations(worlds.opened(world))[:drafts]
    found = {
        "cookie": f"session={enter(Client(), world.manager).cookies['session'].value}",
        "pages": {
            "grid": reverse("round_result", args=[last.public_id]),
            "team page": reverse("round_group", args=[last.public_id, group]),
            "over time": reverse("round_over_time", args=[last.public_id, group]),
        },
        "drafts": [draft(invitation) for invitation in people],
    }
    print(json.dumps(found))


def draft(invitation) -> dict[str, str]:
    """A complete scan of this invitation, in a session as scans.road makes it."""
    scan, token = worlds.begin(invitation), secrets.token_hex(16)
    session = SessionStore()
    session.update({"scan": str(scan.pk), "questionnaire": scan.questionnaire_id, "round": True, "_csrftoken": token})
    session.create()
    session.save()
    return {"cookie": f"session={session.session_key}", "token": token, "own_secret": secrets.token_urlsafe(32)}


if __name__ == "__main__":
    main(int(sys.argv[1]))
