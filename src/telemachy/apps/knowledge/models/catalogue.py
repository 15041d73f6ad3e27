"""Competencies that situations exercise, and the question bank."""

from __future__ import annotations

from django.db import models

from telemachy.apps.base import Record


class Competency(Record):
    """A named capability of an organisation's catalogue, with what proficient looks like."""

    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.CASCADE, related_name="competencies"
    )
    name = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    proficient = models.TextField(blank=True)
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["organisation", "name"], name="competency_name_once"),)
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Question(Record):
    """A question worth asking, for a competency or for any."""

    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.CASCADE, related_name="questions"
    )
    competency = models.ForeignKey(
        "knowledge.Competency", on_delete=models.SET_NULL, null=True, blank=True, related_name="questions"
    )
    #: "question" or "debrief": when it is asked.
    moment = models.CharField(max_length=12, default="question")
    #: goal, reality, options, will, or "" for none in particular.
    phase = models.CharField(max_length=12, blank=True)
    text = models.CharField(max_length=400)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("text",)

    def __str__(self) -> str:
        return self.text
