"""Addresses of relationships."""

from django.urls import path

from telemachy.interfaces.web.views import relationships as views

urlpatterns = [
    path("relationships/<uuid:pk>/", views.ShowRelationship.as_view(), name="relationship"),
]
