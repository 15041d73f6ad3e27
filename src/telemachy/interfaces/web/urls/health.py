"""Addresses of health: for load balancers and monitors, without signing in."""

from django.urls import path

from telemachy.interfaces.common import health

urlpatterns = [
    path("health/live", health.Live.as_view(), name="health-live"),
    path("health/ready", health.Ready.as_view(), name="health-ready"),
    path("health/workers", health.Workers.as_view(), name="health-workers"),
]
