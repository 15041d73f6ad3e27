"""Opens the pairs of a published match run."""

from __future__ import annotations

from django.utils import timezone

from telemachy.apps.audit.jobs import job
from telemachy.apps.programmes.queries import match_runs
from telemachy.apps.relationships.actions import publishing
from telemachy.apps.relationships.queries.publishing import groups_of

#: Relationships opened in one transaction: short enough that nobody else waits long.
BATCH = 50


@job(retries=5)
def open_pairs(match_run_id: str) -> None:
    """Open the pairs of a published run, batch by batch; running twice goes on where it stopped."""
    match_run = match_runs.by_key(match_run_id)
    groups = groups_of(match_run)
    for start in range(0, len(groups), BATCH):
        batch = groups[start : start + BATCH]
        if not publishing.open_batch(match_run=match_run, groups=batch, by=None, now=timezone.now()):
            return
    publishing.conclude(match_run=match_run, by=None, now=timezone.now())
