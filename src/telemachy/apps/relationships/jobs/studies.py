"""Each night: what whole programmes have learned of growth, and what their lots tell of their guidance."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from telemachy.apps.audit.jobs import job
from telemachy.apps.relationships.actions import studies as actions
from telemachy.apps.relationships.queries import health
from telemachy.apps.relationships.queries import studies as queries
from telemachy.apps.relationships.snapshots import populations


@job(cron="40 3 * * *")
def study_growth() -> None:
    """Study every programme in which lots are drawn, one job each."""
    for programme_id in queries.programmes_with_lots():
        study_growth_of.enqueue(programme_id=str(programme_id))


@job()
def study_growth_of(programme_id: str) -> None:
    """Study one programme; running twice replaces the same row."""
    programme = health.programme_of_pairs(UUID(programme_id))
    if programme is not None:
        actions.study(programme=programme, by=None, now=timezone.now())


@job(cron="50 2 * * *")
def learn_growth() -> None:
    """Learn from every programme in which situations were rated, one job each."""
    for programme_id in populations.programmes_to_learn_from():
        learn_growth_of.enqueue(programme_id=str(programme_id))


@job()
def learn_growth_of(programme_id: str) -> None:
    """Learn from one programme; running twice replaces the same row."""
    programme = health.programme_of_pairs(UUID(programme_id))
    if programme is not None:
        actions.learn(programme=programme, by=None, now=timezone.now())
