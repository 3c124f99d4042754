"""An entry and my list on paper: tagged PDFs through the same door as the reports."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from advice.chapters import cited_sources
from advice.library import my_list
from advice.library.content import library
from advice.library.pages import entry_page
from advice.pdf_response import pdf_response
from scans.clock import database_today
from scans.models import Source

COVER = 16  # so many entries fit in the contents on the cover; more get a page of their own


@login_not_required
@require_safe
def entry_pdf(request, code):
    entry = library().by_code.get(code)
    if entry is None:
        raise Http404
    html = paper(request, "library/paper_entry.html", (entry,))
    return pdf_response(request, html, f"quickscan-{code}.pdf", reverse("entry", args=[code]))


@login_not_required
@require_safe
def my_list_pdf(request):
    """The list as one document; an empty list has nothing to print and shows its page, which explains."""
    entries = my_list.entries(request, library())
    if not entries:
        return redirect("my_list")
    html = paper(request, "library/paper_list.html", entries)
    return pdf_response(request, html, f"quickscan-mijn-lijst-{database_today().isoformat()}.pdf", reverse("my_list"))


def paper(request, template: str, entries) -> str:
    """A document about these entries as HTML for the renderer."""
    sources = Source.objects.order_by("code").prefetch_related("citations")
    context = {
        "pages": [entry_page(library(), entry) for entry in entries],
        "many": len(entries) > COVER,
        "day": database_today(),
        "sources": cited_sources((citation for entry in entries for citation in entry.citations), sources),
        "site": request.build_absolute_uri("/").rstrip("/"),
    }
    return render_to_string(template, context)
