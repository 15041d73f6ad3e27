"""Addresses of thresholds."""

from django.urls import path

from telemachy.interfaces.web.views import thresholds as views

urlpatterns = [
    path("thresholds/<uuid:pk>/", views.ShowThreshold.as_view(), name="threshold"),
    path("thresholds/<uuid:pk>/step/", views.StepThreshold.as_view(), name="threshold-step"),
    path("thresholds/<uuid:pk>/badge.jwt", views.TakeBadge.as_view(), name="threshold-badge"),
    path("ratings/", views.ListRatings.as_view(), name="rating-list"),
    path("ratings/<uuid:pk>/", views.RateThreshold.as_view(), name="threshold-rate"),
    path("ratings/<uuid:pk>/return/", views.ReturnRating.as_view(), name="threshold-return"),
    path("programmes/<uuid:pk>/ratings/", views.AppointRaters.as_view(), name="programme-ratings"),
]
