"""The report of a round as a PDF: tagged, the shown figures and nothing else, the same bytes, fetching nothing."""

import io
import re
from collections import Counter
from dataclasses import fields, is_dataclass, replace
from datetime import timedelta
from html import unescape

import pikepdf
import pytest
from django.db import models
from django.test import Client
from django.urls import reverse
from lxml import html as parser

from advice import pdf
from advice.pdf import PdfBusy, PdfFailed
from advice.rounds.documents import group_html, round_html
from advice.rounds.frozen import frozen_or_404
from advice.rounds.paper import ordered_groups, round_paper
from scans.clock import database_instant
from tests.advice.hostile import hostile_pieces
from tests.pdf_checks import faults, pages_of_anchors, structure_of, text_of
from tests.scans.rounds.test_pages import enter

from .conftest import play
from .made_up import frozen_rounds, names_of

pytestmark = pytest.mark.django_db
SITE = "https://quickscan.example/"
LONG = [f"Team {number:02} voor werk, inkomen en meedoen in de wijken van de hele regio" for number in range(26)]
WORLDS = {
    "one team": lambda: frozen_rounds(["Noord"], roles=()),
    "ten teams": lambda: frozen_rounds(names_of(10), 4, hidden={1, 5}),
    "26 long names": lambda: frozen_rounds(LONG, 2, hidden={0}),
    "four teams": lambda: frozen_rounds(LONG[:4], municipality="Gemeente"),
    "nothing shown": lambda: frozen_rounds(names_of(2), hidden=None),
    "no teams": lambda: frozen_rounds([]),
    "seven rounds": lambda: frozen_rounds(names_of(2), 7),
}


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """Every world as {name: (rounds, html, pdf)}; and the page of its first group as "name, a group"."""
    worker, found = pdf._Worker(), {}
    try:
        with django_db_blocker.unblock():
            for name, world in WORLDS.items():
                rounds = world()
                pages = {name: round_html(rounds, SITE)}
                if name != "26 long names":
                    pages[f"{name}, a group"] = group_html(rounds, ordered_groups(rounds[-1])[-1], SITE)
                found |= {key: (rounds, page, worker.render(page, 120)) for key, page in pages.items()}
    finally:
        worker.stop()
    return found


@pytest.fixture(autouse=True, scope="module")
def no_worker_left():
    yield
    pdf.stop_worker()


def words_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page)).split())


def rows_of(tree, css: str) -> list[list[str]]:
    rows = tree.xpath(f"//table[contains(@class, '{css}')]/tbody/tr")
    return [[" ".join(cell.text_content().split()) for cell in row] for row in rows]


# --- a document that everybody can read --------------------------------------------------------------------


def test_every_document_passes_the_scripted_checks(made):
    assert {key: faults(document) for key, (_, _, document) in made.items()} == dict.fromkeys(made, [])
    for _, _, document in made.values():
        structure = structure_of(document)
        assert structure.startswith("Document") and structure.count(" H1 ") == 1


