"""Note each day what became of the signals, and each week tell those who run the programmes."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from telemachy.apps.audit.jobs import job
from telemachy.apps.relationships.actions import interventions as actions
from telemachy.apps.relationships.queries import health
from telemachy.apps.relationships.queries import interventions as queries


@job(cron="10 4 * * *")
def note_signals() -> None:
    """Look at every programme, one job each."""
    for programme_id in queries.programmes_to_watch():
        note_signals_of.enqueue(programme_id=str(programme_id))


@job()
def note_signals_of(programme_id: str) -> None:
    """Open, wake, return and close the signals of one programme; a second run finds nothing to do."""
    programme, now = health.programme_of_pairs(UUID(programme_id)), timezone.now()
    if programme is not None:
        actions.note(programme=programme, health=health.compute(programme, now), by=None, now=now)


@job(cron="30 5 * * 1")
def tell_the_week() -> None:
    """Tell those who run a programme how its week was; running twice tells once."""
    now = timezone.now()
    for programme_id in queries.programmes_to_watch():
        programme = health.programme_of_pairs(programme_id)
        if programme is not None:
            actions.tell_week(programme=programme, by=None, now=now)
