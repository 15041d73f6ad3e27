"""Thresholds: the claim that a learner decides alone, and who confirmed it."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from telemachy.apps.base import Record
from telemachy.core.shared.lifecycles import THRESHOLD

_SHARE = [MinValueValidator(0), MaxValueValidator(1)]


class ThresholdClaim(Record):
    """A situation that met every condition of independence in a competency, and what people said of it."""

    relationship = models.ForeignKey(
        "relationships.Relationship", on_delete=models.CASCADE, related_name="threshold_claims"
    )
    learner = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="threshold_claims")
    competency = models.ForeignKey("knowledge.Competency", on_delete=models.CASCADE, related_name="+")
    situation = models.ForeignKey(
        "relationships.Situation", on_delete=models.CASCADE, related_name="threshold_claims"
    )
    state = models.CharField(max_length=10, default=THRESHOLD.initial)

    #: What the model said at the claim: chance alone, its 90 % interval, and the mark to reach.
    p_alone = models.FloatField(validators=_SHARE)
    p_low = models.FloatField(validators=_SHARE)
    p_high = models.FloatField(validators=_SHARE)
    mark = models.FloatField(validators=_SHARE)
    model_version = models.CharField(max_length=20)
    claimed_at = models.DateTimeField()

    confirmed_by = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    #: Why not yet, for the learner to read; from the mentor or the independent rater.
    not_yet_because = models.TextField(blank=True)

    #: When the learner let an independent person read the case.
    shared_at = models.DateTimeField(null=True, blank=True)
    rater = models.ForeignKey(
        "people.Person",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="threshold_ratings",
    )
    score = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(4)])
    rated_at = models.DateTimeField(null=True, blank=True)
    passed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("claimed_at",)
        constraints = (
            models.UniqueConstraint(fields=["situation"], name="threshold_claim_once"),
            models.UniqueConstraint(
                fields=["relationship", "learner", "competency"],
                condition=~Q(state="not_yet"),
                name="threshold_claim_one_open",
            ),
        )
        indexes = (models.Index(fields=["state", "rater"], name="threshold_by_state"),)

    def __str__(self) -> str:
        return f"{self.state} threshold of {self.learner_id}"
