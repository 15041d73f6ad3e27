"""Reminders of sessions."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from telemachy.apps.audit.jobs import job
from telemachy.apps.relationships.actions import session_reminders
from telemachy.apps.relationships.queries import sessions as queries

AHEAD = timedelta(hours=24)


@job(cron="*/15 * * * *")
def remind_of_sessions() -> None:
    """Remind the parties of what begins within a day; each session once, however often this runs."""
    now = timezone.now()
    for session in queries.due_for_reminder(now, AHEAD):
        session_reminders.remind(session=session, by=None, now=now)
