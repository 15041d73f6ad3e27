"""Addresses of notifications."""

from django.urls import path

from telemachy.interfaces.web.views.errors import not_found

urlpatterns = [
    path("notifications/", not_found, name="notification-list"),
]
