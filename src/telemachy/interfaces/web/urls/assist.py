"""Addresses of a language model's help."""

from django.urls import path

from telemachy.interfaces.web.views import assist as views

urlpatterns = [
    path("assist/", views.ShowAssist.as_view(), name="assist"),
    path("assist/situations/<uuid:pk>/questions/", views.AskQuestions.as_view(), name="assist-questions"),
    path("assist/situations/<uuid:pk>/summary/", views.AskSummary.as_view(), name="assist-summary"),
    path("assist/situations/<uuid:pk>/draft/", views.DraftGuidance.as_view(), name="assist-draft"),
    path("assist/goals/<uuid:pk>/", views.AskGoal.as_view(), name="assist-goal"),
    path("organisation/assist/", views.SetAssistRules.as_view(), name="assist-rules"),
]
