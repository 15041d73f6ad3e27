"""Addresses of rosters."""

from django.urls import path

from telemachy.interfaces.web.views import rosters

urlpatterns = [
    path("programmes/<uuid:pk>/rosters/", rosters.ListRosters.as_view(), name="roster-list"),
    path("programmes/<uuid:pk>/rosters/upload/", rosters.UploadRoster.as_view(), name="roster-upload"),
    path("rosters/<uuid:pk>/", rosters.ShowRoster.as_view(), name="roster"),
    path("rosters/<uuid:pk>/columns/", rosters.MapRosterColumns.as_view(), name="roster-columns"),
    path("rosters/<uuid:pk>/progress/", rosters.ShowProgress.as_view(), name="roster-progress"),
    path("rosters/<uuid:pk>/commit/", rosters.CommitRoster.as_view(), name="roster-commit"),
    path("rosters/<uuid:pk>/take-back/", rosters.TakeRosterBack.as_view(), name="roster-take-back"),
    path("rosters/<uuid:pk>/discard/", rosters.DiscardRoster.as_view(), name="roster-discard"),
    path("rosters/<uuid:pk>/rejected.<str:kind>", rosters.DownloadRejected.as_view(), name="roster-rejected"),
]
