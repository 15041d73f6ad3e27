"""Addresses of a learner's development."""

from django.urls import path

from telemachy.interfaces.web.views import calibration, feedback, trajectories
from telemachy.interfaces.web.views import development as views

urlpatterns = [
    path("me/", views.ShowDevelopment.as_view(), name="my-development"),
    path("me/calibration/", calibration.ShowCalibration.as_view(), name="my-calibration"),
    path("me/reflections/", views.WriteReflection.as_view(), name="reflection-list"),
    path("me/reflections/<uuid:pk>/", views.ChangeReflection.as_view(), name="reflection"),
    path("relationships/<uuid:pk>/pulse/", views.AnswerPulse.as_view(), name="pulse"),
    path("relationships/<uuid:pk>/feedback/", feedback.GiveFeedback.as_view(), name="feedback"),
    path("relationships/<uuid:pk>/trajectory/", trajectories.ShowTrajectory.as_view(), name="trajectory"),
    path(
        "relationships/<uuid:pk>/trajectory.pdf",
        trajectories.PrintTrajectory.as_view(),
        name="trajectory-pdf",
    ),
]