def test_the_whole_message_is_one_page_and_ten_teams_are_thirty(made):
    for name in WORLDS:
        document = made[name][2]
        anchors = pages_of_anchors(document)
        assert (anchors["kort"], anchors["lezen"]) == (2, 3), name
        blocks = -(-len(made[name][0][-1].team_groups) // 10)  # each a landscape page, what holds everywhere included
        assert anchors["groepen"] == 4 + blocks, name
    with pikepdf.open(io.BytesIO(made["ten teams"][2])) as opened:
        assert len(opened.pages) <= 30


def test_contents_name_the_page_where_each_part_begins(made):
    _, page, document = made["ten teams"]
    anchors, cover = pages_of_anchors(document), text_of(document, "-layout", "-l", "1")
    entries = re.findall(r'<li><a href="#([^"]+)">([^<]+)</a> <span class="page"', page)
    assert len(entries) == 10
    for anchor, title in entries:
        assert re.search(re.escape(unescape(title)) + rf"\s+{anchors[anchor]}\n", cover), title


def test_each_group_that_is_shown_has_one_page_of_its_own(made):
    rounds, _, document = made["ten teams"]
    anchors, frozen = pages_of_anchors(document), rounds[-1]
    shown = {group for group, _ in frozen.scores}
    groups = [group for group in ordered_groups(frozen) if group.key in shown]
    pages = [anchors[f"groep-{group.number}"] for group in groups]
    assert len(pages) == 11 and pages == list(range(pages[0], pages[0] + 11))
    hidden = [group for group in ordered_groups(frozen) if group.key not in shown]
    assert len(hidden) == 2 and all(f"groep-{group.number}" not in anchors for group in hidden)
    for group, number in zip(groups, pages, strict=True):
        printed = text_of(document, "-layout", "-f", str(number), "-l", str(number))
        assert all(one.text in printed for (key, _), one in frozen.scores.items() if key == group.key)
    assert "Team 02 (5–9 mensen uitgenodigd)" in words_of(made["ten teams"][1])


# --- the shown figures, and nothing else -------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in WORLDS if name != "no teams"])
def test_the_bars_of_the_groups_are_exactly_the_shown_scores(made, name):
    rounds, page, _ = made[name]
    frozen = rounds[-1]
    rows = rows_of(parser.fromstring(page), "round-bars")
    found = Counter((row[0], row[3], row[4]) for row in rows if len(row) == 5)
    titles = {theme.code: theme.title for theme in frozen.themes}
    # A label stands inside the picture, so the third cell is the level and the fourth the figure.
    assert found == Counter((titles[theme], shown.text, shown.people) for (_, theme), shown in frozen.scores.items())
    hidden = [row for row in rows if len(row) != 5]
    assert all(len(row) == 2 and row[1].startswith("Afgeschermd.") for row in hidden)


def test_the_grid_is_exactly_the_shown_scores_of_the_teams(made):
    rounds, page, _ = made["ten teams"]
    frozen, tree = rounds[-1], parser.fromstring(page)
    cells = tree.xpath("//table[@class='grid-paper']/tbody/tr/td")
    shown = [cell.xpath("string(.//span[@class='grid-shown'])") for cell in cells]
    groups = (*frozen.team_groups, frozen.municipal)
    wanted = [frozen.score(group.key, theme.code) for theme in frozen.themes for group in groups]
    assert shown == [one.text if one else "" for one in wanted]
    for cell, one in zip(cells, wanted, strict=True):
        assert ("hatched" in cell.get("class")) == (one is None)
        if one is None:
            assert cell.text_content().split() == ["afgeschermd", "(a)"] and not cell.xpath(".//svg")


def test_the_differences_between_questions_are_exactly_the_shown_ones(made):
    rounds, page, _ = made["ten teams"]
    frozen = rounds[-1]
    found = Counter(tuple(row[1:]) for row in rows_of(parser.fromstring(page), "leads"))
    asked = {question.code: question.text for one in frozen.contents.values() for question in one.questions}
    assert len(frozen.leads) == 12
    assert found == Counter((asked[code], shown.text, shown.people) for (_, _, code), shown in frozen.leads.items())


def test_the_development_shows_the_last_five_rounds_and_says_so(made):
    rounds, page, _ = made["seven rounds"]
    tree = parser.fromstring(page)
    heads = tree.xpath("(//table[contains(@class, 'trend-table')])[1]/thead/tr/th")
    assert len(heads) == 7 and "Hier staan de laatste 5 rondes." in words_of(page)
    first = rows_of(tree, "trend-table")[0]
    theme = rounds[-1].themes[0].code
    assert first[1:-1] == [one.score("municipality", theme).text for one in rounds[-5:]]
    assert first[-1] in ("hoger", "lager", "ongeveer gelijk")


def test_every_picture_has_the_bounds_of_a_shown_figure(made):
    rounds, page, _ = made["ten teams"]
    bounds = {(f"{float(one.low):g}", f"{float(one.high - one.low):g}")
              for frozen in rounds for one in frozen.scores.values()}  # fmt: skip
    bars = re.findall(r'<rect class="range-maybe" x="([^"]+)" y="0" width="([^"]+)"', page)
    assert len(bars) > 200 and set(bars) <= bounds


def test_a_suppressed_group_leaves_no_figure_in_the_document(made):
    """Make sure first that there would be something to leak: the same team shown in another world."""
    frozen = frozen_rounds(names_of(3))[-1]
    hidden = replace(frozen, scores={key: one for key, one in frozen.scores.items() if key[0] != "team:t1"})
    team = next(group for group in frozen.groups if group.key == "team:t1")
    shown_page, hidden_page = (group_html((one,), team) for one in (frozen, hidden))
    picture = 'class="bars round-bars"'
    assert picture in shown_page and "<svg" in shown_page
    assert picture not in hidden_page and "<svg" not in hidden_page
    assert "zegt niets over hoe het gaat" in hidden_page and "step-note" not in hidden_page


def test_the_report_has_no_place_for_a_counter_or_a_row_of_the_database(made):
    kinds, queue = set(), [round_paper(made["ten teams"][0], str)]
    while queue:
        item = queue.pop()
        kinds.add(type(item))
        if isinstance(item, tuple | list):
            queue += item
        elif isinstance(item, dict):
            queue += [*item.keys(), *item.values()]
        elif is_dataclass(item):
            queue += [getattr(item, field.name) for field in fields(item)]
    assert len(kinds) > 15 and not any(issubclass(kind, models.Model) for kind in kinds)
    assert not {"Tally", "ThemeTally", "Remembered", "RoundResult"} & {kind.__name__ for kind in kinds}


def test_levels_shown_by_choice_stand_in_the_mirror_per_person_and_without_a_mean(world, closed):
    frozen = frozen_or_404(world.municipality, closed.public_id)
    assert {one.role for one in frozen.attributed} == {"policy_officer"}, "there is something to show"
    both = ">Vaste werkwijze, Vaste werkwijze<"  # of two people, in a cell of its own
    assert round_html((frozen,), SITE).count(both) == len(frozen.themes)
    assert both not in round_html((replace(frozen, attributed=()),), SITE)


def test_how_it_was_measured_names_the_rules_and_the_hash(made):
    rounds, page, document = made["ten teams"]
    frozen, text = rounds[-1], " ".join(text_of(document).split())
    assert frozen.sha256 in text and "minstens 5 mensen" in text and "Regels: versie 1" in text
    assert [row[0] for row in rows_of(parser.fromstring(page), "classes")] == ["5–9", "10–19", "20 of meer"]
    assert rows_of(parser.fromstring(page), "classes")[0][2] == "“30 of lager” betekent: lager dan 35"
    assert all(f"{one.role_label} {one.version}" in text for one in frozen.contents.values())


# --- the words ---------------------------------------------------------------------------------------------


def test_the_first_page_names_no_team_and_decides_something(made):
    rounds, _, document = made["ten teams"]
    first = text_of(document, "-f", "2", "-l", "2")
    assert not [group.short for group in rounds[-1].team_groups if group.short in first]
    assert first.count("Wanneer:") >= 3 and "geen ranglijst" in first
    assert "Hoger dan in de ronde ervoor" in first
    assert "eerste ronde" in text_of(made["one team"][2], "-f", "2", "-l", "2")
    assert "geen cijfer te zien" in text_of(made["nothing shown"][2], "-f", "2", "-l", "2")


def test_teams_stand_by_name_and_never_by_figure(content):
    names = ["Zuid", "aan zee", "Noord", "Oost"]
    heads = re.findall(r'<th scope="col">([^<]+)</th>', round_html(frozen_rounds(names)).split("grid-paper")[1])
    assert heads[:4] == ["aan zee", "Noord", "Oost", "Zuid"]


def test_the_words_are_kind_and_plain(made):
    for _, page, _ in made.values():
        text = words_of(page.split("</head>")[1])
        assert "!" not in text and not re.search(r"anoniem|gebruiker|ranking|score\b", text.lower())


# --- the same bytes ----------------------------------------------------------------------------------------


def test_the_same_round_gives_the_same_bytes_in_every_process(made):
    for key in ("one team", "ten teams, a group"):
        assert pdf.render_pdf(made[key][1]) == made[key][2]


def test_a_later_round_and_later_names_do_not_change_the_report(world):
    first = play(world, at=database_instant() - timedelta(days=250))
    manager, address = enter(Client(), world.manager), reverse("round_pdf", args=[first.public_id])
    before = manager.get(address).content
    play(world, shift=1)
    type(world.municipality).objects.update(name="Heel anders")
    for team in world.teams.values():
        type(team).objects.filter(pk=team.pk).update(name=f"Anders {team.pk}")
    assert manager.get(address).content == before and b"%PDF" in before[:8]


# --- hostile text ------------------------------------------------------------------------------------------


def test_hostile_names_are_printed_as_text_and_fetch_nothing(content, spied, listener, tmp_path):
    address, calls = listener
    secret = tmp_path / "secret"
    secret.write_text("the-secret-of-this-machine")
    worker, look = spied()
    worker.render(round_html(frozen_rounds(["Noord"], 2)), 60)  # imports, hyphenation, fonts: read once
    assert sum("source-sans-3" in line for line in look()) == 4  # the witness sees what the worker reads
    pieces = hostile_pieces(address, secret)
    rounds = frozen_rounds(["Noord", " ".join(pieces)], 2, municipality=pieces[0])
    for page in (round_html(rounds), group_html(rounds, rounds[-1].team_groups[0])):
        document = worker.render(page, 60)
        assert look() == [] and calls == [] and b"the-secret" not in document
        printed = re.sub(r"[\s-]", "", text_of(document))
        assert all(re.sub(r"[\s-]", "", piece) in printed for piece in pieces)
        assert {fault.partition(":")[0] for fault in faults(document)} == set()


# --- through the door --------------------------------------------------------------------------------------


def test_the_page_of_the_round_leads_to_every_file(manager, closed):
    page = manager.get(reverse("round_result", args=[closed.public_id])).content.decode()
    for name, kind in (("round_pdf", "PDF"), ("round_xlsx", "XLSX"), ("round_json", "JSON")):
        address = reverse(name, args=[closed.public_id])
        assert re.search(rf'href="{address}">[^<]*\({kind}\)</a>', page)
        response = manager.get(address)
        assert response["Cache-Control"] == "no-store"
        wanted = rf'attachment; filename="uitkomst-[\d-]{{10}}\.{kind.lower()}"'
        assert re.fullmatch(wanted, response["Content-Disposition"])


def test_the_page_of_a_group_leads_to_its_own_file(manager, closed):
    page = manager.get(reverse("round_group", args=[closed.public_id, 1])).content.decode()
    address = reverse("round_group_pdf", args=[closed.public_id, 1])
    assert f'href="{address}"' in page
    assert re.search(r'filename="uitkomst-[\d-]{10}-groep-1\.pdf"', manager.get(address)["Content-Disposition"])
    assert manager.get(reverse("round_group_pdf", args=[closed.public_id, 99])).status_code == 404


@pytest.mark.parametrize(("error", "said"), [(PdfBusy, "Het is druk"), (PdfFailed, "De PDF lukte niet")])
def test_when_no_document_can_be_made_a_page_says_so_and_leads_back(manager, closed, monkeypatch, error, said):
    def refuse(html):
        raise error("")

    monkeypatch.setattr("advice.pdf_response.render_pdf", refuse)
    response = manager.get(reverse("round_pdf", args=[closed.public_id]))
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    page, back = response.content.decode(), reverse("round_result", args=[closed.public_id])
    assert said in page and f'href="{back}"' in page
