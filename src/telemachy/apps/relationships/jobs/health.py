"""Work out the signals of large programmes, so that nobody waits for them."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from telemachy.apps.audit.jobs import job
from telemachy.apps.relationships.actions import health as actions
from telemachy.apps.relationships.queries import health as queries


@job(cron="12 * * * *")
def refresh_large_programmes() -> None:
    """Compute every large programme anew."""
    for programme_id in queries.large_programmes():
        refresh_programme.enqueue(programme_id=str(programme_id))


@job()
def refresh_programme(programme_id: str) -> None:
    """Compute one programme anew; running twice replaces the same row."""
    programme = queries.programme_of_pairs(UUID(programme_id))
    if programme is not None:
        actions.refresh(programme=programme, by=None, now=timezone.now())
