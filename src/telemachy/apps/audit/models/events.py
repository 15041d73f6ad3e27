"""The audit trail: append-only, and without foreign keys, so that it outlives what it tells of."""

from __future__ import annotations

from django.db import models


class Event(models.Model):
    """Who did what to what, and when; never the content itself."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    organisation_id = models.UUIDField(null=True)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200, blank=True)
    verb = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    data = models.JSONField(default=dict)
    request_id = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["organisation_id", "-at"], name="event_by_organisation"),
            # For the trail narrowed to a verb; on SQLite also for the list of verbs.
            models.Index(fields=["organisation_id", "verb", "-at"], name="event_by_verb"),
            models.Index(fields=["subject_id", "-at"], name="event_by_subject"),
        )
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name or 'system'} {self.verb}"
