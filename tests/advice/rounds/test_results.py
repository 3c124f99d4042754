"""Results of a closed round: who may, from what they are made, and what the pages say and do not say."""

import hashlib
import json
import re
from dataclasses import replace
from fractions import Fraction

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.formats import date_format

from advice.rounds import frozen as freezer
from advice.rounds.documents import round_html
from advice.rounds.grid import grid_of
from advice.rounds.mirror import mirror_lines, mirror_parts
from advice.rounds.mirror_words import LOOK_TOGETHER, MAKE_KNOWN, gap_words
from advice.rounds.sheets import sheets_of
from advice.rounds.team import team_page
from advice.rounds.trend import trend_page
from advice.rounds.urls import urlpatterns
from scans.clock import local_day
from scans.models import RoundResult
from scans.rounds.selectors import last_day_of
from scans.scoring import Attributed, mirror_of
from scans.scoring.levels import LEVEL_NAMES
from scans.scoring.publication import MUNICIPALITY, REASON_WORDS
from scans.scoring.rounding import round_mean
from teams.models import Municipality, Team, User
from tests.advice.rounds.made_up import frozen_rounds
from tests.scans.rounds import world as worlds
from tests.scans.rounds.test_pages import enter

pytestmark = [pytest.mark.both, pytest.mark.django_db]
NAMES = {pattern.name: pattern for pattern in urlpatterns}
OF_A_ROUND = [name for name in NAMES if name != "round_results"]
# What these pages may read: who is asking, whose round it is, the result, and the content.
MAY_READ = {
    "django_session", "teams_user", "teams_municipality", "scans_measurementround", "scans_roundresult",
    "scans_questionnaire",
}  # fmt: skip


def path_of(name, public_id="x" * 16, number=1):
    wanted = {"public_id": public_id, "number": number}
    return reverse(name, kwargs={key: wanted[key] for key in NAMES[name].pattern.converters})


def thawed(world, measurement_round):
    return freezer.frozen_or_404(world.municipality, measurement_round.public_id)


def group_named(frozen, short):
    return next(group for group in frozen.groups if group.short == short)


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


# --- who may -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_manager_and_coordinator_may_look(world, closed, name):
    for user in (world.manager, world.coordinator):
        assert enter(Client(), user).get(path_of(name, closed.public_id)).status_code == 200


@pytest.mark.parametrize("name", NAMES)
def test_nobody_comes_in_without_a_login_and_nobody_writes(client, name):
    response = client.get(path_of(name))
    assert response.status_code == 302 and response.url.startswith(reverse("account_login"))
    response = NAMES[name].callback(RequestFactory().post("/"))
    assert response.status_code == 405 and set(response["Allow"].split(", ")) == {"GET", "HEAD"}


@pytest.mark.parametrize("name", OF_A_ROUND)
def test_a_colleague_elsewhere_gets_the_404_of_nothing(stranger, closed, name):
    for user in (stranger.manager, stranger.coordinator):
        client = enter(Client(), user)
        real, nothing = client.get(path_of(name, closed.public_id)), client.get(path_of(name))
        assert (real.status_code, nothing.status_code) == (404, 404)
        assert _without_token(real) == _without_token(nothing)


def _without_token(response) -> bytes:
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", response.content)


def test_the_list_shows_only_own_rounds(stranger, world, closed):
    page = enter(Client(), stranger.manager).get(reverse("round_results")).content.decode()
    assert closed.public_id not in page and "nog geen ronde gesloten" in page
    assert closed.public_id in enter(Client(), world.manager).get(reverse("round_results")).content.decode()


@pytest.mark.parametrize("name", NAMES)
def test_a_login_without_rights_gets_nothing(world, closed, name):
    plain = User.objects.create_user("niets@aadorp.nl", "correct paard batterij", municipality=world.municipality)
    assert enter(Client(), plain).get(path_of(name, closed.public_id)).status_code == 404


