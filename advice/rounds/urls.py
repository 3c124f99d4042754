"""Addresses of the results of closed rounds."""

from django.urls import path

from advice.rounds import views

urlpatterns = [
    path("uitkomsten/", views.results, name="round_results"),
    path("rondes/<str:public_id>/uitkomst/", views.result, name="round_result"),
    path("rondes/<str:public_id>/uitkomst/groep/<int:number>/", views.group, name="round_group"),
    path("rondes/<str:public_id>/uitkomst/groep/<int:number>/verloop/", views.over_time, name="round_over_time"),
    path("rondes/<str:public_id>/uitkomst/spiegel/", views.mirror, name="round_mirror"),
    path("rondes/<str:public_id>/uitkomst/cijfers.json", views.as_json, name="round_json"),
]
