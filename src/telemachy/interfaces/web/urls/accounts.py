"""Addresses of accounts."""

from django.urls import path

from telemachy.interfaces.web.views.errors import not_found

urlpatterns = [
    path("profile/", not_found, name="profile"),
    path("invitation/<str:token>/", not_found, name="invitation-accept"),
]
