"""The API's addresses, one module of operations for each area."""

from django.urls import path

from telemachy.interfaces.api.operations import relationships, situations
from telemachy.interfaces.api.service import api

AREAS = (relationships, situations)

for area in AREAS:
    api.add_router("", area.router)

urlpatterns = [path("api/v1/", api.urls)]
