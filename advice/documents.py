"""The report as a document: which variant, which template, which file name, and the result as JSON."""

from enum import StrEnum

from django.template.loader import render_to_string
from django.urls import reverse

from advice.chapters import Address, cited_sources, level_rows, own_chapters, shared_report, together
from advice.recommendations import CombinedAdvice, Recommendation
from advice.report import Report, ThemeResult
from scans.models import Source
from scans.selectors.content import CitationContent


class Variant(StrEnum):
    """Mine holds my answers and scores; share holds neither."""

    MINE = "mine"
    SHARE = "share"


def address_in(site: str) -> Address:
    """From the code of an entry to its address. `site`: as https://quickscan.example/; without it no address."""

    def address(code: str) -> str:
        return f"{site.rstrip('/')}{reverse('entry', args=[code])}" if site else ""

    return address


def render_html(report: Report, variant: Variant, site: str = "") -> str:
    """The whole document as HTML for the renderer, which fetches nothing but the report's own fonts.

    `site`: the address of this site, for the links to the library.
    """
    address = address_in(site)
    if variant is Variant.SHARE:
        context = {"report": shared_report(report, address)}
    else:
        context = {
            "report": report,
            "chapters": own_chapters(report, address),
            "together": together(report, address),
            "levels": level_rows(),
        }
    sources = Source.objects.order_by("code").prefetch_related("citations")
    context |= {
        "sources": cited_sources(context["report"].citations, sources),
        "day": report.date,
        "variant": variant.value,
    }
    return render_to_string(f"advice/report_{variant}.html", context)


def file_name(report: Report, variant: Variant) -> str:
    kind = "om-te-delen" if variant is Variant.SHARE else "advies"
    return f"quickscan-{kind}-{report.date.isoformat()}.pdf"


def as_json(report: Report, variant: Variant) -> dict:
    """The report as plain values. Points 0–100, levels 0–4, null where there is none."""
    document = {
        "schema": 1,
        "role": report.role,
        "version": report.version,
        "date": report.date.isoformat(),
        "discussion": report.discussion,
        "stop": report.stop,
    }
    if variant is Variant.MINE:
        document |= {
            "strengths": [theme.code for theme in report.strengths],
            "first_steps": [_recommendation(step) for step in report.steps],
            "combined": [_combined(item) for item in report.combined],
            "headline": report.headline,
            "score": report.points,
            "level": report.overall.level.level if report.overall.level else None,
            "level_name": report.level_name,
            "themes": [_theme(theme) for theme in report.themes],
        }
    else:
        document |= {
            # In the order of the questionnaire: which one is highest is mine.
            "strengths": [theme.code for theme in report.themes if theme in report.strengths],
            "first_steps": [
                _shared_step(step) for theme in report.themes for step in report.steps if step.theme == theme.code
            ],
            "themes": [
                {
                    "code": theme.code,
                    "title": theme.title,
                    "discussion": theme.discussion,
                    "stop": theme.stop,
                    "interventions": [item.code for item in theme.interventions],
                }
                for theme in report.themes
            ],
        }
    return document


def _theme(theme: ThemeResult) -> dict:
    return {
        "code": theme.code,
        "title": theme.title,
        "score": theme.points,
        "level": theme.level,
        "level_name": theme.level_name,
        "discussion": theme.discussion,
        "stop": theme.stop,
        "counted": [
            {"question": part.question, "level": part.level, "points": int(part.points), "weight": part.weight}
            for part in theme.score.parts
        ],
        "left_out": [
            {"question": left.question, "reason": left.reason, "weight": left.weight} for left in theme.score.left_out
        ],
        "what_if": None
        if theme.score.what_if is None
        else {
            "level_name": theme.next_level.name,
            "score": theme.next_level.points,
            "steps": [
                {"question": step.question, "from": step.from_level, "to": step.to_level}
                for step in theme.score.what_if.steps
            ],
        },
        "recommendations": [_recommendation(item) for item in theme.recommendations],
    }


def _recommendation(item: Recommendation) -> dict:
    return {
        "code": item.code,
        "theme": item.theme,
        "question": item.question,
        "text": item.text,
        "first_step": item.first_step,
        "who": item.who,
        "by": item.by.isoformat(),
        "why": [item.reason.rule, *item.reason.why_now],
        "share": item.share,
        "interventions": [intervention.code for intervention in item.shown],
        "entries": {
            "cards": [entry.code for entry in item.interventions],
            "again": [entry.code for entry in item.again],
            "also": [entry.code for entry in item.also],
        },
        "citations": [_citation(citation) for citation in item.citations],
    }


def _combined(item: CombinedAdvice) -> dict:
    return {
        "code": item.code,
        "theme": item.theme,
        "title": item.title,
        "text": item.text,
        "answers": [{"question": question, "answer": answer} for question, answer in item.answers],
        "first": item.first,
        "waits": item.waits,
        "entries": [entry.code for entry in item.interventions],
        "citations": [_citation(citation) for citation in item.citations],
    }


def _shared_step(item: Recommendation) -> dict:
    """Without the code of the rule, which ends in the level that it is for."""
    return {
        "theme": item.theme,
        "text": item.text,
        "first_step": item.first_step,
        "who": item.who,
        "by": item.by.isoformat(),
        "citations": [_citation(citation) for citation in item.citations],
    }


def _citation(citation: CitationContent) -> dict:
    return {"source": citation.source, "section": citation.heading}
