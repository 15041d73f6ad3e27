"""Addresses of situations."""

from django.urls import path

from telemachy.interfaces.web.views import situation_files as files
from telemachy.interfaces.web.views import situation_steps as steps
from telemachy.interfaces.web.views import situations as views

urlpatterns = [
    path("situations/", views.ListSituations.as_view(), name="situation-list"),
    path("relationships/<uuid:pk>/situations/add/", views.LogSituation.as_view(), name="situation-add"),
    path("situations/<uuid:pk>/", views.ReadSituation.as_view(), name="situation"),
    path("situations/<uuid:pk>/revise/", views.ReviseSituation.as_view(), name="situation-revise"),
    path("situations/<uuid:pk>/reason/", steps.Reason.as_view(), name="situation-reason"),
    path("situations/<uuid:pk>/ask/", steps.Ask.as_view(), name="situation-ask"),
    path("situations/<uuid:pk>/insist/", steps.Insist.as_view(), name="situation-insist"),
    path("situations/<uuid:pk>/guide/", steps.Guide.as_view(), name="situation-guide"),
    path("situations/<uuid:pk>/decide/", steps.Decide.as_view(), name="situation-decide"),
    path("situations/<uuid:pk>/act/", steps.Act.as_view(), name="situation-act"),
    path("situations/<uuid:pk>/account/", steps.Account.as_view(), name="situation-account"),
    path("situations/<uuid:pk>/debrief/", steps.Debrief.as_view(), name="situation-debrief"),
    path("situations/<uuid:pk>/rate/", steps.RateSelf.as_view(), name="situation-rate"),
    path("situations/<uuid:pk>/message/", steps.Converse.as_view(), name="situation-message"),
    path("situations/<uuid:pk>/mark/", steps.MarkDraft.as_view(), name="situation-mark"),
    path("situations/<uuid:pk>/draft/<slug:step>/", steps.KeepDraft.as_view(), name="situation-draft"),
    path(
        "relationships/<uuid:pk>/situations/draft/", views.KeepLogDraft.as_view(), name="situation-add-draft"
    ),
    path("situations/<uuid:pk>/files/add/", files.Attach.as_view(), name="situation-attach"),
    path("situations/files/<uuid:pk>/", files.Download.as_view(), name="attachment"),
    path("situations/files/<uuid:pk>/remove/", files.Detach.as_view(), name="attachment-remove"),
]
