"""What those who run a programme do about its signals, and what became of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from telemachy.apps.base import Record
from telemachy.core.shared.lifecycles import INTERVENTION


class Intervention(Record):
    """A signal from the day it was first noted until it is gone: about a pair, a mentor, or the programme.

    It holds what the rules saw (codes, counts, dates) and what the manager plans; never content of a pair.
    """

    programme = models.ForeignKey(
        "programmes.Programme", on_delete=models.CASCADE, related_name="interventions"
    )
    relationship = models.ForeignKey(
        "relationships.Relationship",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="interventions",
    )
    #: The mentor whom the signal is about, where it is about all of a mentor's pairs.
    person = models.ForeignKey(
        "people.Person", on_delete=models.CASCADE, null=True, blank=True, related_name="interventions"
    )
    code = models.CharField(max_length=40)
    #: What the rule saw when it was noted: the params of the signal.
    evidence = models.JSONField(default=dict)
    state = models.CharField(max_length=8, default=INTERVENTION.initial)
    opened_at = models.DateTimeField()

    #: Who took it up last, what they mean to do, and when they did.
    by = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    note = models.CharField(max_length=500, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    snoozed_until = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    closed_at = models.DateTimeField(null=True, blank=True)
    #: "gone": the rule no longer speaks; "ended": the pair has ended; "" while it is open.
    outcome = models.CharField(max_length=8, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["relationship", "code"],
                condition=~Q(state="over") & Q(relationship__isnull=False),
                name="intervention_of_pair_once",
            ),
            models.UniqueConstraint(
                fields=["programme", "person", "code"],
                condition=~Q(state="over") & Q(person__isnull=False),
                name="intervention_of_mentor_once",
            ),
            models.UniqueConstraint(
                fields=["programme", "code"],
                condition=~Q(state="over") & Q(relationship__isnull=True, person__isnull=True),
                name="intervention_of_group_once",
            ),
        )
        indexes = (models.Index(fields=["programme", "state"], name="intervention_by_state"),)

    def __str__(self) -> str:
        return f"{self.code} ({self.state})"
