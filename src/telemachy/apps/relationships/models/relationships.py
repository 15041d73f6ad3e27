"""Relationships and their parties."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from telemachy.apps.base import Record
from telemachy.core.shared.lifecycles import RELATIONSHIP
from telemachy.core.shared.scales import Seat as SeatValue


class Relationship(Record):
    """A learner (or circle) and a mentor, from proposal to a close that is a success or no one's fault."""

    programme = models.ForeignKey(
        "programmes.Programme", on_delete=models.CASCADE, related_name="relationships"
    )
    proposal = models.ForeignKey(
        "programmes.Proposal", on_delete=models.SET_NULL, null=True, blank=True, related_name="relationships"
    )
    #: Copied from the programme at the start, so that a later change of design leaves the pair alone.
    kind = models.CharField(max_length=10)
    shape = models.CharField(max_length=12)
    state = models.CharField(max_length=12, default=RELATIONSHIP.initial)
    state_since = models.DateTimeField()
    cadence_days = models.PositiveSmallIntegerField(default=14)
    #: Whether the parties want to meet once before they decide.
    chemistry = models.BooleanField(default=False)
    chemistry_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    active_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["programme", "state"], name="relationship_by_state"),)

    def __str__(self) -> str:
        return f"relationship {self.pk}"


class Party(Record):
    """A person's seat in a relationship. Why a seat was declined or left is never kept."""

    class Seat(models.TextChoices):
        LEARNER = SeatValue.LEARNER.value, _("Learner")
        MENTOR = SeatValue.MENTOR.value, _("Mentor")

    relationship = models.ForeignKey(
        "relationships.Relationship", on_delete=models.CASCADE, related_name="parties"
    )
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="seats")
    seat = models.CharField(max_length=8, choices=Seat.choices)
    accepted_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["relationship", "person"], name="party_once"),)
        indexes = (models.Index(fields=["person", "seat"], name="party_by_person"),)

    def __str__(self) -> str:
        return f"{self.person_id} as {self.seat}"
