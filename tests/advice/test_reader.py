"""The reader's check: what we cite exists, what we quote stands where we say, and no sentence of a guide is ours."""

import pytest
from django.conf import settings

from advice.models import AdviceRule, CombinedRule, Fact, Intervention, Term
from scans.models import Citation, Question, Source
from tests.reader import words
from tests.reader.digest import copied_runs, guides, read_digest, strange_numbers, unknown_headings
from tests.reader.make_digest import Outline, write_digest
from tests.reader.rows import FIELDS, citation_rows, page_rows, rows

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def test_there_is_something_to_read(content):
    assert len(guides()) == 5 == Source.objects.count()
    assert len(rows()) > 1000
    assert sum(bool(words.numbers(text)) for row in rows() for text in row.quoting.values()) > 100
    assert all(len(digest.runs) > 3000 for digest in guides().values())


def test_every_heading_that_can_be_cited_stands_in_its_guide(content):
    assert unknown_headings([*rows(), *citation_rows()], guides()) == []


def test_the_list_of_headings_is_that_of_the_guide_in_its_order(content):
    for source in Source.objects.prefetch_related("citations"):
        assert [citation.heading for citation in source.citations.all()] == list(guides()[source.code].sections)


def test_every_figure_stands_in_a_section_that_its_row_cites(content):
    faults = strange_numbers(rows(), guides())
    assert not faults, "\n".join(["", *faults])


def test_no_run_of_twelve_words_is_copied_from_a_guide(content):
    faults = copied_runs([*rows(), *page_rows(settings.BASE_DIR / "templates")], guides())
    assert not faults, "\n".join(["", *faults])


# --- the controls: each breaks one thing in the content ---------------------------------------------------


def test_a_heading_that_no_guide_has_is_found(content):
    citation = Citation.objects.create(source=Source.objects.get(code="bo"), heading="9.9 Bestaat niet", position=99)
    item = Intervention.objects.first()
    item.citations.add(citation)
    faults = unknown_headings([*rows(), *citation_rows()], guides())
    for name in (f"intervention {item.code}", "citation bo: 9.9 Bestaat niet"):
        assert f"{name} cites bo: '9.9 Bestaat niet', which is no heading of that guide" in faults


@pytest.mark.parametrize(
    ("model", "field"),
    [
        (Intervention, "evidence_note"),
        (Fact, "value"),
        (Term, "definition"),
        (AdviceRule, "text"),
        (CombinedRule, "text"),
    ],
)
def test_a_changed_number_is_found(content, model, field):
    item = model.objects.first()
    setattr(item, field, getattr(item, field) + " Dat waren er 987.")
    item.save(update_fields=[field])
    fault = f"{model._meta.model_name} {item.code}, {field}: 987 stands in no section that it cites"
    assert fault in strange_numbers(rows(), guides())


def test_a_figure_of_a_section_that_the_row_no_longer_cites_is_found(content):
    """Also for what a question says about its reason; a published question itself cannot be changed."""
    question = next(
        question for question in Question.objects.all() if words.numbers(question.why) - {"2020", "2021", "2023"}
    )
    question.citations.clear()
    assert any(f"{question.code}, why" in fault for fault in strange_numbers(rows(), guides()))


def test_a_copied_sentence_is_found_wherever_it_stands(content, tmp_path):
    """The guide of this control is made of our own texts, so that no sentence of a real one stands here."""
    texts = {f"{row.name}, {field}": text for row in rows() for field, text in row.texts.items()}
    ours = {where for where, text in texts.items() if len(words.words(text)) > 12}
    assert len(ours) > 1000
    write_digest("bo", "\n\n".join(texts.values()), Outline(()), tmp_path)
    faults = copied_runs(rows(), {"bo": read_digest("bo", tmp_path)})
    assert ours <= {fault.partition(": ")[0] for fault in faults}
    kinds = {name.split()[0] for name in ours}
    assert kinds >= {"question", "fact", "term", "intervention", "advicerule", "combinedrule", "source"}


def test_every_text_of_the_content_is_read(content):
    """A field that is added to a model must be put in the list, or here when nobody reads it."""
    internal = {"code", "version", "url", "as_of", "table", "first", "waits"}
    internal |= {"kind", "phase", "evidence", "addressee", "reading", "role", "relation"}  # choices
    internal |= {"title", "authors", "publisher"}  # of a source: its own
    for model, fields in FIELDS.items():
        texts = {f.name for f in model._meta.fields if f.get_internal_type() in ("TextField", "CharField")}
        assert texts - set(fields) <= internal, model
