"""What a person takes along: their data, packed for a few days."""

from __future__ import annotations

from django.db import models

from telemachy.apps.base import Record


class DataExport(Record):
    """A copy of everything a person may see about themselves; the file goes when it expires."""

    class State(models.TextChoices):
        PACKING = "packing"
        READY = "ready"
        EXPIRED = "expired"

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="data_exports")
    state = models.CharField(max_length=8, choices=State.choices, default=State.PACKING)
    file = models.FileField(upload_to="exports/%Y/%m/", max_length=300, blank=True)
    size = models.PositiveIntegerField(default=0)
    requested_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-requested_at",)

    def __str__(self) -> str:
        return f"data of {self.person_id}: {self.state}"
