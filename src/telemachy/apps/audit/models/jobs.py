"""What the workers leave in the database: that they live, which slots ran, which jobs died."""

from __future__ import annotations

from django.db import models

from telemachy.apps.base import Record


class WorkerHeartbeat(models.Model):
    """One worker process and when it was last alive."""

    worker_id = models.CharField(max_length=64, primary_key=True)
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.worker_id} at {self.beat_at:%H:%M:%S}"


class ScheduleSlot(models.Model):
    """One due moment of one schedule; the row that is inserted first decides which worker runs it."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=60)
    slot_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["name", "slot_at"], name="schedule_slot_once"),)

    def __str__(self) -> str:
        return f"{self.name} at {self.slot_at:%Y-%m-%d %H:%M}"


class DeadLetter(Record):
    """A job that failed as often as it may; an operator reads why, and may run it again."""

    task_id = models.UUIDField(unique=True)
    task_path = models.CharField(max_length=200)
    arguments = models.JSONField(default=dict)
    error = models.CharField(max_length=300)
    traceback = models.TextField(blank=True)
    n_attempts = models.PositiveSmallIntegerField()
    buried_at = models.DateTimeField(db_index=True)
    retried_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-buried_at",)

    def __str__(self) -> str:
        return f"{self.task_path}: {self.error}"
