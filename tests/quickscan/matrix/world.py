"""Two municipalities with everything in them, and a browser for each kind of visitor."""

import copy
import re
from contextlib import contextmanager, suppress
from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import urlsplit

from django.db import connection, transaction
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from scans import services
from scans.clock import database_instant
from scans.models import Invitation
from scans.selectors.content import current_questionnaire, questionnaire_content
from teams.models import AccountInvitation, Person, User
from teams.services import access, colleagues
from tests.scans.rounds import world as worlds

PASSWORD = "correct paard batterij"
PEOPLE = {("Noord", "client_manager"): 6, ("Noord", "policy_officer"): 1}
RANDOM = "A" * 16
_TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value=")\w+"')
_WRITES = re.compile(r"^\s*(INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)\"?", re.IGNORECASE)


def build() -> SimpleNamespace:
    """`objects[who]` holds the variable parts of addresses; `browsers` one client per kind of visitor."""
    own, foreign = municipality("Aadorp"), municipality("Beedorp")
    secrets = worlds.mailed_secrets()
    objects = {"own": own.objects, "foreign": foreign.objects}
    objects["own"]["invitation secret"] = next(s for s in secrets if _municipality_of(s) == own.municipality)
    return SimpleNamespace(objects=objects, browsers=browsers(own, foreign), coordinator=own.coordinator)


def municipality(name: str) -> SimpleNamespace:
    """A closed round of last year, an open one, a draft for later; teams, people, colleagues."""
    world = worlds.municipality(name, PEOPLE)
    long_ago = database_instant() - timedelta(days=250)
    closed = worlds.opened(world, at=long_ago)
    for one in worlds.invitations(closed):
        worlds.answer(one, own_secret=f"{one.public_id:_>43}", at=long_ago)
    worlds.close(closed)
    opened = worlds.opened(world)
    colleague = _user(world, "tweede", is_coordinator=True)
    waiting = access.invite_colleague(
        world.coordinator, name="Nieuw", email=f"nieuw@{name.lower()}.nl", is_coordinator=False, is_manager=True
    )
    person = Person.objects.create(
        municipality=world.municipality, team=world.teams["Noord"], role="manager", name="Kim",
        email=f"kim@{name.lower()}.nl",
    )  # fmt: skip
    draft = worlds.draft(world)
    world.objects = {
        "team": world.teams["Noord"].public_id,
        "person": person.public_id,
        "colleague": colleague.public_id,
        "account invitation": waiting.public_id,
        "draft round": draft.public_id,
        "open round": opened.public_id,
        "closed round": closed.public_id,
        "invitation": Invitation.objects.filter(measurement_round=opened).first().public_id,
        "access secret": access._draw_secret(AccountInvitation.objects.get(pk=waiting.pk)),
        "scan secret": services.make_resume_link(services.start_scan(current_questionnaire("manager")).pk),
    }
    return world


def _user(world, who: str, **rights) -> User:
    email = f"{who}@{world.municipality.name.lower()}.nl"
    return User.objects.create_user(email, PASSWORD, municipality=world.municipality, **rights)


def _municipality_of(secret: str):
    from scans.rounds.responding import find_invitation

    return find_invitation(secret).measurement_round.municipality


def browsers(own, foreign) -> dict[str, Client]:
    disabled = _user(own, "weg", is_coordinator=True, is_manager=True)
    found = {
        "nobody": Client(),
        "drafting": Client(),
        "sent": Client(),
        "invited": Client(),
        "coordinator": _logged_in(own.coordinator),
        "manager": _logged_in(own.manager),
        "powerless": _logged_in(_user(own, "zonder")),
        "foreign": _logged_in(foreign.coordinator),
        "disabled": _logged_in(disabled),
    }
    for who in ("drafting", "sent"):
        found[who].post(reverse("start"), {"role": "manager"})
    scan_id = found["sent"].session["scan"]
    content = questionnaire_content(found["sent"].session["questionnaire"])
    services.save_answers(scan_id, {question.id: "2" for question in content.questions})
    services.submit_scan(scan_id)
    secret = worlds.mailed_secrets()[-1]
    found["invited"].post(reverse("open_invitation"), {"secret": secret})
    assert "invitation" in found["invited"].session
    colleagues.disable_user(disabled, by="command-line")
    return found


def _logged_in(user: User) -> Client:
    client = Client()
    response = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert response.status_code == 302, response.content.decode()
    return client


# --- asking ------------------------------------------------------------------------------------------------


def path_of(row, objects: dict[str, str]) -> str:
    """The address with its parts filled in. What `objects` does not know stands in the table as it is asked for."""
    path = row.address
    for name, part in row.parts.items():
        text = str(objects.get(part, part))
        path, times = re.subn(rf"<(\w+:)?{name}>|\(\?P<{name}>[^)]*\)", text, path)
        assert times == 1, (row.address, name)
    assert not re.search(r"[<>]", path), f"{path}: `with` does not fill every part of {row.address}"
    return path


def fields_of(row, objects: dict[str, str]) -> dict[str, str]:
    return {name: objects.get(part, part) for name, part in row.fields.items()}


def ask(browser: Client, method: str, path: str, fields: dict[str, str] | None = None):
    """One request, of which nothing stays: neither in the database nor in the browser. The tables that it wrote."""
    client = copy.copy(browser)
    client.cookies = copy.deepcopy(browser.cookies)
    client.raise_request_exception = False
    with transaction.atomic(), _written() as tables:
        response = client.post(path, fields or {}) if method == "POST" else client.generic(method, path)
        if response.streaming:
            response.getvalue()
        transaction.set_rollback(True)
    return response, tables


@contextmanager
def _written():
    tables = set()

    def look(execute, sql, params, many, context):
        if found := _WRITES.match(sql):
            tables.add(found[2])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield tables


def status(response) -> str:
    """The status, and for a redirect the address that it leads to, as the resolver writes it."""
    if not 300 <= response.status_code < 400:
        return str(response.status_code)
    target = urlsplit(response["Location"]).path
    with suppress(Resolver404):
        target = "/" + resolve(target).route.replace("^", "").removesuffix("$")
    return f"{response.status_code} {target}"


def body(response) -> tuple:
    """What a visitor can tell two answers apart by."""
    page = _TOKEN.sub(r'\1…"', response.content.decode("utf-8", "surrogateescape"))  # a PDF is no text
    return response.status_code, sorted(response.headers.items()), page
