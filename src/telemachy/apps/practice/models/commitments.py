"""The coaching conversation that a leader means to have this week."""

from __future__ import annotations

from django.db import models

from telemachy.apps.base import Record


class Commitment(Record):
    """With whom, what about, by which day; afterwards what was asked, noticed, and to be done differently."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="commitments")
    partner = models.CharField(max_length=200)
    topic = models.TextField(blank=True)
    due_on = models.DateField()
    made_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    asked_how_at = models.DateTimeField(null=True, blank=True)
    asked = models.TextField(blank=True)
    noticed = models.TextField(blank=True)
    differently = models.TextField(blank=True)
    reflected_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["person", "-due_on"], name="commitment_by_person"),)

    def __str__(self) -> str:
        return f"by {self.due_on}"

    @property
    def is_open(self) -> bool:
        """Whether it was neither reflected on nor dropped."""
        return self.reflected_at is None and self.dropped_at is None
