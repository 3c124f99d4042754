"""Addresses of the result, of the library and of closed rounds."""

from django.urls import include, path

from advice import views

urlpatterns = [
    path("resultaat/", views.result, name="result"),
    path("resultaat/delen/", views.share, name="share"),
    path("resultaat/advies.pdf", views.mine_pdf, name="mine_pdf"),
    path("resultaat/om-te-delen.pdf", views.share_pdf, name="share_pdf"),
    path("voorbeeld/", views.example, name="example"),
    path("gemeente/", include("advice.rounds.urls")),
    path("bibliotheek/", include("advice.library.urls")),
]
