"""Addresses of relationships."""

from django.urls import path

from telemachy.interfaces.web.views import pairs
from telemachy.interfaces.web.views import relationships as views

urlpatterns = [
    path("relationships/<uuid:pk>/", views.ShowRelationship.as_view(), name="relationship"),
    path("relationships/<uuid:pk>/step/", views.StepRelationship.as_view(), name="relationship-step"),
    path("relationships/<uuid:pk>/meet/", views.MeetBeforehand.as_view(), name="relationship-meet"),
    path(
        "relationships/<uuid:pk>/situations/",
        views.ListRelationshipSituations.as_view(),
        name="relationship-situations",
    ),
    path("relationships/<uuid:pk>/call-off/", pairs.CallOffPair.as_view(), name="relationship-call-off"),
    path("relationships/<uuid:pk>/transfer/", pairs.TransferPair.as_view(), name="relationship-transfer"),
    path("programmes/<uuid:pk>/pairs/add/", pairs.OpenPair.as_view(), name="pair-add"),
]
