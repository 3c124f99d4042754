"""Finding: the search page and two or three entries side by side. No session and no token: they must be fast."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from advice.library.content import library
from advice.library.find import find
from advice.library.forms import Query
from advice.library.glossary import WordLinks
from advice.library.pages import compare_page, search_page


@login_not_required
@require_safe
def search(request):
    shelf, query = library(), Query.read(request.GET)
    page = search_page(shelf, query, find(shelf, query.text, query.chosen))
    return render(request, "library/search.html", {"page": page, "themes": shelf.themes})


@login_not_required
@require_safe
def compare(request):
    """Two or three entries in a table; with fewer, how to choose them."""
    page = compare_page(library(), request.GET.getlist("met"))
    template = "library/compare.html" if len(page.pages) > 1 else "library/compare_how.html"
    return render(request, template, {"page": page, "words": WordLinks(library())})
