"""Evidence: a moment of a recording, pinned to a competency by somebody who heard or read it."""

from __future__ import annotations

from django.db import models

from telemachy.apps.base import Record


class Evidence(Record):
    """A pin. It keeps its quote when the recording expires, and goes with a withdrawal."""

    recording = models.ForeignKey("supervision.Recording", on_delete=models.CASCADE, related_name="evidence")
    utterance = models.ForeignKey("supervision.Utterance", on_delete=models.CASCADE, related_name="evidence")
    author = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="pins")
    #: The turn's words at the time.
    quote = models.TextField()
    #: Seconds from the beginning, where the turn has them.
    start = models.FloatField(null=True, blank=True)
    #: Codes of a rubric, as text, so that a pin survives a new version of it.
    competency = models.CharField(max_length=40, blank=True)
    marker = models.CharField(max_length=40, blank=True)
    note = models.TextField(blank=True)
    pinned_at = models.DateTimeField()

    class Meta:
        ordering = ("utterance__number", "pinned_at")

    def __str__(self) -> str:
        return f"{self.competency or 'pin'} in {self.recording_id}"
