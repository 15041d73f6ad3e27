"""Addresses of plans."""

from django.urls import path

from telemachy.interfaces.web.views import plans as views

urlpatterns = [
    path("relationships/<uuid:pk>/plan/", views.ShowPlan.as_view(), name="plan"),
    path("relationships/<uuid:pk>/plan/review/", views.ReviewPlan.as_view(), name="plan-review"),
    path("relationships/<uuid:pk>/plan/add/", views.AddActivity.as_view(), name="activity-add"),
    path("activities/<uuid:pk>/revise/", views.ReviseActivity.as_view(), name="activity-revise"),
    path("activities/<uuid:pk>/done/", views.MarkActivity.as_view(), name="activity-done"),
    path("activities/<uuid:pk>/remove/", views.RemoveActivity.as_view(), name="activity-remove"),
    path("activities/<uuid:pk>/comment/", views.CommentOnActivity.as_view(), name="activity-comment"),
]
