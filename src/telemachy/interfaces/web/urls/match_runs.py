"""Addresses of match runs."""

from django.urls import path

from telemachy.interfaces.web.views.errors import not_found

urlpatterns = [
    path("programmes/<uuid:pk>/matching/", not_found, name="match-run-list"),
    path("match-runs/<uuid:pk>/", not_found, name="match-run"),
]
