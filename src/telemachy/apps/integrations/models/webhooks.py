"""Where an organisation wants to be told of events, and how each telling went."""

from __future__ import annotations

from django.db import models

from telemachy.apps.base import Record


class Webhook(Record):
    """An address that is told of events of an organisation, by a signed POST; never content of a pair."""

    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="webhooks")
    url = models.URLField(max_length=500)
    #: Verbs of the audit trail, or their first parts: "situation" is told of "situation.decided".
    topics = models.JSONField(default=list)
    #: The signing key is derived from this and the installation's secret, so that it is kept nowhere.
    n_rotations = models.PositiveSmallIntegerField(default=0)
    made_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    #: Events up to here were looked at.
    told_until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.url


class Delivery(Record):
    """One event on its way to one webhook; `next_attempt_at` also keeps two workers apart."""

    class State(models.TextChoices):
        QUEUED = "queued"
        SENT = "sent"
        FAILED = "failed"
        DEAD = "dead"

    webhook = models.ForeignKey("integrations.Webhook", on_delete=models.CASCADE, related_name="deliveries")
    #: The event of the audit trail, None for a trial.
    event_id = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=60)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    n_attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    #: What the other side said: its status, or what went wrong on the way there.
    last_status = models.PositiveSmallIntegerField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["webhook", "event_id"],
                condition=models.Q(event_id__isnull=False),
                name="delivery_once",
            ),
        )
        indexes = (
            models.Index(fields=["state", "next_attempt_at"], name="delivery_due"),
            models.Index(fields=["webhook", "-created_at"], name="delivery_by_webhook"),
        )

    def __str__(self) -> str:
        return f"{self.verb}: {self.state}"
