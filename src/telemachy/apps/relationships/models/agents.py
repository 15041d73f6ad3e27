"""What only programs bring: outcomes at a tier of evidence, guidance held for a human, past traces."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models

from telemachy.apps.base import Record
from telemachy.apps.relationships.models.situations import Rating
from telemachy.core.shared.lifecycles import TRACE_IMPORT
from telemachy.core.shared.scales import GuidanceLevel


class OutcomeReport(Record):
    """Whether a decided case turned out well, as told by somebody; the tier comes from who told it."""

    situation = models.ForeignKey("relationships.Situation", on_delete=models.CASCADE, related_name="reports")
    #: Whoever told it, or in whose name the verifier's key was made.
    by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    tier = models.CharField(max_length=2, choices=Rating.Tier.choices)
    #: Verifiers: the name of the key, and the key itself.
    verifier = models.CharField(max_length=100, blank=True)
    verifier_id = models.UUIDField(null=True, blank=True)
    success = models.BooleanField()
    note = models.TextField(blank=True)
    evidence_uri = models.CharField(max_length=500, blank=True)
    external_ref = models.CharField(max_length=200, blank=True)
    reported_at = models.DateTimeField()

    class Meta:
        ordering = ("reported_at",)
        constraints = (
            models.UniqueConstraint(
                fields=["situation", "verifier_id", "external_ref"],
                condition=~models.Q(external_ref=""),
                name="outcome_report_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.tier} for {self.situation_id}"


class HeldGuidance(Record):
    """What an agent in the mentor's seat wants to send: guidance or a debrief, held until a human lets it go.

    It is no Guidance yet, so that nothing which reads guidance can show it by mistake.
    """

    class Kind(models.TextChoices):
        GUIDANCE = "guidance"
        DEBRIEF = "debrief"

    class State(models.TextChoices):
        HELD = "held"
        APPROVED = "approved"
        REFUSED = "refused"
        #: The case moved on before anybody decided.
        MOOT = "moot"

    situation = models.ForeignKey("relationships.Situation", on_delete=models.CASCADE, related_name="held")
    author = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.HELD)
    level = models.PositiveSmallIntegerField(
        null=True, blank=True, choices=[(level.value, level.name.lower()) for level in GuidanceLevel]
    )
    text = models.TextField()
    mode_shift_reason = models.TextField(blank=True)
    #: Debriefs: the rating on the rubric, which counts once a human has let it go.
    score = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(4)])
    #: A language model worded it.
    by_model = models.BooleanField(default=False)
    held_at = models.DateTimeField()
    decided_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    #: Why not, for the agent to read.
    because = models.TextField(blank=True)

    class Meta:
        ordering = ("held_at",)
        constraints = (
            models.UniqueConstraint(
                fields=["situation", "author", "kind"],
                condition=models.Q(state="held"),
                name="held_guidance_one_open",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} ({self.state})"


class TraceImport(Record):
    """A file with past cases of an agent, between its upload and the moment its cases are taken in."""

    class Kind(models.TextChoices):
        JSONL = "jsonl"
        OTLP = "otlp"

    relationship = models.ForeignKey(
        "relationships.Relationship", on_delete=models.CASCADE, related_name="trace_imports"
    )
    learner = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    #: What its cases count towards; None for none.
    goal = models.ForeignKey(
        "relationships.Goal", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=12, default=TRACE_IMPORT.initial)
    kind = models.CharField(max_length=5, choices=Kind.choices)
    file_name = models.CharField(max_length=200)
    #: Cases read and not yet taken in, as core has them; [] once that is decided.
    traces = models.JSONField(default=list, blank=True)
    #: [{"line", "code", "params"}] of what cannot be taken in.
    problems = models.JSONField(default=list, blank=True)
    n_new = models.PositiveIntegerField(default=0)
    #: Cases that were here already when the file was read.
    n_known = models.PositiveIntegerField(default=0)
    n_taken = models.PositiveIntegerField(default=0)
    uploaded_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField()
    #: Who had them taken in, or put the file away; nobody where nobody decided in time.
    decided_by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-uploaded_at",)

    def __str__(self) -> str:
        return f"{self.file_name} ({self.state})"