@pytest.mark.parametrize("name", [name for name in OF_A_ROUND if name != "round_result"])
def test_an_open_round_has_no_results(manager, world, name):
    opened = worlds.opened(world)
    assert manager.get(path_of(name, opened.public_id)).status_code == 404


def test_while_a_round_runs_staff_is_told_when_there_is_something_to_see(world):
    opened = worlds.opened(world)
    last, closing = (date_format(day, "j F Y") for day in (last_day_of(opened), local_day(opened.closes_at)))
    for user in (world.manager, world.coordinator):
        client = enter(Client(), user)
        listed = client.get(path_of("round_results"))
        said = f"Er loopt een meetronde tot en met {last}. De uitkomst is er na sluiting, vanaf {closing}."
        assert said in text_of(listed) and path_of("round_result", opened.public_id) in listed.content.decode()
        page = client.get(path_of("round_result", opened.public_id))
        assert page.status_code == 200 and f"Resultaten na sluiting op {closing}" in text_of(page)


def test_of_a_running_round_only_the_closing_day_is_read(manager, world):
    opened = worlds.opened(world)
    with CaptureQueriesContext(connection) as captured:
        manager.get(path_of("round_result", opened.public_id))
    asked = [query["sql"] for query in captured if "scans_" in query["sql"]]
    assert len(asked) == 1 and "closes_at" in asked[0] and "JOIN" not in asked[0]
    assert not re.search(r'"(band|band_on|minimum|opened_on)"', asked[0].partition(" FROM ")[0])


def test_a_draft_and_a_running_round_of_others_are_as_if_they_did_not_exist(manager, world, stranger):
    assert manager.get(path_of("round_results")).content.count(b"Er loopt een meetronde") == 0
    theirs, nothing = worlds.opened(stranger), _without_token(manager.get(path_of("round_result")))
    for public_id in (worlds.draft(world).public_id, theirs.public_id):
        response = manager.get(path_of("round_result", public_id))
        assert response.status_code == 404 and _without_token(response) == nothing
    assert b"Er loopt een meetronde" not in manager.get(path_of("round_results")).content


@pytest.mark.parametrize("name", NAMES)
def test_a_respondent_in_the_middle_of_a_scan_is_sent_to_the_login(client, closed, name):
    client.post(reverse("choose_role"), {"role": "client_manager"})
    response = client.get(path_of(name, closed.public_id))
    assert response.status_code == 302 and response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", ["round_group", "round_over_time"])
def test_a_group_that_is_not_there(manager, closed, name):
    assert manager.get(path_of(name, closed.public_id, 99)).status_code == 404
    assert manager.get(path_of(name, closed.public_id, 0)).status_code == 200


def test_the_round_page_of_the_coordinator_leads_here(world, closed):
    page = enter(Client(), world.coordinator).get(reverse("round", args=[closed.public_id])).content.decode()
    assert reverse("round_result", args=[closed.public_id]) in page


# --- from what ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_a_round_is_read_but_its_result(manager, closed, name):
    address = path_of(name, closed.public_id)
    manager.get(address)  # the content is read once per process
    with CaptureQueriesContext(
        connection,
    ) as captured:
        manager.get(address)
    read = {table for query in captured for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])}
    assert "scans_roundresult" in read and read <= MAY_READ
    assert not [query for query in captured if "remembered" in query["sql"]]


def counted(client, address) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_number_of_queries_does_not_grow(world, stranger, two_closed):
    """Two rounds and three teams against one round with hardly anybody."""
    small = worlds.opened(stranger)
    worlds.close(small)
    for name in NAMES:
        many = counted(enter(Client(), world.manager), path_of(name, two_closed[1].public_id))
        few = counted(enter(Client(), stranger.manager), path_of(name, small.public_id))
        assert many == few <= 7, name


