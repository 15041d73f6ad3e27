"""The web's addresses, one module for each area."""

from django.urls import include, path

from telemachy.interfaces.web.views.home import Home

AREAS = (
    "accounts",
    "programmes",
    "rosters",
    "match_runs",
    "programme_health",
    "relationships",
    "charters",
    "goals",
    "plans",
    "sessions",
    "situations",
    "learners",
    "training",
    "development",
    "thresholds",
    "assessments",
    "rubrics",
    "readiness",
    "recordings",
    "supervision",
    "mirror",
    "practice",
    "notifications",
    "organisation",
    "integrations",
    "assist",
    "gallery",
    "demo",
)

urlpatterns = [
    path("", Home.as_view(), name="home"),
    *(path("", include(f"telemachy.interfaces.web.urls.{area}")) for area in AREAS),
]
