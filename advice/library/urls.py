"""Addresses of the library, all under /bibliotheek/. Fixed names come first: an entry may have any other code."""

from django.urls import path

from advice.library.views import keeping, papers, reading, search

urlpatterns = [
    # finding
    path("", search.search, name="library"),
    path("vergelijken/", search.compare, name="compare"),
    # my list
    path("mijn-lijst/", keeping.show, name="my_list"),
    path("mijn-lijst/wijzigen/", keeping.change, name="my_list_change"),
    path("mijn-lijst/pdf/", papers.my_list_pdf, name="my_list_pdf"),
    # reading
    path("bron/<slug:code>/", reading.source, name="library_source"),
    path("thema/<slug:code>/", reading.theme, name="library_theme"),
    path("woorden/", reading.words, name="words"),
    path("cijfers/", reading.figures, name="figures"),
    path("<slug:code>/", reading.entry, name="entry"),
    path("<slug:code>/pdf/", papers.entry_pdf, name="entry_pdf"),
]
