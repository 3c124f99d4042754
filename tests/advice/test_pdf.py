"""The advice report as a PDF: tagged, the same bytes for the same answers, fetching nothing, leaking nothing."""

import io
import os
import random
import re
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, is_dataclass, replace
from datetime import date
from html import unescape
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings

from advice import pdf
from advice.chapters import shared_report
from advice.documents import Variant, render_html
from advice.pdf import PdfBusy, PdfFailed
from advice.report import AnswerLine, Recommendation, Report, ThemeResult, build_report
from advice.selectors import advice_content
from scans.models import NonAnswer
from scans.scoring import LEVEL_NAMES, OverallScore, ThemeScore
from scans.selectors.content import current_questionnaire
from tests import pdf_checks
from tests.advice.hostile import hostile_pieces
from tests.conftest import ROLES, answer_all
from tests.pdf_checks import faults, pages_of_anchors, structure_of, text_of

DAY = date(2026, 11, 20)
SITE = "https://quickscan.example/"
SETS = ("shortest", "longest", *(f"random-{number}" for number in range(1, 11)))
MINE = [(role, name, Variant.MINE) for role in ROLES for name in SETS]
SHARED = [(role, "longest", Variant.SHARE) for role in ROLES] + [(ROLES[0], "random-1", Variant.SHARE)]
SMALL = "<!doctype html><html lang='nl'><head><title>Quickscan</title></head><body><h1>Dag</h1></body></html>"


def choices_of(content, name: str) -> dict[str, str]:
    """The answers that give the least or the most text, or a seeded draw from every choice."""
    if name.startswith("random"):
        draw = random.Random(f"{content.role} {name}")
        return {question.code: draw.choice(question.choices)[0] for question in content.questions}
    advice = advice_content(content.id)
    pick = max if name == "longest" else min
    return {
        question.code: pick((value for value, _ in question.choices), key=lambda v, q=question: _weight(advice, q, v))
        for question in content.questions
    }


def _weight(advice, question, choice: str) -> int:
    answer = choice if choice in NonAnswer.values else int(choice)
    words = [
        advice.words[rule.code] for rule in advice.rules if rule.question == question.code and rule.applies(answer)
    ]
    return sum(len(repr(word)) for word in words)


def report_of(role: str, name: str) -> Report:
    content = current_questionnaire(role)
    return build_report(content, choices_of(content, name), DAY)


