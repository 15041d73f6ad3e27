"""Addresses of goals."""

from django.urls import path

from telemachy.interfaces.web.views.errors import not_found

urlpatterns = [
    path("goals/<uuid:pk>/", not_found, name="goal"),
    path("relationships/<uuid:pk>/goals/add/", not_found, name="goal-add"),
]
