"""Addresses of match runs."""

from django.urls import path

from telemachy.interfaces.web.views import match_runs as runs
from telemachy.interfaces.web.views import peer_places, proposals, waiting, what_if, wishes

urlpatterns = [
    path("wishes/", wishes.Wishes.as_view(), name="wishes"),
    path("matching/how-it-works/", runs.ExplainMethod.as_view(), name="match-method"),
    path("programmes/<uuid:pk>/matching/", runs.ListMatchRuns.as_view(), name="match-run-list"),
    path("programmes/<uuid:pk>/waiting/", waiting.ShowQueue.as_view(), name="programme-waiting"),
    path("programmes/<uuid:pk>/pair-rules/", runs.DecidePair.as_view(), name="pair-rule-add"),
    path("pair-rules/<uuid:pk>/undo/", runs.UndoPairRule.as_view(), name="pair-rule-undo"),
    path("match-runs/<uuid:pk>/", runs.ShowMatchRun.as_view(), name="match-run"),
    path("match-runs/<uuid:pk>/progress/", runs.ShowProgress.as_view(), name="match-run-progress"),
    path("match-runs/<uuid:pk>/publish/", runs.PublishMatchRun.as_view(), name="match-run-publish"),
    path("match-runs/<uuid:pk>/discard/", runs.DiscardMatchRun.as_view(), name="match-run-discard"),
    path("match-runs/<uuid:pk>/again/", runs.MatchAgain.as_view(), name="match-run-again"),
    path("match-runs/<uuid:pk>/compare/", runs.CompareMatchRuns.as_view(), name="match-run-compare"),
    path("match-runs/<uuid:pk>/what-if/", what_if.WhatIf.as_view(), name="match-run-what-if"),
    path("match-runs/<uuid:pk>/keep/", what_if.KeepTrial.as_view(), name="match-run-keep"),
    path(
        "match-runs/<uuid:pk>/learners/<uuid:learner>/",
        proposals.MoveLearner.as_view(),
        name="match-run-move",
    ),
    path(
        "match-runs/<uuid:pk>/people/<uuid:person>/",
        peer_places.ChoosePlace.as_view(),
        name="match-run-place",
    ),
    path(
        "match-runs/<uuid:pk>/circles/<int:circle>/lock/",
        peer_places.LockCircle.as_view(),
        name="match-run-circle-lock",
    ),
    path("proposals/<uuid:pk>/", proposals.ChangeProposal.as_view(), name="proposal"),
]
