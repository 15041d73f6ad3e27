"""Addresses of programme health."""

from django.urls import path

from telemachy.interfaces.web.views import interventions, outcomes
from telemachy.interfaces.web.views import programme_health as views

urlpatterns = [
    path("programmes/<uuid:pk>/outcomes/", outcomes.ShowOutcomes.as_view(), name="programme-outcomes"),
    path(
        "programmes/<uuid:pk>/outcomes.csv", outcomes.ExportOutcomes.as_view(), name="programme-outcomes-csv"
    ),
    path(
        "programmes/<uuid:pk>/outcomes.pdf", outcomes.PrintOutcomes.as_view(), name="programme-outcomes-pdf"
    ),
    path("programmes/<uuid:pk>/health/", views.ShowHealth.as_view(), name="programme-health"),
    path(
        "programmes/<uuid:pk>/health/compute/", views.ComputeHealth.as_view(), name="programme-health-compute"
    ),
    path("programmes/<uuid:pk>/health/pairs/<uuid:pair>/", views.ShowPair.as_view(), name="programme-pair"),
    path(
        "programmes/<uuid:pk>/health/pairs/<uuid:pair>/nudge/",
        views.NudgePair.as_view(),
        name="programme-nudge",
    ),
    path(
        "programmes/<uuid:pk>/health/interventions/",
        interventions.ListInterventions.as_view(),
        name="programme-interventions",
    ),
    path(
        "programmes/<uuid:pk>/health/signals/", interventions.ActOnSignal.as_view(), name="programme-signal"
    ),
]
