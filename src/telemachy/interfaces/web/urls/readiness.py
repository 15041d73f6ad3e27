"""Addresses of hours, readiness for credentials and progress."""

from django.urls import path

from telemachy.interfaces.web.views import credentials
from telemachy.interfaces.web.views import readiness as views

urlpatterns = [
    path("readiness/", views.ShowReadiness.as_view(), name="readiness"),
    path("readiness/hours/<uuid:pk>/remove/", views.RemoveHours.as_view(), name="hours-remove"),
    path("readiness/hours/<uuid:pk>/confirm/", views.ConfirmHours.as_view(), name="hours-confirm"),
    path("readiness/progress/", views.ShowCourse.as_view(), name="review-progress"),
    path("readiness/progress/<uuid:pk>/aside/", views.PutAside.as_view(), name="supervision-aside"),
    path("readiness/of/<uuid:pk>/", views.ShowReadinessOf.as_view(), name="readiness-of"),
    path("credentials/", credentials.ListCredentials.as_view(), name="credential-list"),
    path("credentials/add/", credentials.AddCredential.as_view(), name="credential-add"),
    path("credentials/<uuid:pk>/", credentials.ReviseCredential.as_view(), name="credential"),
    path(
        "credentials/<uuid:pk>/archive/", credentials.ArchiveCredential.as_view(), name="credential-archive"
    ),
]
