"""The content report: measured from the database, and complete."""

from io import StringIO

import pytest
from django.core.management import call_command

from advice.library.guide_chapters import CHAPTERS, chapters_of
from advice.library.report import REASONS, content_report, read_reasons
from advice.models import Intervention
from advice.remembered import forget_content
from scans.models import Citation, Question, Role, Source, Theme

pytestmark = [pytest.mark.both, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def fresh(content):
    """What a test changes must be seen, and by nobody after it."""
    forget_content()
    yield
    forget_content()


def printed() -> list[str]:
    out = StringIO()
    call_command("content_report", stdout=out)
    return out.getvalue().splitlines()


def municipal() -> Intervention:
    """An entry for the municipality that a rule and a question lead to."""
    return Intervention.objects.filter(addressee="gemeente", rules__isnull=False).exclude(helps=[]).first()


def cut_off(item: Intervention) -> None:
    item.rules.clear()
    item.combined_rules.clear()
    item.helps = []
    item.save(update_fields=["helps"])
    forget_content()


# --- the content is complete ------------------------------------------------------------------------------


def test_every_section_has_an_entry_or_a_reason_and_never_both():
    sections = content_report().sections
    assert sections.without_reason == ()
    assert sections.reason_with_entry == ()
    assert sections.reason_without_section == ()


def test_some_answer_leads_to_every_entry_for_the_municipality():
    assert content_report().unreachable == ()


def test_what_nothing_leads_to_is_context():
    assert [entry.code for entry in content_report().unused if entry.addressee == "gemeente"] == []


# --- the figures are those of the database ----------------------------------------------------------------


def test_every_entry_is_counted():
    report, total = content_report(), Intervention.objects.count()
    assert total > 200
    assert report.entries == total == sum(report.addressees.values())
    assert sum(sum(effects.values()) for effects in report.kinds.values()) == total


def test_a_source_counts_the_entries_that_cite_it():
    for source in content_report().sources:
        entries = Intervention.objects.filter(citations__source__code=source.code).distinct()
        assert source.total == entries.count() > 0
        title, count = source.chapters[-1]
        last = Citation.objects.get(source__code=source.code, heading=CHAPTERS[source.code][-1][1])
        assert title == CHAPTERS[source.code][-1][0]
        assert count == entries.filter(
            citations__source__code=source.code, citations__position__gte=last.position
        ).count()  # fmt: skip


def test_a_theme_counts_its_entries_per_role():
    themes = content_report().themes
    assert len(themes) == 12
    for theme in Theme.objects.all():
        entries = list(theme.interventions.all())
        expected = {role: sum(role in entry.roles for entry in entries) for role in Role.values}
        assert themes[theme.title] == {**expected, "": len(entries)}


def test_the_report_is_printed_as_text():
    lines = printed()
    report = content_report()
    assert lines[0] == f"De bibliotheek: {report.entries} items"
    first = report.sources[0]
    assert f"{first.title} ({first.code}): {first.total}" in lines
    assert any(line.split() == ["Monitoring", str(dict(report.sources[3].chapters)["Monitoring"])] for line in lines)
    (training,) = [line.split() for line in lines if line.startswith("  training ")]
    counts = report.kinds["training"].values()
    assert training == ["training", *(str(count) for count in counts), str(sum(counts))]
    assert f"Secties zonder item, met de reden: {len(report.sections.with_reason)}" in lines
    assert "Secties zonder item en zonder reden: 0" in lines
    assert "Items voor de gemeente die geen enkel antwoord oproept: 0" in lines
    assert all(line == line.rstrip() for line in lines)


# --- the controls -----------------------------------------------------------------------------------------


def test_a_section_that_loses_its_entries_is_told():
    place = Citation.objects.exclude(interventions=None).select_related("source").first()
    place.interventions.clear()
    forget_content()
    assert content_report().sections.without_reason == ((place.source.code, place.heading),)
    assert f"  {place.source.code}: {place.heading}" in printed()


def test_a_reason_that_no_longer_holds_is_told():
    place = Citation.objects.exclude(interventions=None).select_related("source").first()
    reasons = read_reasons()
    reasons.setdefault(place.source.code, {})[place.heading] = "Geen aanbod."
    reasons["via"]["Een kop die er niet is"] = "Geen aanbod."
    reasons["via"]["Deze brief"] = ""
    sections = content_report(reasons).sections
    assert sections.reason_with_entry == ((place.source.code, place.heading),)
    assert sections.reason_without_section == (("via", "Een kop die er niet is"),)
    assert sections.without_reason == (("via", "Deze brief"),)


def test_an_entry_that_nothing_leads_to_is_told():
    item = municipal()
    cut_off(item)
    report = content_report()
    assert report.unreachable == (item.code,)
    assert item.code in {entry.code for entry in report.unused}
    assert {role.label for role in report.reach if item.code in role.missed} == {
        label for role, label in Role.choices if role in item.roles
    }
    assert f"  {item.name} ({item.code}), voor de gemeente" in printed()


def test_one_question_is_enough_unless_the_entry_is_not_for_it():
    item = municipal()
    cut_off(item)
    question = Question.objects.filter(questionnaire__role=item.roles[0]).select_related("theme").first()
    for field, value, reached in (
        ("helps", [question.code], True),
        ("not_for", [question.code], False),
        ("not_for", [question.theme.code], False),
        ("not_for", [], True),
        ("roles", [role for role in Role.values if role != item.roles[0]], False),
    ):
        setattr(item, field, value)
        item.save(update_fields=[field])
        forget_content()
        report = content_report()
        assert (item.code not in report.unreachable) == reached, (field, value)
        assert item.code not in {entry.code for entry in report.unused}


def test_an_entry_that_is_not_for_the_municipality_need_not_be_reached():
    item = municipal()
    Intervention.objects.filter(pk=item.pk).update(addressee="rijk")
    cut_off(item)
    report = content_report()
    assert report.unreachable == ()
    assert item.code in {entry.code for entry in report.unused}


def test_chapters_must_begin_where_the_table_says():
    for source in Source.objects.prefetch_related("citations"):
        headings = [citation.heading for citation in source.citations.all()]
        assert list(chapters_of(source.code, headings)) == headings
        with pytest.raises(ValueError, match="before the first chapter|the chapters are"):
            chapters_of(source.code, headings[1:])
        with pytest.raises(ValueError, match="the chapters are"):
            chapters_of(source.code, [heading for heading in headings if heading != CHAPTERS[source.code][-1][1]])


def test_the_reasons_stand_in_the_order_of_the_guides():
    for code, reasons in read_reasons(REASONS).items():
        headings = list(Citation.objects.filter(source__code=code).values_list("heading", flat=True))
        assert list(reasons) == sorted(reasons, key=headings.index), code
