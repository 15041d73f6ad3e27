"""Rubrics of an organisation: a name, and one version after the other."""

from __future__ import annotations

from django.db import models

from telemachy.apps.base import Record


class Rubric(Record):
    """What assessors rate against; what it says stands in its versions."""

    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="rubrics")
    name = models.CharField(max_length=120)
    #: What it is for, and whose numbering it follows.
    about = models.TextField(blank=True)
    made_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=["organisation", "name"], name="rubric_name_once"),)

    def __str__(self) -> str:
        return self.name


class RubricVersion(Record):
    """A rubric as it was at a time; never changed, so that a review stays on what it was rated against."""

    rubric = models.ForeignKey("supervision.Rubric", on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    #: core.assessment.Rubric as plain data.
    content = models.JSONField()
    made_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["rubric", "number"], name="rubric_version_number_once"),
        )

    def __str__(self) -> str:
        return f"version {self.number} of {self.rubric_id}"
