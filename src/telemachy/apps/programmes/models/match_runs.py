"""Match runs and the proposals they make."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from telemachy.apps.base import Record
from telemachy.core.shared.lifecycles import MATCH_RUN


class PairRule(Record):
    """A decision made beforehand: this pair is locked together, or must never be."""

    class Kind(models.TextChoices):
        LOCK = "lock", _("Locked")
        FORBID = "forbid", _("Forbidden")

    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="pair_rules")
    learner = models.ForeignKey("programmes.Enrolment", on_delete=models.CASCADE, related_name="+")
    mentor = models.ForeignKey("programmes.Enrolment", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    created_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["programme", "learner", "mentor"], name="pair_rule_once"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.learner_id} {self.mentor_id}"


class MatchRun(Record):
    """One run on a programme's pool, with everything needed to repeat and to explain it.

    A trial is a run that answers "what if": it is listed nowhere until somebody keeps it.
    """

    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="match_runs")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, default=MATCH_RUN.initial)
    seed = models.PositiveIntegerField(default=0)
    weights = models.JSONField(default=dict)
    rules = models.JSONField(default=dict)
    #: What the run was asked for beside weights and rules; see queries.match_options.
    options = models.JSONField(default=dict)
    #: The run that this one is a trial of, or whose pairs it was asked to keep.
    based_on = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="followers")
    is_trial = models.BooleanField(default=False)
    #: What runs of several programmes have in common that were worked out as one, as they share mentors.
    together = models.UUIDField(null=True, blank=True, db_index=True)
    #: Where the work stands: the stage's name, and the share that is done.
    stage = models.CharField(max_length=20, blank=True)
    progress = models.FloatField(default=0)
    report = models.JSONField(default=dict)
    problem = models.TextField(blank=True)
    created_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["programme", "number"], name="match_run_number"),)
        ordering = ("-number",)

    def __str__(self) -> str:
        return f"run {self.number}"


class Proposal(Record):
    """One learner with one mentor, with the parts of the score, the reasons and the alternatives."""

    run = models.ForeignKey("programmes.MatchRun", on_delete=models.CASCADE, related_name="proposals")
    learner = models.ForeignKey("programmes.Enrolment", on_delete=models.CASCADE, related_name="+")
    mentor = models.ForeignKey("programmes.Enrolment", on_delete=models.CASCADE, related_name="+")
    score = models.FloatField()
    #: [{"name", "value", "weight", "missing"}], values in [0, 1]
    parts = models.JSONField(default=list)
    #: [{"code", "params"}]
    reasons = models.JSONField(default=list)
    #: [{"mentor": enrolment id, "score", "cost"}]
    alternatives = models.JSONField(default=list)
    locked = models.BooleanField(default=False)
    by_hand = models.BooleanField(default=False)
    #: Peers: which pair or circle of the run this one is part of.
    circle = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["run", "learner"], name="proposal_once"),)
        indexes = (
            models.Index(fields=["run", "score"], name="proposal_by_score"),
            models.Index(
                fields=["run", "locked", "by_hand"],
                condition=models.Q(locked=True) | models.Q(by_hand=True),
                name="proposal_touched",
            ),
        )

    def __str__(self) -> str:
        return f"{self.learner_id} with {self.mentor_id}"


class Unmatched(Record):
    """A learner left without a mentor, and the binding reason."""

    run = models.ForeignKey("programmes.MatchRun", on_delete=models.CASCADE, related_name="unmatched")
    learner = models.ForeignKey("programmes.Enrolment", on_delete=models.CASCADE, related_name="+")
    #: {"code", "params"}
    reason = models.JSONField(default=dict)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["run", "learner"], name="unmatched_once"),)

    def __str__(self) -> str:
        return f"{self.learner_id} unmatched"