def test_a_rename_changes_nothing(manager, world, closed):
    addresses = [path_of(name, closed.public_id) for name in OF_A_ROUND]
    before = [_without_token(manager.get(one)) for one in addresses]
    for team in Team.objects.filter(municipality=world.municipality):
        Team.objects.filter(pk=team.pk).update(name=f"Anders {team.pk}")
    Municipality.objects.filter(pk=world.municipality.pk).update(name="Anders")
    assert [_without_token(manager.get(one)) for one in addresses] == before


def test_the_download_is_the_frozen_result_byte_for_byte(manager, closed):
    response = manager.get(path_of("round_json", closed.public_id))
    result = RoundResult.objects.get()
    assert response.content.decode() == result.content and "attachment" in response["Content-Disposition"]
    assert hashlib.sha256(response.content).hexdigest() == result.sha256
    assert result.sha256 in manager.get(path_of("round_result", closed.public_id)).content.decode()


# --- a group -----------------------------------------------------------------------------------------------


def test_a_team_sees_figure_band_level_and_three_steps(manager, world, closed):
    frozen = thawed(world, closed)
    page = team_page(frozen, group_named(frozen, "Noord"))
    content = frozen.contents["client_manager"]
    assert [(cell.shown, cell.people) for cell in page.cells[:3]] == [
        ("25", "10–19"),
        ("75", "10–19"),
        ("50", "10–19"),
    ]
    assert [cell.level for cell in page.cells[:3]] == ["Soms", "Vaste werkwijze", "Afgesproken"]
    # The third is the first of the equal ones that is not named as a strength.
    assert [cell.title for cell in page.strengths] == [content.themes[number].title for number in (1, 3, 4)]
    assert [step.title for step in page.steps] == [content.themes[number].title for number in (0, 2, 5)]
    rules = {rule.code: rule for rule in frozen.advice("client_manager").rules}
    for step, level in zip(page.steps, (1, 2, 3), strict=True):
        texts = {frozen.advice("client_manager").words[code].text for code, rule in rules.items()
                 if rule.theme == step.theme and level in rule.levels}  # fmt: skip
        assert step.text in texts and step.citations and "laagste" in step.why
    assert page.more_equal and len(page.strengths) == 3
    shown = text_of(manager.get(path_of("round_group", closed.public_id, page.group.number)))
    for word in ("Vaste werkwijze", "10–19", page.steps[0].first_step, "Waarom deze"):
        assert word in shown


def test_suppressed_themes_are_words_without_a_number(manager, world, closed):
    frozen = thawed(world, closed)
    group = group_named(frozen, "West")
    page = team_page(frozen, group)
    assert (page.shown, page.steps, page.strengths, page.leads) == (0, (), (), ())
    assert {cell.reason for cell in page.cells} == {REASON_WORDS["too_few"]}
    html = manager.get(path_of("round_group", closed.public_id, group.number)).content.decode()
    picture = html.split('id="beeld"')[1].split("</section>")[0]
    rows = picture.split("<tbody>")[1]
    assert rows.count("Te weinig mensen") == 12 and not re.search(r"\d", re.sub(r"<[^>]+>", "", rows))
    assert "<svg" not in picture
    assert "zegt niets over hoe het gaat" in html


def test_question_differences_stand_there_only_when_published(world, closed):
    frozen = thawed(world, closed)
    published = {key[0] for key in frozen.leads}
    for group in frozen.groups:
        assert bool(team_page(frozen, group).leads) == (group.key in published)


# --- the grid ----------------------------------------------------------------------------------------------


def test_the_grid_names_teams_in_order_and_tells_suppressed_from_low(manager, world, closed):
    frozen = thawed(world, closed)
    grid = grid_of(frozen)
    assert [group.short for group in grid.groups] == ["Noord", "West", "Zuid"] and len(grid.rows) == 12
    for row in grid.rows:
        noord, west, zuid = (one.cell for one in row.cells)
        assert noord.shown and zuid.shown and not west.shown and west.bar is None and row.municipal.shown
    html = manager.get(path_of("round_result", closed.public_id)).content.decode()
    cells = re.findall(r'<td role="cell" class="([^"]*)">(.*?)</td>', html, re.DOTALL)
    hidden = [body for css, body in cells if "suppressed" in css]
    assert (len(cells), len(hidden)) == (48, 12)
    for body in hidden:
        assert "afgeschermd" in body and "Te weinig mensen" in body and "<svg" not in body
        assert not re.search(r"\d", body)


