"""Addresses of reviews, ratings, letters and development points."""

from django.urls import path

from telemachy.interfaces.web.views import assessments as views
from telemachy.interfaces.web.views import development_points as points
from telemachy.interfaces.web.views import letters, ratings

urlpatterns = [
    path("reviews/", views.ListReviews.as_view(), name="review-list"),
    path("recordings/<uuid:pk>/review/", views.AskForReview.as_view(), name="review-ask"),
    path("reviews/<uuid:pk>/", views.ShowReview.as_view(), name="review"),
    path("reviews/<uuid:pk>/call-off/", views.CallOffReview.as_view(), name="review-call-off"),
    path("reviews/<uuid:pk>/go-on/", views.GoOnWithReview.as_view(), name="review-go-on"),
    path("reviews/<uuid:pk>/decline/", views.DeclineReview.as_view(), name="review-decline"),
    path("reviews/<uuid:pk>/rate/", ratings.RateRecording.as_view(), name="review-rate"),
    path("reviews/<uuid:pk>/rate/keep/", ratings.KeepRatings.as_view(), name="review-keep"),
    path("reviews/<uuid:pk>/letter/", letters.ReadLetter.as_view(), name="letter"),
    path("reviews/<uuid:pk>/letter/write/", letters.WriteLetter.as_view(), name="letter-write"),
    path("reviews/<uuid:pk>/letter/keep/", letters.KeepLetter.as_view(), name="letter-keep"),
    path("reviews/<uuid:pk>/letter/send/", letters.SendLetter.as_view(), name="letter-send"),
    path("reviews/<uuid:pk>/letter.pdf", letters.TakeLetter.as_view(), name="letter-pdf"),
    path("development-points/<uuid:pk>/goal/", points.MakeGoal.as_view(), name="point-goal"),
    path("development-points/<uuid:pk>/mark/", points.MarkPoint.as_view(), name="point-mark"),
]
