"""Feedback both ways, pulses, and private reflections."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from telemachy.apps.base import Record


class Feedback(Record):
    """What one party tells another; readable by the two of them."""

    relationship = models.ForeignKey(
        "relationships.Relationship", on_delete=models.CASCADE, related_name="feedback"
    )
    author = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    about = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    helped = models.TextField(blank=True)
    wish = models.TextField(blank=True)
    given_at = models.DateTimeField()

    class Meta:
        ordering = ("-given_at",)

    def __str__(self) -> str:
        return f"feedback from {self.author_id}"


class Pulse(Record):
    """A one-question check, 1 to 5; managers see it only in groups of five or more."""

    relationship = models.ForeignKey(
        "relationships.Relationship", on_delete=models.CASCADE, related_name="pulses"
    )
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    #: safety, clarity, value, or reliance.
    question = models.CharField(max_length=12)
    answer = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(5)])
    answered_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["relationship", "-answered_at"], name="pulse_by_relationship"),)

    def __str__(self) -> str:
        return f"{self.question}: {self.answer}"


class Reflection(Record):
    """A private thought of the week; nobody else reads it unless it is shared with the pair."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="reflections")
    relationship = models.ForeignKey(
        "relationships.Relationship",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="reflections",
    )
    prompt = models.CharField(max_length=300)
    text = models.TextField()
    shared = models.BooleanField(default=False)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ("-written_at",)

    def __str__(self) -> str:
        return f"reflection of {self.written_at:%Y-%m-%d}"
