"""Mail on its way out: written in the same transaction as its cause, sent by a job afterwards."""

from __future__ import annotations

from django.db import models

from telemachy.apps.base import Record


class OutboxMessage(Record):
    """One message to one address.

    `attachments` is a list of {"name", "content_type", "text"}; a calendar invitation is one whose
    content type is text/calendar with a method. `next_attempt_at` also keeps two workers apart: who
    moves it on has the message until then.
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        SENT = "sent"
        FAILED = "failed"
        DEAD = "dead"

    to = models.EmailField()
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    attachments = models.JSONField(default=list)
    headers = models.JSONField(default=dict)
    #: The same news is sent once, however often the action or job that posts it runs.
    key = models.CharField(max_length=200, unique=True)
    organisation_id = models.UUIDField(null=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    n_attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    last_error = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("created_at",)
        indexes = (models.Index(fields=["state", "next_attempt_at"], name="outbox_due"),)

    def __str__(self) -> str:
        return f"{self.state}: {self.subject}"
