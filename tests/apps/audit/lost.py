"""Jobs that were tried as often as they may, each time by a worker that was lost."""

from __future__ import annotations

from datetime import UTC, datetime

from django_tasks_db.models import DBTaskResult

from telemachy.apps.audit import jobs


def give_up(path: str, **arguments: str) -> None:
    """Have the reaper find the last attempt of a job lost."""
    row = DBTaskResult.objects.create(
        status="FAILED",
        task_path=path,
        args_kwargs={"args": [], "kwargs": arguments},
        worker_ids=["killed"] * (jobs.JOBS[path].retries + 1),
        backend_name="default",
        run_after=datetime(2026, 3, 3, tzinfo=UTC),
        exception_class_path="telemachy.WorkerLost",
        traceback="The worker that ran this job was lost: killed, or its machine went away.",
    )
    jobs.settle(row.id, now=datetime(2026, 3, 3, tzinfo=UTC))
