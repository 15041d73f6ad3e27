"""The API's addresses, one module of operations for each area."""

from django.urls import path

from telemachy.interfaces.api.operations import (
    account,
    administration,
    attachments,
    consents,
    goals,
    growth,
    insights,
    integrations,
    invitations,
    letters,
    matching,
    me,
    organisation,
    peers,
    practice,
    programmes,
    readiness,
    recordings,
    relationships,
    reviews,
    role_plays,
    rosters,
    rubrics,
    sessions,
    situations,
    supervision_cases,
    supervision_rooms,
    training,
    transcripts,
)
from telemachy.interfaces.api.service import api

__all__ = ["api", "urlpatterns"]

AREAS = (
    me,
    account,
    situations,
    attachments,
    relationships,
    goals,
    sessions,
    recordings,
    consents,
    transcripts,
    reviews,
    letters,
    rubrics,
    readiness,
    supervision_rooms,
    supervision_cases,
    practice,
    role_plays,
    growth,
    training,
    programmes,
    invitations,
    rosters,
    matching,
    peers,
    insights,
    organisation,
    administration,
    integrations,
)

for area in AREAS:
    api.add_router("", area.router)

urlpatterns = [path("api/v1/", api.urls)]
