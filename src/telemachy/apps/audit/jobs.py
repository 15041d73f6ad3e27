"""Background jobs: what one is, when it runs by itself, and what happens when it fails.

    @job(retries=5)
    def send_reminder(session_id: str) -> None: ...

    @job(cron="0 6 * * *")
    def send_digests() -> None: ...

    @job(gave_up=say_why_nothing_came)    # called with the job's own arguments when its last attempt is lost
    def read_file(file_id: str) -> None: ...

    send_reminder.enqueue(session_id=str(session.pk))

django-tasks queues jobs in the database, so a job enqueued in a transaction exists when it commits.
A job may run twice (a worker can die after the work and before the note of it): each must be safe to.
Nothing here depends on which worker calls it: workers meet in the database alone.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from smtplib import SMTPException
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from cronsim import CronSim
from django.apps import apps
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import FileField
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus, task
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from telemachy.apps.audit import queries
from telemachy.apps.audit.actions import dead_letters, outbox
from telemachy.apps.audit.models import DeadLetter, ScheduleSlot, WorkerHeartbeat
from telemachy.apps.base import batches

P = ParamSpec("P")
R = TypeVar("R")

logger = logging.getLogger("telemachy.jobs")

FIRST_DELAY = timedelta(seconds=15)
LONGEST_DELAY = timedelta(hours=1)
KEEP_FINISHED = timedelta(days=14)
#: A younger file may be on its way into a row that is not there yet.
LEFT_BEHIND = timedelta(days=1)
#: Most files that one night deletes from a folder: under a wrong database all would seem left behind.
SWEPT_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Job:
    """A registered job: how often it may fail, when it starts by itself (cron in UTC, or ""), who is told."""

    task: Task[..., Any]
    retries: int
    cron: str
    gave_up: Callable[..., None] | None


#: Every job by the path that the queue stores.
JOBS: dict[str, Job] = {}


def job(
    *, retries: int = 3, cron: str = "", gave_up: Callable[..., None] | None = None
) -> Callable[[Callable[P, R]], Task[P, R]]:
    """Make a module-level function a background job; raise CronSimError when `cron` makes no sense.

    Where people wait for a job, `gave_up` tells them that nothing comes: a job whose worker is killed each
    time, for want of memory, cannot do so itself.
    """
    if cron:
        CronSim(cron, datetime(2026, 1, 1))  # noqa: DTZ001 - only checks the expression

    def register(function: Callable[P, R]) -> Task[P, R]:
        made = task()(function)
        JOBS[made.module_path] = Job(made, retries, cron, gave_up)
        return made

    return register


# --- failures -----------------------------------------------------------------------------------


def delay_before(attempt: int) -> timedelta:
    """Return how long to wait before the given attempt (2 is the first retry): 15 s, doubled each time."""
    doublings = min(attempt - 2, 20)
    return min(FIRST_DELAY * (1 << doublings), LONGEST_DELAY)


def settle(task_id: UUID, *, now: datetime) -> None:
    """Give a failed job its next attempt, or bury it; leave any other job alone."""
    with transaction.atomic():
        failed = DBTaskResult.objects.select_for_update().filter(id=task_id, status=TaskResultStatus.FAILED)
        row = failed.first()
        if row is None:
            return
        n_attempts = len(row.worker_ids)
        if n_attempts <= _retries_of(row.task_path):
            row.status = TaskResultStatus.READY
            row.run_after = now + delay_before(n_attempts + 1)
            row.finished_at = None
            row.save(update_fields=["status", "run_after", "finished_at"])
            return
        lines = row.traceback.strip().splitlines()
        dead_letters.bury(
            task_id=row.id,
            task_path=row.task_path,
            arguments=row.args_kwargs,
            error=lines[-1] if lines else row.exception_class_path,
            traceback=row.traceback,
            n_attempts=n_attempts,
            by=None,
            now=now,
        )
    logger.error("job died", extra={"job": row.task_path, "attempts": n_attempts})
    _tell_of_the_end(row)


def _tell_of_the_end(row: DBTaskResult) -> None:
    gave_up = JOBS[row.task_path].gave_up if row.task_path in JOBS else None
    if gave_up is None:
        return
    try:
        gave_up(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
    except Exception:
        logger.exception("nobody could be told of a dead job", extra={"job": row.task_path})


def _retries_of(path: str) -> int:
    try:
        import_string(path)
    except ImportError:
        return 0
    return JOBS[path].retries if path in JOBS else 0


def reap(*, now: datetime) -> int:
    """Take jobs back from lost workers and settle what a dying worker left; return how many were taken."""
    before = now - queries.LOST_AFTER
    living = queries.living_workers(now)
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=before)
    n_taken = 0
    for row in running.only("id", "worker_ids"):
        if row.worker_ids and row.worker_ids[-1] in living:
            continue
        # Of several reapers one changes the row; the others find it changed.
        n_taken += running.filter(id=row.id).update(
            status=TaskResultStatus.FAILED,
            finished_at=now,
            exception_class_path="telemachy.WorkerLost",
            traceback="The worker that ran this job was lost: killed, or its machine went away.",
        )
    buried = DeadLetter.objects.values("task_id")
    unsettled = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).exclude(id__in=buried)
    for task_id in list(unsettled.values_list("id", flat=True)):
        settle(task_id, now=now)
    return n_taken


# --- signs of life and schedules ----------------------------------------------------------------


def beat(worker_id: str, *, now: datetime) -> None:
    """Note that a worker lives."""
    WorkerHeartbeat.objects.update_or_create(
        worker_id=worker_id, defaults={"beat_at": now}, create_defaults={"beat_at": now, "started_at": now}
    )


def sign_off(worker_id: str) -> None:
    """Note that a worker has stopped in good order."""
    WorkerHeartbeat.objects.filter(worker_id=worker_id).delete()


def last_slot(cron: str, now: datetime) -> datetime:
    """Return the latest moment at or before `now` that the expression names."""
    # CronSim steps strictly backwards, and knows whole minutes only.
    slot: datetime = next(CronSim(cron, now.replace(second=1, microsecond=0), reverse=True))
    return slot


def enqueue_due(*, now: datetime) -> list[str]:
    """Queue each scheduled job whose latest slot nobody has taken yet; return their paths.

    After a stop of several slots only the latest is made up for. A schedule that was never seen before
    starts with its next slot.
    """
    taken = []
    for path, entry in JOBS.items():
        if not entry.cron:
            continue
        name, slot_at = path.removeprefix("telemachy.apps."), last_slot(entry.cron, now)
        if ScheduleSlot.objects.filter(name=name, slot_at__gte=slot_at).exists():
            continue
        with transaction.atomic():
            is_known = ScheduleSlot.objects.filter(name=name).exists()
            _, is_ours = ScheduleSlot.objects.get_or_create(name=name, slot_at=slot_at)
            if is_known and is_ours:
                entry.task.enqueue()
                taken.append(path)
    return taken


# --- the jobs of this app -----------------------------------------------------------------------


@job(retries=5)
def deliver_mail(message_id: str) -> None:
    """Send one message of the outbox, unless it is sent, dead or in another worker's hands."""
    _send(UUID(message_id))


