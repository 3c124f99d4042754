"""The result, the advice and the two PDF versions. Every page here reads; none writes."""

import logging

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from advice.documents import Variant, file_name, render_html
from advice.example import example_report
from advice.library.content import library
from advice.library.glossary import WordLinks
from advice.pdf_response import pdf_response
from advice.report import build_report
from scans.road import with_result

logger = logging.getLogger(__name__)


@login_not_required
@require_safe
@with_result
def result(request, state):
    report = build_report(state.content, state.choices, state.submitted_on)
    context = {"report": report, "state": state, "is_example": False, "words": WordLinks(library())}
    return render(request, "advice/result.html", context)


@login_not_required
@require_safe
@with_result
def share(request, state):
    """Before the shared version: what is in it, and what somebody could still conclude from it."""
    report = build_report(state.content, state.choices, state.submitted_on)
    return render(request, "advice/share.html", {"report": report})


@login_not_required
@require_safe
@with_result
def mine_pdf(request, state):
    return _pdf(request, state, Variant.MINE)


@login_not_required
@require_safe
@with_result
def share_pdf(request, state):
    return _pdf(request, state, Variant.SHARE)


@login_not_required
@require_safe
def example(request):
    """The result of a made-up client manager, so that people see beforehand what they will get."""
    context = {"report": example_report(), "is_example": True, "words": WordLinks(library())}
    return render(request, "advice/result.html", context)


def _pdf(request, state, variant: Variant):
    report = build_report(state.content, state.choices, state.submitted_on)
    html = render_html(report, variant, request.build_absolute_uri("/"))
    return pdf_response(request, html, file_name(report, variant))
