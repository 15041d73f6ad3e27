"""Remind pairs of the quarterly review of the plan."""

from __future__ import annotations

from django.utils import timezone

from telemachy.apps.audit.jobs import job
from telemachy.apps.relationships.actions import plans as actions
from telemachy.apps.relationships.queries import plans


@job(cron="20 6 * * *")
def remind_reviews() -> None:
    """Tell each learner and mentor whose quarterly review has come due; nobody is told twice."""
    now = timezone.now()
    for relationship, learner, due_at in plans.due_for_review(now):
        actions.remind_of_review(relationship=relationship, learner=learner, due_at=due_at, by=None, now=now)
