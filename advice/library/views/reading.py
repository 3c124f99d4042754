"""Reading: one entry, a theme, a source, the words and the figures."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from advice.library import my_list, overviews, pages
from advice.library.content import library
from advice.library.glossary import WordLinks
from scans import road


@login_not_required
@require_safe
def entry(request, code):
    shelf = library()
    state = road.current_scan(request)
    context = {
        "page": pages.entry_page(shelf, _coded(shelf.entries, code)),
        "words": WordLinks(shelf),
        "is_kept": code in my_list.codes(request),
        "may_keep": my_list.may_keep(request),
        "has_result": bool(state and state.submitted_on),
        "contact": settings.CONTACT_EMAIL,
    }
    return render(request, "library/entry.html", context)


@login_not_required
@require_safe
def theme(request, code):
    shelf = library()
    page = overviews.theme_page(shelf, _coded(shelf.themes, code))
    return render(request, "library/theme.html", {"page": page, "words": WordLinks(shelf)})


@login_not_required
@require_safe
def source(request, code):
    shelf = library()
    page = overviews.source_page(shelf, _coded(shelf.sources, code))
    return render(request, "library/source.html", {"page": page})


@login_not_required
@require_safe
def words(request):
    shelf = library()
    return render(request, "library/words.html", {"letters": overviews.letters(shelf), "total": len(shelf.terms)})


@login_not_required
@require_safe
def figures(request):
    return render(request, "library/figures.html", {"page": overviews.figures_page(library())})


def _coded(things, code: str):
    """The one with this code. Raises Http404."""
    for thing in things:
        if thing.code == code:
            return thing
    raise Http404
