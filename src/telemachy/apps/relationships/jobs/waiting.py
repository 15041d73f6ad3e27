"""Remind whoever lets somebody wait."""

from __future__ import annotations

from django.utils import timezone

from telemachy.apps.audit.jobs import job
from telemachy.apps.relationships.actions import situations_waiting
from telemachy.apps.relationships.queries import waiting


@job(cron="40 6 * * 1-5")
def nudge_waiting() -> None:
    """Remind each person of what has awaited them for more than three working days, once a week."""
    now = timezone.now()
    for situation, person in waiting.overdue(now):
        situations_waiting.remind(situation=situation, person=person, by=None, now=now)
