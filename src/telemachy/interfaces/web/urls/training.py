"""Addresses of an agent's training: its mentor's page, the reviews one by one, lessons, past traces."""

from django.urls import path

from telemachy.interfaces.web.views import traces, training, training_steps

urlpatterns = [
    path("training/<uuid:pk>/", training.ShowTraining.as_view(), name="training"),
    path("training/<uuid:pk>/lessons.md", training_steps.ExportLessons.as_view(), name="training-lessons"),
    path("training/<uuid:pk>/traces/", traces.UploadTraces.as_view(), name="trace-upload"),
    path("training/cases/<uuid:pk>/", training.ReviewCase.as_view(), name="training-case"),
    path("training/goals/<uuid:pk>/", training_steps.SetGoal.as_view(), name="training-goal"),
    path("training/modes/<uuid:pk>/level/", training_steps.SetLevel.as_view(), name="failure-mode-level"),
    path(
        "training/lessons/<uuid:pk>/withdraw/",
        training_steps.WithdrawLesson.as_view(),
        name="lesson-withdraw",
    ),
    path("traces/<uuid:pk>/", traces.ShowTraces.as_view(), name="trace-import"),
    path("traces/<uuid:pk>/commit/", traces.CommitTraces.as_view(), name="trace-commit"),
    path("traces/<uuid:pk>/discard/", traces.DiscardTraces.as_view(), name="trace-discard"),
]
