"""What happened that a person wants to know of."""

from __future__ import annotations

from django.db import models

from telemachy.apps.base import Record


class Notification(Record):
    """One piece of news for one person; mailed right away, in a digest, or only shown.

    `kind` and `params` are rendered in the reader's language when shown (see queries/news).
    `params` holds names and dates, never content.
    """

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=60)
    params = models.JSONField(default=dict)
    path = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    #: The same key is told once, so that a job which runs twice does not say a thing twice.
    key = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "key"], condition=~models.Q(key=""), name="notification_told_once"
            ),
        )
        indexes = (
            models.Index(fields=["person", "-created_at"], name="notification_by_person"),
            models.Index(fields=["mailed_at", "created_at"], name="notification_to_mail"),
        )

    def __str__(self) -> str:
        return f"{self.kind} for {self.person_id}"
