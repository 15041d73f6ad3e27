"""Reviews of recordings: who rates, what each gave blind, the letter, and what the coach works on next."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from telemachy.apps.base import Record
from telemachy.core.shared.lifecycles import REVIEW


class Review(Record):
    """A coach's request to have a recording rated against a version of a rubric."""

    recording = models.ForeignKey("supervision.Recording", on_delete=models.CASCADE, related_name="reviews")
    coach = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="reviews_as_coach")
    version = models.ForeignKey(
        "supervision.RubricVersion", on_delete=models.RESTRICT, related_name="reviews"
    )
    #: Who of the assessors writes the letter.
    writer = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="reviews_as_writer")
    #: What the coach would like to hear about.
    question = models.TextField(blank=True)
    state = models.CharField(max_length=12, default=REVIEW.initial)
    state_since = models.DateTimeField()
    asked_at = models.DateTimeField()
    #: When the last rating came in and everybody could see all of them.
    rated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("asked_at",)
        indexes = (models.Index(fields=["coach", "state"], name="review_by_coach"),)

    def __str__(self) -> str:
        return f"review {self.pk}"


class Assessment(Record):
    """One assessor's part of a review; nobody else sees it until all are in."""

    review = models.ForeignKey("supervision.Review", on_delete=models.CASCADE, related_name="assessments")
    assessor = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="assessments")
    #: What the assessor would say about the whole, for the others and the coach once all are in.
    note = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    saved_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("asked_at", "assessor__name")
        constraints = (models.UniqueConstraint(fields=["review", "assessor"], name="assessment_once"),)
        indexes = (models.Index(fields=["assessor", "submitted_at"], name="assessment_by_assessor"),)

    def __str__(self) -> str:
        return f"assessment by {self.assessor_id}"


class CompetencyRating(Record):
    """The level an assessor gave a competency, or that the recording gave nothing to rate."""

    assessment = models.ForeignKey("supervision.Assessment", on_delete=models.CASCADE, related_name="ratings")
    #: Code of the rubric's version.
    competency = models.CharField(max_length=12)
    #: Null while it is not given, and where there was nothing to rate.
    level = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(7)]
    )
    unheard = models.BooleanField(default=False)
    note = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["assessment", "competency"], name="competency_rating_once"),
        )

    def __str__(self) -> str:
        return f"{self.competency}: {self.level}"


class Letter(Record):
    """The feedback letter of a review; a draft until it is sent, then the coach's to keep."""

    review = models.OneToOneField("supervision.Review", on_delete=models.CASCADE, related_name="letter")
    greeting = models.TextField(blank=True)
    strengths = models.TextField(blank=True)
    development = models.TextField(blank=True)
    closing = models.TextField(blank=True)
    saved_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"letter of {self.review_id}"


class LetterQuote(Record):
    """A passage that a letter quotes; its words are a copy, so that an expired recording leaves it whole."""

    letter = models.ForeignKey("supervision.Letter", on_delete=models.CASCADE, related_name="quotes")
    #: The pin it was chosen from, while that is there.
    evidence = models.ForeignKey(
        "supervision.Evidence", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    seat = models.CharField(max_length=6)
    words = models.TextField()
    #: Seconds from the beginning of the recording, where known.
    start = models.FloatField(null=True, blank=True)
    competency = models.CharField(max_length=40, blank=True)
    note = models.TextField(blank=True)
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("place",)

    def __str__(self) -> str:
        return f"quote {self.place} of {self.letter_id}"


class DevelopmentPoint(Record):
    """Something a coach works on next; it is the coach's own, whatever becomes of the recording."""

    class State(models.TextChoices):
        OPEN = "open", _("Working on it")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Let go")

    review = models.ForeignKey("supervision.Review", on_delete=models.CASCADE, related_name="points")
    coach = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="development_points")
    text = models.TextField()
    competency = models.CharField(max_length=12, blank=True)
    place = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    state_since = models.DateTimeField()
    #: The goal it became, in a relationship with whoever wrote the letter.
    goal = models.ForeignKey(
        "relationships.Goal", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("place",)

    def __str__(self) -> str:
        return self.text[:60]
