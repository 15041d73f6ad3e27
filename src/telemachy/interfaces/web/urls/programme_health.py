"""Addresses of programme health."""

from django.urls import path

from telemachy.interfaces.web.views.errors import not_found

urlpatterns = [
    path("programmes/<uuid:pk>/health/", not_found, name="programme-health"),
]
