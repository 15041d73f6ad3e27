"""Addresses of practice."""

from django.urls import path

from telemachy.interfaces.web.views import practice as views
from telemachy.interfaces.web.views import practice_conversations as conversations
from telemachy.interfaces.web.views import practice_drills as drills
from telemachy.interfaces.web.views import practice_role_plays as role_plays

urlpatterns = [
    path("practice/", views.ShowPractice.as_view(), name="practice"),
    path("practice/path/", views.ShowPath.as_view(), name="practice-path"),
    path("practice/progress/", views.ShowProgress.as_view(), name="practice-progress"),
    path("practice/drills/<slug:skill>/", drills.Drill.as_view(), name="practice-drill"),
    path("practice/drills/<slug:skill>/rate/", drills.RateAnswer.as_view(), name="practice-rate"),
    path("practice/drills/<slug:skill>/back/", drills.TakeRatingBack.as_view(), name="practice-undo"),
    path("practice/role-plays/", role_plays.ListRolePlays.as_view(), name="role-play-list"),
    path(
        "practice/role-plays/begin/<slug:scenario>/",
        role_plays.BeginRolePlay.as_view(),
        name="role-play-begin",
    ),
    path("practice/role-plays/<uuid:pk>/", role_plays.PlayRole.as_view(), name="role-play"),
    path("practice/role-plays/<uuid:pk>/back/", role_plays.TakeTurnBack.as_view(), name="role-play-back"),
    path(
        "practice/role-plays/<uuid:pk>/remove/", role_plays.RemoveRolePlay.as_view(), name="role-play-remove"
    ),
    path("practice/conversations/", conversations.ListCommitments.as_view(), name="commitment-list"),
    path("practice/conversations/<uuid:pk>/", conversations.LookBack.as_view(), name="commitment"),
    path(
        "practice/conversations/<uuid:pk>/drop/",
        conversations.DropCommitment.as_view(),
        name="commitment-drop",
    ),
]
