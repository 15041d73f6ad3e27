"""Take many past cases of an agent in, and forget files on which nobody decided."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db import OperationalError
from django.utils import timezone

from telemachy.apps.audit.jobs import job
from telemachy.apps.relationships.actions import traces
from telemachy.apps.relationships.models import TraceImport
from telemachy.apps.relationships.queries import traces as queries

logger = logging.getLogger("telemachy.jobs")

KEEP_UNDECIDED = timedelta(days=30)


def _lost(import_id: str) -> None:
    traces.fail(trace_import=TraceImport.objects.get(pk=import_id), by=None, now=timezone.now())


@job(retries=3, gave_up=_lost)
def take_in(import_id: str) -> None:
    """Add the cases of one file, all or none; one that is done already is left alone."""
    held = TraceImport.objects.select_related("decided_by").get(pk=import_id)
    if held.decided_by is None:
        return
    now = timezone.now()
    try:
        traces.take_in(trace_import=held, by=held.decided_by, now=now)
    except OperationalError:
        raise  # the database was busy or away: the job is tried again
    except Exception:
        logger.exception("past cases could not be taken in", extra={"trace_import": import_id})
        traces.fail(trace_import=held, by=None, now=now)


@job(cron="25 4 * * *")
def forget_undecided_traces() -> None:
    """Forget files on which nobody decided for a month: they hold a pair's content for nothing."""
    now = timezone.now()
    for held in queries.undecided_before(now - KEEP_UNDECIDED):
        traces.discard(trace_import=held, by=None, now=now)
