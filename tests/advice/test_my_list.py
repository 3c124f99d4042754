"""My list: what a reader keeps, where it lives, and what it never meets."""

import pytest
from django.contrib.auth import SESSION_KEY as STAFF_KEY
from django.contrib.sessions.models import Session
from django.urls import reverse

from advice.library import my_list
from advice.library.content import library
from scans import road
from teams.models import User
from tests.advice.test_library_pages import get, text_in

pytestmark = [pytest.mark.both, pytest.mark.django_db]

CHANGE, LIST = "/bibliotheek/mijn-lijst/wijzigen/", "/bibliotheek/mijn-lijst/"


def do(client, verb: str, code: str = "", **more):
    return client.post(CHANGE, {"do": verb, "code": code} | more)


def kept(client) -> list[str]:
    return client.session.get(my_list.KEY, [])


def some(number: int) -> list[str]:
    return list(library().by_code)[:number]


def test_the_list_keeps_what_was_chosen_in_order_and_once(client, content):
    first, second, third = some(3)[::-1]
    for code in (first, second, third, second):
        do(client, "add", code)
    assert kept(client) == [first, second, third]
    page = get(client, LIST)
    names = [library().by_code[code].name for code in (first, second, third)]
    assert [page.index(f'value="{code}"') for code in (first, second, third)] == sorted(
        page.index(f'value="{code}"') for code in (first, second, third)
    )
    assert all(name in text_in(page) for name in names)


def test_an_entry_is_taken_out_and_the_list_emptied(client, content):
    for code in some(3):
        do(client, "add", code)
    do(client, "remove", some(3)[1])
    assert kept(client) == [some(3)[0], some(3)[2]]
    do(client, "remove", "nooit-gekozen")
    assert len(kept(client)) == 2
    do(client, "empty")
    assert kept(client) == [] and "nog leeg" in text_in(get(client, LIST))


def test_the_list_holds_fifty(client, content):
    for code in some(my_list.LIMIT + 1):
        response = do(client, "add", code)
    assert len(kept(client)) == my_list.LIMIT == 50
    assert "Je lijst is vol" in text_in(get(client, response.url))
    do(client, "remove", some(1)[0])
    do(client, "add", some(51)[50])
    assert kept(client)[-1] == some(51)[50]


@pytest.mark.parametrize("fields", [{"do": "add", "code": "nee"}, {"do": "verkoop", "code": "skills-training"}, {}])
def test_what_cannot_be_done_changes_nothing_and_says_so(client, content, fields):
    do(client, "add", "skills-training")
    response = client.post(CHANGE, fields)
    assert kept(client) == ["skills-training"]
    assert "Je lijst is niet veranderd" in text_in(get(client, response.url))


def test_reading_changes_nothing(client, content):
    assert client.get(CHANGE).status_code == 405
    get(client, LIST)
    get(client, "/bibliotheek/skills-training/")
    assert kept(client) == []


@pytest.mark.parametrize(
    ("back", "place"),
    [
        ("/bibliotheek/skills-training/", "/bibliotheek/skills-training/"),
        ("/bibliotheek/?zoek=a", "/bibliotheek/?zoek=a"),
        ("", LIST), ("https://evil.nl/bibliotheek/", LIST), ("//evil.nl/bibliotheek/", LIST), ("/scan/wissen/", LIST),
        ("/\\evil.nl", LIST), ("/bibliotheek/\\evil.nl", LIST), ("javascript:alert(1)//bibliotheek/", LIST),
        ("/bibliotheek/" + "a" * 400, LIST),
    ],
)  # fmt: skip
def test_the_way_back_stays_inside_the_library(client, content, back, place):
    assert do(client, "add", "skills-training", back=back).url == place


def test_the_way_back_cannot_break_the_headers(client, content):
    response = do(client, "add", "skills-training", back="/bibliotheek/a\r\nSet-Cookie: x=1")
    assert response.status_code == 302 and "x" not in response.cookies and "\n" not in response.url


def test_an_entry_that_left_the_library_leaves_the_list(client, content):
    do(client, "add", "skills-training")
    session = client.session
    session[my_list.KEY] = ["verdwenen", "skills-training"]
    session.save()
    assert "1 onderdeel" in text_in(get(client, LIST))


def test_the_button_on_an_entry_says_what_it_does_next(client, content):
    path = "/bibliotheek/skills-training/"
    assert "Bewaar in mijn lijst" in text_in(get(client, path))
    do(client, "add", "skills-training")
    assert "Haal uit mijn lijst" in text_in(get(client, path))


def test_the_list_comes_along_when_a_scan_begins(client, content):
    do(client, "add", "skills-training")
    before = client.session.session_key
    client.post(reverse("start"), {"role": "client_manager"})
    assert kept(client) == ["skills-training"] and client.session["scan"]
    assert client.session.session_key != before, "a scan begins in a session of its own"


def test_nothing_else_comes_along(client, content):
    do(client, "add", "skills-training")
    session = client.session
    session["something"] = "else"
    session.save()
    client.post(reverse("start"), {"role": "client_manager"})
    assert set(client.session.keys()) <= {"scan", "questionnaire", my_list.KEY, "_csrftoken"}


def test_the_key_of_the_list_is_what_the_road_carries(content):
    assert road.CARRIED == (my_list.KEY,)


def test_without_it_the_list_would_be_lost(client, content, monkeypatch):
    monkeypatch.setattr(road, "CARRIED", ())
    do(client, "add", "skills-training")
    client.post(reverse("start"), {"role": "client_manager"})
    assert kept(client) == []


def test_erasing_a_scan_erases_the_list_too(client, content):
    do(client, "add", "skills-training")
    client.post(reverse("start"), {"role": "client_manager"})
    client.post(reverse("erase"))
    assert kept(client) == []
    assert all("skills-training" not in repr(session.get_decoded()) for session in Session.objects.all())


@pytest.fixture
def staff(db):
    return User.objects.create_user(email="staf@example.org", password="een-lang-wachtwoord")


def test_a_staff_login_has_no_list_and_gets_none(client, content, staff):
    get(client, do(client, "add", "skills-training").url)
    client.force_login(staff)
    assert STAFF_KEY in client.session and kept(client), "there is something to leak"
    page = text_in(get(client, LIST))
    assert "Je bent ingelogd" in page and library().by_code["skills-training"].name not in page
    assert (
        "mijn lijst"
        not in text_in(get(client, "/bibliotheek/house-of-skills/")).casefold().split("cijfers bronnen")[0]
    )
    do(client, "add", "house-of-skills")
    assert kept(client) == ["skills-training"]
    assert client.get("/bibliotheek/mijn-lijst/pdf/").status_code == 302


def test_what_a_staff_session_holds_does_not_go_into_a_scan(client, content, staff):
    do(client, "add", "skills-training")
    client.force_login(staff)
    client.post(reverse("start"), {"role": "client_manager"})
    assert kept(client) == [] and STAFF_KEY not in client.session
