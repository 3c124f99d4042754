"""The front door: every address of the site."""

from django.conf import settings
from django.urls import include, path

from quickscan import views

urlpatterns = [
    path("", include("scans.urls")),
    path("", include("advice.urls")),
    path("", include("teams.urls")),
    path("uitleg/", views.explanation, name="explanation"),
    path("uitleg/meetronde/", views.rounds_explained, name="rounds_explained"),
    path("bronnen/", views.sources, name="sources"),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
    path("healthz", views.healthz, name="healthz"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("robots.txt", views.robots_txt, name="robots_txt"),
]
if not settings.PRODUCTION:
    from django.contrib import admin

    urlpatterns.append(path("beheer/", admin.site.urls))

handler400 = "quickscan.views.bad_request"
handler403 = "quickscan.views.forbidden"
handler404 = "quickscan.views.not_found"
handler500 = "quickscan.views.server_error"
