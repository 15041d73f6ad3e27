"""Where a person stands with each exercise, and every answer given to it."""

from __future__ import annotations

from django.db import models

from telemachy.apps.base import Record
from telemachy.core.practice import Grade, Outcome, Pace, Skill


class DrillCard(Record):
    """One exercise with one person, once it was tried: when it comes back. The fields are those of FSRS."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="drill_cards")
    item = models.CharField(max_length=60)
    skill = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Skill])
    state = models.PositiveSmallIntegerField(default=1)
    step = models.PositiveSmallIntegerField(null=True, blank=True)
    stability = models.FloatField(null=True, blank=True)
    difficulty = models.FloatField(null=True, blank=True)
    due_at = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "item"], name="drill_card_once"),)
        indexes = (models.Index(fields=["person", "due_at"], name="drill_card_by_due"),)

    def __str__(self) -> str:
        return self.item

    @property
    def pace(self) -> Pace:
        """Where the exercise stands."""
        return Pace(self.state, self.step, self.stability, self.difficulty, self.due_at, self.reviewed_at)


class DrillReview(Record):
    """One answer: what was typed, what the check found, how the person rated it, and the card before it."""

    card = models.ForeignKey("practice.DrillCard", on_delete=models.CASCADE, related_name="reviews")
    answer = models.TextField()
    outcome = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Outcome])
    grade = models.PositiveSmallIntegerField(choices=[(one.value, one.name.lower()) for one in Grade])
    reviewed_at = models.DateTimeField()
    #: The card's fields before this review, to take it back; {} when it was the first.
    before = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("-reviewed_at", "pk")

    def __str__(self) -> str:
        return f"{self.outcome}, rated {self.grade}"
