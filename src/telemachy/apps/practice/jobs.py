"""Background work of practice."""

from __future__ import annotations

from django.utils import timezone

from telemachy.apps.audit.jobs import job
from telemachy.apps.practice.actions import commitments
from telemachy.apps.practice.queries import commitments as queries


@job(cron="20 * * * *")
def remind_of_conversations() -> None:
    """Remind of planned conversations in the morning where people are; each once, however often this runs."""
    now = timezone.now()
    for commitment in queries.to_remind(now):
        commitments.remind(commitment=commitment, by=None, now=now)
