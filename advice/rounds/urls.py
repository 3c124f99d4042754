"""Addresses of the results of closed rounds."""

from django.urls import path

from advice.rounds import downloads, views

urlpatterns = [
    path("uitkomsten/", views.results, name="round_results"),
    path("rondes/<str:public_id>/uitkomst/", views.result, name="round_result"),
    path("rondes/<str:public_id>/uitkomst/groep/<int:number>/", views.group, name="round_group"),
    path("rondes/<str:public_id>/uitkomst/groep/<int:number>/verloop/", views.over_time, name="round_over_time"),
    path("rondes/<str:public_id>/uitkomst/spiegel/", views.mirror, name="round_mirror"),
    path("rondes/<str:public_id>/uitkomst/rapport.pdf", downloads.report_pdf, name="round_pdf"),
    path(
        "rondes/<str:public_id>/uitkomst/groep/<int:number>/rapport.pdf", downloads.group_pdf, name="round_group_pdf"
    ),
    path("rondes/<str:public_id>/uitkomst/cijfers.xlsx", downloads.as_xlsx, name="round_xlsx"),
    path("rondes/<str:public_id>/uitkomst/cijfers.json", views.as_json, name="round_json"),
]
