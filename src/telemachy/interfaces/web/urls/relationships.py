"""Addresses of relationships."""

from django.urls import path

from telemachy.interfaces.web.views.errors import not_found

urlpatterns = [
    path("relationships/<uuid:pk>/", not_found, name="relationship"),
]
