"""The API's addresses, one module of operations for each area."""

from django.urls import path

from telemachy.interfaces.api.operations import (
    goals,
    growth,
    insights,
    integrations,
    matching,
    me,
    organisation,
    programmes,
    relationships,
    rosters,
    sessions,
    situations,
)
from telemachy.interfaces.api.service import api

AREAS = (
    me,
    situations,
    relationships,
    goals,
    sessions,
    growth,
    programmes,
    rosters,
    matching,
    insights,
    organisation,
    integrations,
)

for area in AREAS:
    api.add_router("", area.router)

urlpatterns = [path("api/v1/", api.urls)]
