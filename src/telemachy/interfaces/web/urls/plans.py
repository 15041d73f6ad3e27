"""Addresses of plans."""

from django.urls import path

from telemachy.interfaces.web.views.errors import not_found

urlpatterns = [
    path("relationships/<uuid:pk>/plan/", not_found, name="plan"),
]
