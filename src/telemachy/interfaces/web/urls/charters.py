"""Addresses of charters."""

from django.urls import path

from telemachy.interfaces.web.views import charters as views

urlpatterns = [
    path("relationships/<uuid:pk>/charter/", views.ShowCharter.as_view(), name="charter"),
    path("relationships/<uuid:pk>/charter/begin/", views.BeginCharter.as_view(), name="charter-begin"),
    path("relationships/<uuid:pk>/charter/edit/", views.EditCharter.as_view(), name="charter-edit"),
    path("relationships/<uuid:pk>/charter/draft/", views.KeepCharterDraft.as_view(), name="charter-draft"),
    path("relationships/<uuid:pk>/charter/agree/", views.AgreeToCharter.as_view(), name="charter-agree"),
    path(
        "relationships/<uuid:pk>/charter/<int:number>/",
        views.ShowCharterVersion.as_view(),
        name="charter-version",
    ),
]
