"""What employees, a works council and a privacy officer read about a round is true of the code, and the same."""

import re

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import reverse

from scans.models import FEWEST
from tests.pages import main_of
from tests.scans.rounds import world as worlds

PAGE = "/uitleg/meetronde/"
PRIVACY = settings.BASE_DIR / "docs" / "privacy"
STATEMENT = settings.BASE_DIR / "docs" / "toegankelijkheid" / "verklaring.md"
# Content is the same for everybody.
CONTENT = {
    "AdviceRule", "AnswerOption", "Citation", "CombinedRule", "Fact", "Intervention", "LevelName", "Publication",
    "Question", "Questionnaire", "Source", "Term", "Theme", "ThemeAdvice",
}  # fmt: skip


def words(page: str) -> str:
    return re.sub(r"\s+", " ", " ".join(main_of(page).itertext()))


@pytest.mark.both
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "days", "said"),
    [
        ("ROUND_PEOPLE_DAYS", 17, "17 dagen na sluiten"),
        ("DRAFT_DAYS", 9, "Na 9 dagen wissen wij wat je niet hebt verstuurd"),
        ("RESULT_DAYS", 21, "Na 21 dagen wissen wij die"),
    ],
)
def test_the_page_names_the_days_of_this_installation(client, settings, name, days, said):
    assert said not in words(client.get(PAGE).content.decode())
    setattr(settings, name, days)
    assert said in words(client.get(PAGE).content.decode())


@pytest.mark.both
@pytest.mark.django_db
def test_the_page_says_what_it_has_to_say(client):
    page = client.get(PAGE).content.decode()
    said = words(page)
    assert f"minstens {FEWEST} mensen" in said
    for subject in ("bewaren", "zien", "rekenen", "beheerder", "terug"):
        assert main_of(page).xpath(f".//h2[@id='{subject}']"), subject
    assert "je antwoorden tot nu toe, met je naam" in said  # what a host could see
    assert "Wat is opgeteld, kun je niet terughalen" in said


@pytest.mark.both
@pytest.mark.django_db
def test_the_explanation_leads_to_it(client):
    assert f'href="{PAGE}"' in client.get("/uitleg/").content.decode()


@pytest.mark.both
@pytest.mark.django_db
def test_the_page_before_the_first_question_leads_to_it(client):
    invitation = worlds.invitations(worlds.opened(worlds.municipality()))[0]
    session = client.session
    session["invitation"] = invitation.public_id
    session.save()
    response = client.get(reverse("round_before"))
    assert response.status_code == 200
    assert f'href="{PAGE}"' in response.content.decode()


def our_models() -> set[str]:
    rooms = [apps.get_app_config(name) for name in ("teams", "scans", "advice")]
    return {model.__name__ for room in rooms for model in room.get_models()} - CONTENT


def test_the_dpia_names_every_table_about_people():
    assert {"Invitation", "Person", "RoundDraft", "Attribution", "User"} <= our_models()
    text = (PRIVACY / "dpia.md").read_text()
    assert {name for name in our_models() if f"`{name}`" not in text} == set()


PROMISES_TOO_MUCH = re.compile(r"anoni(?:e|)m", re.IGNORECASE)
READ_BY_EMPLOYEES = [
    PRIVACY / "letter-works-council.md",
    STATEMENT,
    settings.BASE_DIR / "templates" / "rounds_explained.html",
    *(settings.BASE_DIR / "templates" / "rounds").glob("*"),
]


@pytest.mark.parametrize("path", READ_BY_EMPLOYEES, ids=lambda path: path.name)
def test_nothing_is_called_anonymous(path):
    assert not PROMISES_TOO_MUCH.search(path.read_text())


def test_what_promises_too_much_is_found():
    assert PROMISES_TOO_MUCH.search("Je antwoorden zijn Anoniem.") and PROMISES_TOO_MUCH.search("de anonieme scan")


def test_the_letter_fits_on_one_page():
    letter = (PRIVACY / "letter-works-council.md").read_text()
    assert 250 < len(letter.split()) < 480
