"""Goals with a baseline and five attainment levels, and the readings taken of them."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from telemachy.apps.base import Record
from telemachy.core.shared.lifecycles import GOAL


class Goal(Record):
    """What a learner develops in a relationship."""

    relationship = models.ForeignKey(
        "relationships.Relationship", on_delete=models.CASCADE, related_name="goals"
    )
    learner = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="goals")
    written_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    statement = models.TextField()
    why = models.TextField(blank=True)
    baseline = models.TextField(blank=True)
    baseline_evidence = models.TextField(blank=True)
    #: Texts of the attainment levels -2, -1, 0, 1, 2 in that order.
    levels = models.JSONField(default=list, blank=True)
    due_on = models.DateField(null=True, blank=True)
    competencies = models.ManyToManyField("knowledge.Competency", blank=True, related_name="goals")
    state = models.CharField(max_length=10, default=GOAL.initial)
    #: Codes of what the specificity check found missing when last saved; [] means specific.
    gaps = models.JSONField(default=list, blank=True)
    #: Whether little is lost when an agent gets it wrong: then verifiers may let a lesson through.
    is_low_risk = models.BooleanField(default=False)
    #: How many questions an agent may ask towards it; None for the number that every goal has.
    ask_budget = models.PositiveIntegerField(null=True, blank=True)
    created_at = models.DateTimeField()
    #: How often it was revised, so that nobody writes over a revision they have not seen.
    n_revisions = models.PositiveSmallIntegerField(default=0)
    #: When the learner made it their own.
    agreed_at = models.DateTimeField(null=True, blank=True)
    reached_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("created_at",)

    def __str__(self) -> str:
        return self.statement[:60]


class GoalReading(Record):
    """Where a goal stands at a moment, on its attainment levels."""

    goal = models.ForeignKey("relationships.Goal", on_delete=models.CASCADE, related_name="readings")
    attainment = models.SmallIntegerField(validators=[MinValueValidator(-2), MaxValueValidator(2)])
    note = models.TextField(blank=True)
    by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    read_at = models.DateTimeField()

    class Meta:
        ordering = ("read_at",)

    def __str__(self) -> str:
        return f"{self.attainment} on {self.read_at:%Y-%m-%d}"
