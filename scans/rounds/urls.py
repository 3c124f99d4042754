"""Addresses of rounds."""

from django.conf import settings
from django.urls import path

from scans.rounds import municipality_views, respondent_views, views

# gemeente: the coordinator
staff_patterns = [
    path("gemeente/wissen/", municipality_views.delete_municipality, name="delete_municipality"),
    path("gemeente/rondes/", views.rounds, name="rounds"),
    path("gemeente/rondes/voorbereiden/", views.edit, name="edit_round"),
    path("gemeente/rondes/overnemen/", views.copy_setup, name="copy_round_setup"),
    path("gemeente/rondes/uitnodiging/<str:public_id>/", views.invitation, name="round_address"),
    path("gemeente/rondes/uitnodiging/<str:public_id>/intrekken/", views.withdraw, name="withdraw_round_address"),
    path("gemeente/rondes/uitnodiging/<str:public_id>/mailen/", views.mail_again, name="mail_round_address"),
    path("gemeente/rondes/<str:public_id>/", views.show, name="round"),
    path("gemeente/rondes/<str:public_id>/weg/", views.delete, name="delete_round"),
    path("gemeente/rondes/<str:public_id>/proefmail/", views.test_mail, name="test_round_mail"),
    path("gemeente/rondes/<str:public_id>/openen/", views.open_round, name="open_round"),
    path("gemeente/rondes/<str:public_id>/verlengen/", views.extend, name="extend_round"),
    path("gemeente/rondes/<str:public_id>/herinneren/", views.remind, name="remind_round"),
]
# the invited
respondent_patterns = [
    path("uitnodiging/", respondent_views.open_link, name="open_invitation"),
    path("uitnodiging/<str:secret>/", respondent_views.link, name="round_invitation"),
    path("ronde/", respondent_views.before, name="round_before"),
    path("ronde/beginnen/", respondent_views.begin, name="begin_round"),
    path("ronde/niet-mijn-rol/", respondent_views.wrong_role, name="round_wrong_role"),
    path("ronde/geen-herinnering/", respondent_views.no_reminder, name="round_no_reminder"),
    path("ronde/mijn-niveaus/", respondent_views.withdraw_levels, name="withdraw_levels"),
]
# development only: what would have been mailed, and a way into the demo
development_patterns = []
if not settings.PRODUCTION:
    from scans.demo import views as demo_views

    development_patterns = [
        path("post/", respondent_views.development_mail, name="development_mail"),
        path("demo/inloggen/", demo_views.log_in, name="demo_login"),
    ]

urlpatterns = [*staff_patterns, *respondent_patterns, *development_patterns]
