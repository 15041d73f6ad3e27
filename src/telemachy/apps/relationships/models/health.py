"""What a programme manager sees of pairs: signals computed beforehand, and the nudges given."""

from __future__ import annotations

from django.db import models

from telemachy.apps.base import Record


class HealthSnapshot(Record):
    """The signals of a large programme's pairs as they stood at a moment; never content.

    Small programmes are computed when asked for; see queries/health.
    """

    programme = models.OneToOneField(
        "programmes.Programme", on_delete=models.CASCADE, related_name="health_snapshot"
    )
    report = models.JSONField()
    computed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"health of {self.programme_id} at {self.computed_at:%Y-%m-%d %H:%M}"


class Nudge(Record):
    """A reminder that somebody who runs the programme sent to a pair."""

    relationship = models.ForeignKey(
        "relationships.Relationship", on_delete=models.CASCADE, related_name="nudges"
    )
    by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    #: Whose turn it was: "learner", "mentor", or "" for everybody.
    seat = models.CharField(max_length=8, blank=True)
    nudged_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["relationship", "-nudged_at"], name="nudge_by_relationship"),)

    def __str__(self) -> str:
        return f"nudge of {self.relationship_id} on {self.nudged_at:%Y-%m-%d}"
