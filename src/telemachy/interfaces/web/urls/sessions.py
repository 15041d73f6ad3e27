"""Addresses of sessions."""

from django.urls import path

from telemachy.interfaces.web.views.errors import not_found

urlpatterns = [
    path("sessions/", not_found, name="session-list"),
    path("sessions/<uuid:pk>/", not_found, name="session"),
    path("relationships/<uuid:pk>/sessions/add/", not_found, name="session-add"),
]