def test_the_band_of_people_stands_with_every_figure(manager, world, closed):
    frozen = thawed(world, closed)
    noord = group_named(frozen, "Noord")
    html = manager.get(path_of("round_group", closed.public_id, noord.number)).content.decode()
    cells = [cell for cell in team_page(frozen, noord).cells if cell.shown]
    beside = re.findall(r'class="points">([^<]+)</span></span> <span class="bar-people">([^<]+) mensen<', html)
    assert beside == [(cell.shown, cell.people) for cell in cells] and len(beside) == 12
    west = manager.get(path_of("round_group", closed.public_id, group_named(frozen, "West").number))
    assert "bar-people" not in west.content.decode()
    head = text_of(manager.get(path_of("round_result", closed.public_id))).partition("Gemeente 20 of meer mensen")[0]
    assert "Noord 10–19 mensen West Zuid" in head and grid_of(frozen).columns[1].people == ""


@pytest.mark.parametrize("differs", [False, True])
def test_a_band_that_is_not_that_of_the_whole_column_is_seen_in_the_cell(content, differs):
    frozen = frozen_rounds(["Noord"])[0]
    place = ("team:t0", frozen.themes[0].code)
    other = {place: replace(frozen.scores[place], people="5–9")} if differs else {}
    grid = grid_of(replace(frozen, scores=frozen.scores | other))
    band = "" if differs else "10–19"
    assert grid.columns[0].people == band and {row.cells[0].people for row in grid.rows} == {band}
    cell = grid.rows[0].cells[0].cell
    drawn = render_to_string("advice/rounds/_cell.html", {"cell": cell, "people": band})
    assert f"{cell.people} mensen" in drawn and ("cell-people--above" in drawn) != differs


def test_what_holds_for_every_shown_team_is_said(world, closed):
    grid = grid_of(thawed(world, closed))
    themes = [row.title for row in grid.rows]
    assert set(grid.nowhere) <= set(themes) and themes[0] in grid.nowhere and themes[1] not in grid.nowhere
    assert themes[0] not in grid.everywhere


# --- the mirror --------------------------------------------------------------------------------------------


def test_the_mirror_puts_the_largest_gap_first_with_advice_that_fits(manager, world, closed):
    frozen = thawed(world, closed)
    lines = mirror_lines(frozen)
    assert len(lines) == 12
    assert lines[0].theme in {theme.code for theme in frozen.themes[:3]}
    assert "minstens" in lines[0].gap and "klantmanagers" in lines[0].gap and lines[0].advice == MAKE_KNOWN
    policy = next(view for view in lines[0].views if view.role == "policy_officer")
    assert policy.shown == "Vaste werkwijze, Vaste werkwijze" and policy.people == ""
    page = text_of(manager.get(path_of("round_mirror", closed.public_id)))
    assert page.index(lines[0].title) < page.index(lines[-1].title) and "Maak bekend wat er is" in page


def by_choice(levels, role="policy_officer"):
    """A round where no role has a figure, and people of one role show these levels in the last theme."""
    frozen = frozen_rounds(["Noord", "Zuid"], roles=())[0]
    theme = frozen.themes[-1].code
    assert "derde" in frozen.dont_know[MUNICIPALITY, theme].text, "many client managers do not know"
    words = tuple(Attributed(role, theme, level, LEVEL_NAMES[level].name) for level in levels)
    return replace(frozen, attributed=words), next(one for one in mirror_lines(replace(frozen, attributed=words))
                                                   if one.theme == theme)  # fmt: skip