def words_of(html: str) -> str:
    """What a reader sees of the HTML, in one line."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """Every document of MINE and SHARED as {key: (html, pdf)}, by two worker processes side by side."""
    with django_db_blocker.unblock():
        pages = {key: render_html(report_of(*key[:2]), key[2], SITE) for key in MINE + SHARED}
    workers = [pdf._Worker(), pdf._Worker()]
    keys = list(pages)

    def work(number: int) -> dict:
        return {key: workers[number].render(pages[key], 120) for key in keys[number::2]}

    try:
        with ThreadPoolExecutor(2) as pool:
            halves = list(pool.map(work, range(2)))
    finally:
        for worker in workers:
            worker.stop()
    return {key: (pages[key], (halves[0] | halves[1])[key]) for key in keys}


@pytest.fixture
def worker():
    """The worker of this process, alive and warm."""
    pdf.render_pdf(SMALL)
    return pdf._worker


@pytest.fixture(autouse=True, scope="module")
def no_worker_left():
    yield
    pdf.stop_worker()


@pytest.fixture
def report(db) -> Report:
    return report_of("client_manager", "random-1")


@pytest.fixture
def brief(report) -> Report:
    """A report of one theme, where the length does not matter."""
    theme = next(theme for theme in report.themes if theme.recommendations)
    items = tuple(replace(item, again=()) for item in theme.recommendations)  # what they point at is cut off
    theme = replace(theme, recommendations=items)
    return replace(report, themes=(theme,), combined=(), strengths=(), furthest=None, steps=items[:1])


# --- every document passes the checks ---------------------------------------------------------------------


@pytest.mark.parametrize("key", MINE + SHARED, ids="-".join)
def test_every_document_passes_the_scripted_checks(made, key):
    assert faults(made[key][1]) == []


@pytest.mark.parametrize("key", MINE + SHARED, ids="-".join)
def test_poppler_reads_the_structure_and_the_summary_is_one_page(made, key):
    document = made[key][1]
    structure = structure_of(document)
    assert structure.startswith("Document") and " H1 " in structure
    anchors = pages_of_anchors(document)
    first_theme = min(page for anchor, page in anchors.items() if anchor.startswith("thema-"))
    assert anchors["kort"] == 2
    assert anchors.get("samen", first_theme) == 3 and first_theme in (3, 4)


@pytest.mark.parametrize("key", [MINE[1], SHARED[0]], ids="-".join)
def test_contents_name_the_page_where_each_part_begins(made, key):
    html, document = made[key]
    anchors = pages_of_anchors(document)
    cover = text_of(document, "-layout", "-l", "1")
    entries = re.findall(r'<li><a href="#([^"]+)">([^<]+)</a> <span class="page"', html)
    assert len(entries) >= 14
    for anchor, title in entries:
        assert re.search(re.escape(unescape(title)) + rf"\s+{anchors[anchor]}\n", cover), title


@pytest.mark.parametrize("key", [MINE[1], SHARED[0]], ids="-".join)
def test_a_card_stands_whole_on_one_page_and_only_once(made, key):
    html, document = made[key]
    cards = re.findall(r'<div class="card" id="([^"]+)">(.*?<p class="receipt">.*?</p>)', html, re.DOTALL)
    assert len(cards) > 20
    assert len(cards) == len({anchor for anchor, _ in cards})
    anchors, pages = pages_of_anchors(document), text_of(document, "-raw").split("\f")
    for anchor, card in cards:
        begin, end = _letters(words_of(card))[:30], _letters(words_of(card))[-30:]
        page = _letters(pages[anchors[anchor] - 1])
        assert begin in page and end in page[page.index(begin) :], anchor


def _letters(text: str) -> str:
    return re.sub(r"[\s-]", "", text)  # lines end with a hyphen or a space


def _unmark(document):
    document.pages[1].contents_add(b"0 0 10 10 re f")


def _forget_a_number(document):
    del document.Root.StructTreeRoot.ParentTree.Nums[1][0]


def _repeat_a_heading(document):
    next(iter(pdf_checks._elements(document, "/H2"))).S = pikepdf.Name("/H1")


def _skip_a_heading(document):
    next(iter(pdf_checks._elements(document, "/H2"))).S = pikepdf.Name("/H4")


def _unlist(document):
    next(iter(pdf_checks._elements(document, "/LI"))).S = pikepdf.Name("/P")


def _empty_an_item(document):
    next(iter(pdf_checks._elements(document, "/LBody"))).S = pikepdf.Name("/P")


def _no_alt(document):
    del pdf_checks._elements(document, "/Figure")[3].Alt


def _no_box(document):
    del pdf_checks._elements(document, "/Figure")[3].A.BBox


def _no_headers(document):
    del pdf_checks._elements(document, "/TD")[5].A.Headers


def _wrong_headers(document):
    pdf_checks._elements(document, "/TD")[5].A.Headers[0] = pikepdf.String("elsewhere")


def _untag_a_link(document):
    del document.pages[0].Annots[2].StructParent


def _add_a_link(document):
    document.pages[0].Annots.append(document.make_indirect(pikepdf.Dictionary(document.pages[0].Annots[0])))


def _silence_a_link(document):
    del document.pages[0].Annots[2].Contents


def _break_a_link(document):
    document.pages[0].Annots[2].Dest = pikepdf.String("nowhere")


def _point_outside(document):
    document.pages[0].Annots[2].A = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("file:///etc/passwd"))


def _take_out_a_font(document):
    del pdf_checks._fonts(document)[0].DescendantFonts[0].FontDescriptor.FontFile2


def _rename_a_font(document):
    pdf_checks._fonts(document)[0].BaseFont = pikepdf.Name("/ABCDEF+DejaVu-Sans")


def _empty_box(document):
    content = document.pages[1].Contents.read_bytes()
    document.pages[1].Contents = document.make_stream(re.sub(rb"<[0-9a-f]{4}", b"<0000", content, count=1))


def _no_claim(document):
    xmp = document.Root.Metadata.read_bytes().replace(b'pdfuaid:part="1"', b"")
    document.Root.Metadata = document.make_stream(xmp, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)


def _no_title_in_metadata(document):
    xmp = document.Root.Metadata.read_bytes().replace(b">Quickscan", b">")
    document.Root.Metadata = document.make_stream(xmp, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)


def _act(document):
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("1"))


def _attach(document):
    document.Root.Names.EmbeddedFiles = pikepdf.Dictionary(Names=pikepdf.Array())


CONTROLS = [
    ("every_content_is_marked", _unmark),
    ("every_content_is_marked", _forget_a_number),
    ("the_language_is_dutch", lambda d: d.Root.__delitem__("/Lang")),
    ("the_title_is_shown", lambda d: d.docinfo.__delitem__("/Title")),
    ("the_title_is_shown", lambda d: d.Root.ViewerPreferences.__setitem__("/DisplayDocTitle", False)),
    ("the_title_is_shown", _no_title_in_metadata),
    ("the_document_says_who_and_what", lambda d: d.docinfo.__delitem__("/Author")),
    ("it_claims_to_be_tagged", lambda d: d.Root.__delitem__("/MarkInfo")),
    ("it_claims_to_be_tagged", lambda d: d.pages[3].__delitem__("/Tabs")),
    ("it_claims_to_be_tagged", _no_claim),
    ("figures_have_words", _no_alt),
    ("figures_have_words", _no_box),
    ("table_cells_know_their_headers", _no_headers),
    ("table_cells_know_their_headers", _wrong_headers),
    ("headings_skip_no_level", _repeat_a_heading),
    ("headings_skip_no_level", _skip_a_heading),
    ("lists_are_lists", _unlist),
    ("lists_are_lists", _empty_an_item),
    ("links_are_tagged_once", _untag_a_link),
    ("links_are_tagged_once", _add_a_link),
    ("links_are_tagged_once", _silence_a_link),
    ("links_lead_somewhere", _break_a_link),
    ("links_lead_somewhere", _point_outside),
    ("fonts_are_ours_and_embedded", _take_out_a_font),
    ("fonts_are_ours_and_embedded", _rename_a_font),
    ("no_glyph_is_missing", _empty_box),
    ("nothing_acts", _act),
    ("nothing_acts", _attach),
]


@pytest.mark.parametrize(("check", "spoil"), CONTROLS)
def test_a_document_that_breaks_a_rule_turns_its_check_red(made, check, spoil):
    with pikepdf.open(io.BytesIO(made[MINE[0]][1])) as document:
        spoil(document)
        spoiled = io.BytesIO()
        document.save(spoiled)
    assert check in {fault.partition(":")[0] for fault in faults(spoiled.getvalue())}


def test_every_check_has_a_negative_control():
    assert {check.__name__ for check in pdf_checks.CHECKS} == {name for name, _ in CONTROLS}


def test_poppler_finds_no_structure_where_there_is_none(made):
    with pikepdf.open(io.BytesIO(made[MINE[0]][1])) as document:
        del document.Root.StructTreeRoot
        spoiled = io.BytesIO()
        document.save(spoiled)
    assert not structure_of(spoiled.getvalue()).startswith("Document")


def test_what_the_renderer_calls_an_error_is_a_failed_report(worker):
    with pytest.raises(PdfFailed, match="lang"):
        pdf.render_pdf(SMALL.replace(" lang='nl'", ""))


# --- the same bytes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [MINE[0], SHARED[0]], ids="-".join)
def test_the_same_answers_and_date_give_the_same_bytes_in_every_process(made, worker, key):
    html, document = made[key]  # from another process, with other reports before it
    assert pdf.render_pdf(html) == document
    assert pdf.render_pdf(html) == document


def test_another_date_gives_other_bytes(made, worker):
    html, document = made[MINE[0]]
    assert pdf.render_pdf(html.replace("2026", "2027")) != document


def test_the_dates_in_the_document_are_the_date_of_the_report(made):
    with pikepdf.open(io.BytesIO(made[MINE[0]][1])) as document:
        assert {str(document.docinfo[key]) for key in ("/CreationDate", "/ModDate")} == {"D:20261120"}


# --- characters -------------------------------------------------------------------------------------------


def with_first_step(report: Report, text: str) -> Report:
    return replace(report, steps=(replace(report.steps[0], first_step=text), *report.steps[1:]))


def test_names_from_everywhere_in_europe_are_written_with_our_own_font(brief, worker):
    name = "Ömer O'Connor-Yıldız, Şükrü Đorđević, Łukasz, Žižek, Ñandú, Ő, € 5"
    document = pdf.render_pdf(render_html(with_first_step(brief, name), Variant.MINE))
    assert name in text_of(document)
    assert faults(document) == []


def test_a_character_that_our_font_lacks_turns_the_checks_red(brief, worker):
    document = pdf.render_pdf(render_html(with_first_step(brief, "日本語"), Variant.MINE))
    assert {fault.partition(":")[0] for fault in faults(document)} & {
        "fonts_are_ours_and_embedded",
        "no_glyph_is_missing",
    }


# --- hostile text -----------------------------------------------------------------------------------------


def poison(report: Report, text: str) -> Report:
    """The report with this text in every place where content stands."""

    def card(item):
        parts = ("name", "summary", "start", "for_whom", "evidence_note", "caution", "note", "url")
        return replace(item, **dict.fromkeys(parts, text), kind=text, evidence="other", evidence_label=text)

    def advise(item):
        parts = ("theme_title", "question_text", "answer_label", "text", "first_step", "who")
        cards = tuple(map(card, item.interventions))
        reason = replace(item.reason, rule=text, why_now=(text,))
        also = tuple(map(card, item.also))
        return replace(
            item, **dict.fromkeys(parts, text), interventions=cards, again=(), also=also, share=text, reason=reason
        )

    def theme(item):
        return replace(
            item,
            **dict.fromkeys(("title", "phrase", "level_name", "meaning", "discussion", "stop"), text),
            answers=tuple(replace(a, question=text, label=text, prompt=text) for a in item.answers),
            recommendations=tuple(map(advise, item.recommendations)),
            interventions=tuple(map(card, item.interventions[:2])),
        )

    themes = tuple(map(theme, report.themes[:2]))
    return replace(
        report,
        **dict.fromkeys(("role_label", "headline", "level_name", "meaning", "discussion", "stop"), text),
        themes=themes,
        strengths=themes,
        combined=tuple(
            replace(item, title=text, text=text, theme_title=text, answers=((text, text),), interventions=())
            for item in report.combined[:1]
        ),
        steps=tuple(recommendation for item in themes for recommendation in item.recommendations)[:3],
    )


@pytest.mark.parametrize("variant", Variant)
def test_hostile_text_is_printed_as_text_and_fetches_nothing(report, brief, spied, listener, tmp_path, variant):
    address, calls = listener
    secret = tmp_path / "secret"
    secret.write_text("the-secret-of-this-machine")
    worker, look = spied()
    worker.render(render_html(brief, variant), 60)  # imports, hyphenation, fonts: read once, in the beginning
    assert sum("source-sans-3" in line for line in look()) == 4  # the witness sees what the worker reads
    pieces = hostile_pieces(address, secret)
    html = render_html(poison(report, " ".join(pieces)), variant)
    document = worker.render(html, 60)
    assert look() == []
    assert calls == []
    assert b"the-secret" not in document
    printed = "".join(text_of(document).split())
    for piece in pieces:
        assert "".join(piece.split()) in printed
    wrong = {fault.partition(":")[0] for fault in faults(document)} - {"links_lead_somewhere"}  # its made-up url
    assert wrong <= {"the_title_is_shown"}


def test_hostile_html_is_refused_even_if_escaping_failed(spied, listener, tmp_path):
    address, calls = listener
    secret = tmp_path / "secret"
    secret.write_text("the-secret-of-this-machine")
    worker, look = spied()
    worker.render(SMALL, 60)
    look()
    for piece in hostile_pieces(address, secret)[1:]:
        with pytest.raises(PdfFailed, match="refused|Failed to render SVG"):
            worker.render(SMALL.replace("Dag", piece), 60)
        assert worker.alive
    assert look() == []
    assert calls == []
    for own in ("static:css/print.css", "static:fonts/../css/print.css", "data:image/png;base64,AAAA"):
        with pytest.raises(PdfFailed, match="refused"):
            worker.render(SMALL.replace("Dag", f'<img src="{own}">'), 60)


def test_without_the_guard_the_same_html_calls_out_and_is_seen(spied, listener, tmp_path):
    address, calls = listener
    secret = tmp_path / "secret"
    secret.write_text("the-secret-of-this-machine")
    worker, look = spied("--unguarded")
    worker.render(SMALL, 60)
    look()
    worker.render(SMALL.replace("Dag", "".join(hostile_pieces(address, secret))), 60)
    seen = look()
    assert {"/b", "/c", "/d", "/e", "/f"} <= set(calls)
    assert any(line.startswith("socket.connect") for line in seen)
    assert any(line.startswith("open") and secret.name in line for line in seen)


# --- bounds -----------------------------------------------------------------------------------------------

LARGE = SMALL.replace("Dag", "<p>woord</p>" * 50_000)  # more than a pipe holds


def test_a_killed_worker_costs_one_report_and_the_next_one_works(worker):
    os.kill(worker.process.pid, signal.SIGSTOP)
    killer = threading.Timer(0.3, worker.process.kill)
    killer.start()
    with pytest.raises(PdfFailed, match="stopped"):
        pdf.render_pdf(SMALL)
    killer.join()
    assert pdf.render_pdf(SMALL).startswith(b"%PDF")
    assert pdf._worker is not worker


@pytest.mark.parametrize("html", [SMALL, LARGE], ids=["while-answering", "while-reading"])
def test_a_hanging_worker_costs_one_report_and_the_next_one_works(worker, settings, html):
    os.kill(worker.process.pid, signal.SIGSTOP)
    settings.PDF_SECONDS = 0.5
    started = time.monotonic()
    with pytest.raises(PdfFailed, match="TimeoutError"):
        pdf.render_pdf(html)
    assert time.monotonic() - started < 5
    assert worker.process.poll() is not None
    settings.PDF_SECONDS = 30
    assert pdf.render_pdf(SMALL).startswith(b"%PDF")


def test_too_much_memory_costs_one_report_and_the_next_one_works(settings):
    pdf.stop_worker()
    settings.PDF_MEMORY_MB = 400  # enough for a report, not for fifty thousand paragraphs
    try:
        assert pdf.render_pdf(SMALL).startswith(b"%PDF")
        with pytest.raises(PdfFailed):
            pdf.render_pdf(LARGE)
        assert pdf.render_pdf(SMALL).startswith(b"%PDF")
    finally:
        pdf.stop_worker()


def test_a_worker_leaves_no_files_behind(worker):
    folder = Path(worker.folder)
    assert list(folder.iterdir())  # the unpacked fonts
    worker.process.kill()
    pdf.stop_worker()
    assert not folder.exists()


def test_who_comes_when_too_many_wait_is_told_at_once(worker, monkeypatch):
    monkeypatch.setattr(pdf, "_waiting", threading.BoundedSemaphore(1))
    os.kill(worker.process.pid, signal.SIGSTOP)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(pdf.render_pdf, SMALL)
        while pdf._waiting._value:
            time.sleep(0.01)
        started = time.monotonic()
        with pytest.raises(PdfBusy):
            pdf.render_pdf(SMALL)
        assert time.monotonic() - started < 1
        os.kill(worker.process.pid, signal.SIGCONT)
        assert first.result().startswith(b"%PDF")
    assert pdf.render_pdf(SMALL).startswith(b"%PDF")


def test_a_forked_process_does_not_read_from_its_parents_worker(worker):
    child = os.fork()
    if child == 0:
        os._exit(0 if pdf._worker is None else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert pdf._worker is worker


# --- what the shared variant keeps to itself --------------------------------------------------------------


def test_my_own_report_shows_every_answer_and_score(report):
    text = words_of(render_html(report, Variant.MINE))
    for theme in report.themes:
        assert all(answer.label in text for answer in theme.answers)
        if theme.points is not None:
            assert f"{theme.level_name} {theme.points} van 100" in text


@pytest.mark.parametrize("key", SHARED, ids="-".join)
def test_the_shared_report_shows_no_answer_and_no_score(made, django_db_setup, django_db_blocker, key):
    with django_db_blocker.unblock():
        report, content = report_of(*key[:2]), current_questionnaire(key[0])
    html, document = made[key]
    for text in (words_of(html), " ".join(text_of(document).split())):
        for question in content.questions:
            assert not [label for _, label in question.choices if label in text]
        assert not re.search(r"\d+ van 100|niveau \d|\d punten", text.lower())
        assert report.headline not in text
    assert "<svg" not in html
    # A level name can be an ordinary word ("Soms"), so look where a level would stand: apart, or after the title.
    for level in LEVEL_NAMES:
        assert f">{level.name}<" not in html
        assert level.meaning not in html
    for theme in report.themes:
        assert not re.search(rf"{re.escape(theme.title)}\W+({'|'.join(level.name for level in LEVEL_NAMES)})\b", html)


def test_the_templates_of_the_shared_report_know_no_answer_level_or_score():
    folder = Path(settings.BASE_DIR) / "templates"
    names, sources = ["advice/report_share.html"], ""
    for name in names:
        source = (folder / name).read_text()
        sources += source
        names += [n for n in re.findall(r'\{% (?:include|extends) "([^"]+)"', source) if n not in names]
    assert len(names) > 4
    for word in ("answer", "points", "level", "score", "meaning", "headline", "question_text", "_bar.html"):
        assert not re.search(rf"\.\w*{word}|{word}\.html", sources), word


def test_the_shared_report_has_no_place_for_an_answer_level_or_score(report):
    kinds, queue = set(), [shared_report(report, str)]
    while queue:
        item = queue.pop()
        kinds.add(type(item))
        if isinstance(item, tuple):
            queue += item
        elif is_dataclass(item):
            queue += [getattr(item, field.name) for field in fields(item)]
    assert not kinds & {Report, ThemeResult, AnswerLine, Recommendation, OverallScore, ThemeScore}
    assert int in kinds and float not in kinds  # positions and years only


def test_the_shared_report_is_the_same_whatever_else_was_answered(db):
    """Two people with the same steps and strengths and all other answers different share the same document."""
    content = current_questionnaire("client_manager")
    steps = {question.code for theme in content.themes[:3] for question in theme.questions}
    one = answer_all(content, "1") | dict.fromkeys(steps, "0")
    two = answer_all(content, "2") | dict.fromkeys(steps, "0")
    reports = [build_report(content, choices, DAY) for choices in (one, two)]
    assert [step.code for step in reports[0].steps] == [step.code for step in reports[1].steps]
    assert reports[0].strengths == reports[1].strengths == ()
    mine = {render_html(report, Variant.MINE) for report in reports}
    share = {render_html(report, Variant.SHARE) for report in reports}
    assert (len(mine), len(share)) == (2, 1)


def test_the_shared_report_does_not_even_use_the_answers(report):
    leak = {"points": 99, "level": 4, "level_name": "LEK", "meaning": "LEK"}
    themes = tuple(
        replace(theme, answers=(), recommendations=(), next_level=None, phrase="LEK", **leak)
        for theme in report.themes
    )
    strengths = tuple(theme for theme in themes if theme.code in {s.code for s in report.strengths})
    steps = tuple(
        replace(s, code="LEK", question="LEK", question_text="LEK", answer_label="LEK", keeps=True, weeks=9)
        for s in report.steps
    )
    leak = {"points": 99, "level_name": "LEK", "meaning": "LEK", "headline": "LEK", "furthest": themes[0]}
    other = replace(report, themes=themes, strengths=strengths, steps=steps, dont_know=(), **leak)
    assert "LEK" in render_html(other, Variant.MINE)
    assert render_html(other, Variant.SHARE) == render_html(report, Variant.SHARE)


def test_strengths_stand_in_the_order_of_the_themes_not_of_the_scores(db):
    content = current_questionnaire("manager")
    best = {question.code for question in content.themes[7].questions}
    report = build_report(content, answer_all(content, "3") | dict.fromkeys(best, "4"), DAY)
    assert report.strengths[0].code == content.themes[7].code
    assert shared_report(report, str).strengths[-1] == content.themes[7].title


# --- it reads well when there is little to say ------------------------------------------------------------


@pytest.mark.parametrize("variant", Variant)
def test_a_report_without_steps_says_so_kindly(role, db, variant):
    content = current_questionnaire(role)
    report = build_report(content, answer_all(content, "4"), DAY)
    assert report.steps == ()
    html = render_html(report, variant)
    assert ("geen eerste stap" if variant is Variant.MINE else "geen stap die voorgaat") in words_of(html)
    assert '<ol class="steps">' not in html


@pytest.mark.parametrize("variant", Variant)
def test_a_report_without_strengths_says_so_kindly(role, db, variant):
    content = current_questionnaire(role)
    report = build_report(content, answer_all(content, "0"), DAY)
    assert report.strengths == ()
    text = words_of(render_html(report, variant))
    assert ("een goed begin" if variant is Variant.MINE else "wat gaat bij ons al goed?") in text


def test_every_source_that_is_cited_is_listed_with_its_headings(report):
    html = render_html(report, Variant.MINE)
    listed = html[html.index('id="bronnen"') :]
    for citation in report.citations:
        assert f'id="bron-{citation.source}"' in listed
        assert citation.heading in unescape(listed)


def test_what_stands_in_full_elsewhere_is_pointed_at_with_its_page(db):
    content = current_questionnaire("client_manager")
    report = build_report(content, answer_all(content, "0"), DAY)
    one, two = next(theme for theme in report.themes if len(theme.recommendations) == 2).recommendations
    card = one.interventions[0]
    theme = next(theme for theme in report.themes if theme.code == one.theme)
    both = replace(theme, recommendations=(one, replace(two, interventions=(), again=(card,))))
    html = render_html(replace(report, themes=(both,), combined=()), Variant.MINE)
    assert html.count(f'id="kaart-{card.code}"') == 1
    assert html.count(f'href="#kaart-{card.code}"') == 2
    assert html.count(f'data-to="#kaart-{card.code}"') == 1


# --- to the library ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("variant", Variant)
def test_every_card_leads_to_its_entry_when_the_site_has_an_address(report, variant):
    html = render_html(report, variant, SITE)
    cards = re.findall(r'<div class="card" id="kaart-([^"]+)">', html)
    assert len(cards) > 20
    for code in cards:
        assert f'href="{SITE}bibliotheek/{code}/"' in html
    assert "/bibliotheek/" not in render_html(report, variant)


def test_the_names_of_further_entries_lead_to_the_library(report):
    names = [entry for theme in report.themes for item in theme.recommendations for entry in item.also]
    assert len(names) > 20
    html = render_html(report, Variant.MINE, SITE)
    for entry in names:
        assert f'<a href="{SITE}bibliotheek/{entry.code}/">' in html


def test_the_length_stays_what_it_was(made):
    """Before the library: 21 to 27 pages; a report that grows with the library would be read by nobody."""
    for key, (_, document) in made.items():
        with pikepdf.open(io.BytesIO(document)) as opened:
            assert len(opened.pages) <= 29, key
