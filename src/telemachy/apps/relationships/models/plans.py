"""The development plan: the learner owns it, the mentor comments, both review it each quarter."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from telemachy.apps.base import Record


class PlanActivity(Record):
    """An activity, or a milestone, that develops a competency."""

    class Kind(models.TextChoices):
        STRETCH = "stretch", _("Stretch project")
        ROTATION = "rotation", _("Rotation")
        SHADOWING = "shadowing", _("Shadowing")
        READING = "reading", _("Reading")
        COURSE = "course", _("Course")
        DRILL = "drill", _("Drill")
        INTRODUCTION = "introduction", _("Introduction")
        MILESTONE = "milestone", _("Milestone")

    relationship = models.ForeignKey(
        "relationships.Relationship", on_delete=models.CASCADE, related_name="activities"
    )
    learner = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="plan_activities")
    competency = models.ForeignKey(
        "knowledge.Competency", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=300)
    due_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    mentor_comment = models.TextField(blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("due_on", "created_at")

    def __str__(self) -> str:
        return self.title


class PlanReview(Record):
    """A quarterly look at the plan together."""

    relationship = models.ForeignKey(
        "relationships.Relationship", on_delete=models.CASCADE, related_name="reviews"
    )
    learner = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    note = models.TextField()
    by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    reviewed_at = models.DateTimeField()

    class Meta:
        ordering = ("-reviewed_at",)

    def __str__(self) -> str:
        return f"review on {self.reviewed_at:%Y-%m-%d}"