@pytest.mark.parametrize(
    ("role", "levels", "who", "advice"),
    [
        ("policy_officer", (0, 0, 3), "minstens één beleidsmedewerker", LOOK_TOGETHER),
        ("manager", (2, 4), "minstens één manager", LOOK_TOGETHER),
        ("policy_officer", (3, 3, 4), "minstens één beleidsmedewerker", MAKE_KNOWN),
        ("policy_officer", (4,), "minstens één beleidsmedewerker", MAKE_KNOWN),
    ],
)
def test_one_person_does_not_speak_for_the_whole_role(content, role, levels, who, advice):
    frozen, line = by_choice(levels, role)
    assert line.unaware and line.awareness.startswith(f"Volgens {who} is dit geregeld.") and line.advice == advice
    page = render_to_string("advice/rounds/mirror.html", {"frozen": frozen, "parts": mirror_parts((line,))})
    sheet = next(one for one in sheets_of((frozen,)) if one.title == "Spiegel")
    for written in (page, round_html((frozen,)), str(sheet.rows)):
        assert line.awareness in written and advice in written


def test_a_gap_names_who_shows_the_own_level_and_not_the_whole_role(content):
    low = round_mean(Fraction(20), 8)
    by_words = mirror_of("a", {"client_manager": low, "manager": None}, [Attributed("manager", "a", 4, "")], None)
    assert gap_words(by_words).startswith("Managers die hun niveau laten zien, zien dit hoger dan klantmanagers: ")
    by_figure = mirror_of("a", {"client_manager": low, "manager": round_mean(Fraction(90), 5)}, [], None)
    assert gap_words(by_figure).startswith("Managers zien dit hoger dan klantmanagers: ")


def test_somebody_who_says_that_nothing_is_arranged_is_not_made_unaware_of(content):
    assert not by_choice((0, 2))[1].awareness


def test_a_role_that_shows_nothing_is_not_shown_and_no_more(world):
    quiet = worlds.opened(world)
    worlds.close(quiet)
    lines = mirror_lines(thawed(world, quiet))
    assert {view.shown for line in lines for view in line.views} == {"niet getoond"}
    assert {line.advice for line in lines} == {""}


# --- over time ---------------------------------------------------------------------------------------------


def test_a_change_is_named_when_the_policy_names_it(manager, world, two_closed):
    before, after = two_closed
    frozen = thawed(world, after)
    group = group_named(frozen, "Noord")
    page = trend_page(freezer.frozen_until(world.municipality, frozen), group)
    assert [len(theme.points) for theme in page.themes] == [2] * 12
    assert [point.shown for point in page.themes[0].points] == ["25", "50"]
    assert page.themes[0].latest == "Hoger dan in de ronde ervoor."
    west = trend_page(freezer.frozen_until(world.municipality, frozen), group_named(frozen, "West"))
    assert "niet te zien" in west.themes[0].latest and not west.themes[0].points[0].height
    html = text_of(manager.get(path_of("round_over_time", after.public_id, group.number)))
    assert "Hoger dan in de ronde ervoor." in html and "versie" in html


def test_the_page_of_an_earlier_round_does_not_know_a_later_one(world, two_closed):
    frozen = thawed(world, two_closed[0])
    assert freezer.frozen_until(world.municipality, frozen) == (frozen,)


def test_another_group_is_not_compared(world, two_closed):
    frozen = thawed(world, two_closed[1])
    earlier = freezer.frozen_until(world.municipality, frozen)[0]
    content = json.loads(earlier.text)
    noord = group_named(frozen, "Noord")
    for one in content["groups"]:
        if one["id"] == noord.key:
            one["teams"] = [["anders", "Noord"]]
    groups = tuple(freezer._group(number, one) for number, one in enumerate(content["groups"], 1))
    page = trend_page((replace(earlier, groups=groups), frozen), noord)
    assert page.themes[0].latest == "De groep is veranderd. Daarom vergelijken we niet."
