"""Addresses of a mentor's learners."""

from django.urls import path

from telemachy.interfaces.web.views.learners import ListLearners

urlpatterns = [path("learners/", ListLearners.as_view(), name="learner-list")]
