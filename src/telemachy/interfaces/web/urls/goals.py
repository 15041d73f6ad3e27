"""Addresses of goals."""

from django.urls import path

from telemachy.interfaces.web.views import goals as views

urlpatterns = [
    path("relationships/<uuid:pk>/goals/", views.ListGoals.as_view(), name="goal-list"),
    path("relationships/<uuid:pk>/goals/add/", views.AddGoal.as_view(), name="goal-add"),
    path("relationships/<uuid:pk>/goals/check/", views.CheckGoal.as_view(), name="goal-check"),
    path("goals/<uuid:pk>/", views.ReadGoal.as_view(), name="goal"),
    path("goals/<uuid:pk>/revise/", views.ReviseGoal.as_view(), name="goal-revise"),
    path("goals/<uuid:pk>/agree/", views.AgreeToGoal.as_view(), name="goal-agree"),
    path("goals/<uuid:pk>/record/", views.RecordGoal.as_view(), name="goal-record"),
    path("goals/<uuid:pk>/reach/", views.ReachGoal.as_view(), name="goal-reach"),
    path("goals/<uuid:pk>/reopen/", views.ReopenGoal.as_view(), name="goal-reopen"),
    path("goals/<uuid:pk>/drop/", views.DropGoal.as_view(), name="goal-drop"),
]
