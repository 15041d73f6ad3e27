"""Jobs that failed for good: kept with their reason, and run again on an operator's word."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from telemachy.apps.audit import policies
from telemachy.apps.audit.actions import action, events
from telemachy.apps.audit.actions.events import Actor
from telemachy.apps.audit.models import DeadLetter
from telemachy.core.shared.errors import WrongState


@action
def bury(
    *,
    task_id: UUID,
    task_path: str,
    arguments: dict[str, Any],
    error: str,
    traceback: str,
    n_attempts: int,
    by: Actor | None,
    now: datetime,
) -> DeadLetter:
    """Keep a job that has used up its attempts; burying it twice keeps one letter."""
    letter, is_new = DeadLetter.objects.get_or_create(
        task_id=task_id,
        defaults={
            "task_path": task_path[:200],
            "arguments": arguments,
            "error": error[:300],
            "traceback": traceback,
            "n_attempts": n_attempts,
            "buried_at": now,
        },
    )
    if is_new:
        events.record("job.died", by=by, now=now, on=letter, job=task_path, n_attempts=n_attempts)
    else:
        events.unchanged()
    return letter


@action
def retry(*, letter: DeadLetter, by: Actor | None, now: datetime) -> None:
    """Queue the job again with the same arguments.

    Raises NotAllowed for anyone but an operator, WrongState when it was retried already or the job is
    no longer part of the program.
    """
    policies.retry_dead_letter(by, letter).require()
    letter = DeadLetter.objects.select_for_update().get(pk=letter.pk)
    if letter.retried_at is not None:
        raise WrongState(_("This job was queued again already."))
    try:
        task = import_string(letter.task_path)
    except ImportError as error:
        raise WrongState(_("This version of Telemachy has no such job any more.")) from error
    task.enqueue(*letter.arguments["args"], **letter.arguments["kwargs"])
    letter.retried_at = now
    letter.save(update_fields=["retried_at"])
    events.record("job.retried", by=by, now=now, on=letter, job=letter.task_path)
