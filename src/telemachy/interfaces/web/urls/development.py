"""Addresses of development."""

from django.urls import path

from telemachy.interfaces.web.views.errors import not_found

urlpatterns = [
    path("me/", not_found, name="my-development"),
    path("relationships/<uuid:pk>/trajectory/", not_found, name="trajectory"),
]
