"""Charters in versions; a change needs everybody's agreement again."""

from __future__ import annotations

from django.db import models

from telemachy.apps.base import Record


class Charter(Record):
    """One version of what the parties agree on."""

    relationship = models.ForeignKey(
        "relationships.Relationship", on_delete=models.CASCADE, related_name="charters"
    )
    version = models.PositiveSmallIntegerField()
    success = models.TextField(blank=True)
    cadence = models.TextField(blank=True)
    hours_a_month = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    feedback_kinds = models.TextField(blank=True)
    out_of_scope = models.TextField(blank=True)
    confidentiality = models.TextField(blank=True)
    escalation = models.TextField(blank=True)
    #: One situation in so many, by lot, is decided before it is answered; 0 for none.
    withheld_one_in = models.PositiveSmallIntegerField(default=0)
    #: One lot says how each learner begins: the first situations all alone, or all with guidance.
    begin_by_lot = models.BooleanField(default=False)
    proposed_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    #: When the last party agreed; from then on this version holds until a later one does.
    in_force_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["relationship", "version"], name="charter_version"),)
        ordering = ("-version",)

    def __str__(self) -> str:
        return f"charter {self.version} of {self.relationship_id}"


class CharterAgreement(Record):
    """A party's agreement to one version."""

    charter = models.ForeignKey("relationships.Charter", on_delete=models.CASCADE, related_name="agreements")
    party = models.ForeignKey("relationships.Party", on_delete=models.CASCADE, related_name="agreements")
    agreed_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["charter", "party"], name="agreement_once"),)

    def __str__(self) -> str:
        return f"{self.party_id} agreed to {self.charter_id}"
