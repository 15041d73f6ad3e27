"""Addresses of charters."""

from django.urls import path

from telemachy.interfaces.web.views.errors import not_found

urlpatterns = [
    path("relationships/<uuid:pk>/charter/", not_found, name="charter"),
]
