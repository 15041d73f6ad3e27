"""Addresses of rubrics."""

from django.urls import path

from telemachy.interfaces.web.views import rubrics as views

urlpatterns = [
    path("rubrics/", views.ListRubrics.as_view(), name="rubric-list"),
    path("rubrics/add/", views.AddRubric.as_view(), name="rubric-add"),
    path("rubrics/examples/<slug:key>/take/", views.TakeExample.as_view(), name="rubric-example"),
    path("rubrics/<uuid:pk>/", views.ShowRubric.as_view(), name="rubric"),
    path("rubrics/<uuid:pk>/revise/", views.ReviseRubric.as_view(), name="rubric-revise"),
    path("rubrics/<uuid:pk>/duplicate/", views.DuplicateRubric.as_view(), name="rubric-duplicate"),
    path("rubrics/<uuid:pk>/archive/", views.ArchiveRubric.as_view(), name="rubric-archive"),
    path("rubrics/<uuid:pk>/restore/", views.RestoreRubric.as_view(), name="rubric-restore"),
]