@job(cron="* * * * *")
def deliver_due_mail() -> None:
    """Send what failed before and is due again, and what a lost worker left behind."""
    for message_id in list(queries.due_mail(timezone.now()).values_list("pk", flat=True)[:200]):
        error = _send(message_id)
        if isinstance(error, OSError) and not isinstance(error, SMTPException):
            return  # the server cannot be reached: the rest waits for the next minute


def _send(message_id: UUID) -> Exception | None:
    message = outbox.claim(message_id=message_id, by=None, now=timezone.now())
    if message is None:
        return None
    try:
        outbox.deliver(message)
    except (OSError, ValueError) as error:  # smtplib's errors are OSErrors
        outbox.note_failed(message=message, error=error, by=None, now=timezone.now())
        return error
    outbox.note_sent(message=message, by=None, now=timezone.now())
    return None


@job(cron="30 3 * * *")
def tidy_up() -> None:
    """Forget finished jobs, past slots and lost workers; dead letters and mail stay."""
    before = timezone.now() - KEEP_FINISHED
    finished = (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED)
    DBTaskResult.objects.filter(status__in=finished, finished_at__lt=before).delete()
    ScheduleSlot.objects.filter(slot_at__lt=before - KEEP_FINISHED).delete()
    WorkerHeartbeat.objects.filter(beat_at__lt=before).delete()


@job(cron="50 3 * * *")
def sweep_files() -> None:
    """Delete uploads whose worker was lost between a row and its file, so that no row names them."""
    folders: dict[str, list[FileField]] = {}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, FileField) and field.storage is default_storage:
                folders.setdefault(str(field.upload_to).partition("/")[0], []).append(field)
    for folder, fields in folders.items():
        own = re.compile(rf"{folder}/\d{{4}}/\d\d/[0-9a-f]{{32}}[^/]*")
        sweep(folder, own, partial(_named_by, fields), now=timezone.now())


def sweep(
    folder: str, own: re.Pattern[str], named: Callable[[list[str]], Collection[str]], *, now: datetime
) -> None:
    """Delete the files below a folder of the storage that are ours by their name, old, and named by no row.

    `named` returns which of the names, a few hundred at most, are to stay.
    """
    n_deleted = 0
    ours = (name for name in _files_below(folder) if own.fullmatch(name))
    for names in batches(ours, SWEPT_AT_ONCE):
        for name in sorted(set(names).difference(named(names))):
            if default_storage.get_modified_time(name) > now - LEFT_BEHIND:
                continue
            if n_deleted == SWEPT_AT_ONCE:
                logger.error("more files that no row names wait for another night", extra={"folder": folder})
                return
            default_storage.delete(name)
            n_deleted += 1
    if n_deleted:
        logger.warning("files deleted that no row named", extra={"folder": folder, "n_files": n_deleted})


def _files_below(folder: str) -> Iterator[str]:
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return  # nothing was ever kept there
    for name in names:
        yield f"{folder}/{name}"
    for below in folders:
        yield from _files_below(f"{folder}/{below}")


def _named_by(fields: list[FileField], names: list[str]) -> set[str]:
    found: set[str] = set()
    for field in fields:
        rows = field.model._base_manager.filter(**{f"{field.name}__in": names})
        found.update(rows.values_list(field.name, flat=True))
    return found
