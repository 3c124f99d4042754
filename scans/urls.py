"""Addresses of the scan. Dutch because people read them; names in English because code does."""

from django.urls import path

from scans.rounds.urls import urlpatterns as round_urls
from scans.views import fill_in, finish, links, start

urlpatterns = [
    # start
    path("", start.home, name="home"),
    path("rol/", start.choose_role, name="choose_role"),
    path("scan/beginnen/", start.start, name="start"),
    # filling in
    path("scan/", fill_in.continue_scan, name="continue"),
    path("scan/stap/<int:step>/", fill_in.theme, name="theme"),
    path("scan/antwoord/", fill_in.answer, name="answer"),
    path("scan/andere-rol/", start.wrong_role, name="wrong_role"),
    path("scan/opnieuw/", start.restart, name="restart"),
    # finishing
    path("scan/controle/", finish.check, name="check"),
    path("scan/versturen/", finish.submit, name="submit"),
    path("scan/alleen-voor-mij/", finish.send_alone, name="send_alone"),
    path("scan/afsluiten/", finish.close_here, name="close_here"),
    path("afgesloten/", finish.closed_here, name="closed_here"),
    path("scan/wissen/", finish.confirm_erase, name="confirm_erase"),
    path("scan/wissen/nu/", finish.erase, name="erase"),
    path("gewist/", finish.erased, name="erased"),
    # the way back
    path("scan/later/", links.later, name="later"),
    path("scan/later/link/", links.make_link, name="make_link"),
    path("verder/", links.open_link, name="open_link"),
    path("verder/<str:secret>/", links.resume, name="resume"),
    # rounds
    *round_urls,
]
