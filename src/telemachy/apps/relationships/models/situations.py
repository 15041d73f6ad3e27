"""Situations: the real cases a learner faces, and everything said and decided about them."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from telemachy.apps.base import Record
from telemachy.core.shared.lifecycles import SITUATION
from telemachy.core.shared.scales import GuidanceLevel

_GRADE = [MinValueValidator(1), MaxValueValidator(5)]


class Situation(Record):
    """A real case: reasoned first, guided if asked, decided, accounted for, debriefed."""

    relationship = models.ForeignKey(
        "relationships.Relationship", on_delete=models.CASCADE, related_name="situations"
    )
    learner = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="situations")
    goal = models.ForeignKey(
        "relationships.Goal", on_delete=models.SET_NULL, null=True, blank=True, related_name="situations"
    )
    competency = models.ForeignKey(
        "knowledge.Competency", on_delete=models.SET_NULL, null=True, blank=True, related_name="situations"
    )
    state = models.CharField(max_length=12, default=SITUATION.initial)
    title = models.CharField(max_length=200)
    story = models.TextField(blank=True)
    stakes = models.TextField(blank=True)
    difficulty = models.PositiveSmallIntegerField(default=3, validators=_GRADE)
    novelty = models.PositiveSmallIntegerField(default=3, validators=_GRADE)
    #: Short cues by which a program tells cases apart; [] for people.
    tags = models.JSONField(default=list, blank=True)
    #: What the case is called where it came from, so that logging it twice makes one.
    external_ref = models.CharField(max_length=200, blank=True)
    #: The file of past traces it came from: told by others, decided without anybody to ask here.
    imported_from = models.ForeignKey(
        "relationships.TraceImport",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="situations",
    )
    logged_at = models.DateTimeField()

    own_view = models.TextField(blank=True)
    options = models.TextField(blank=True)
    own_questions = models.TextField(blank=True)
    intended_decision = models.TextField(blank=True)
    confidence = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(100)])
    reasoned_at = models.DateTimeField(null=True, blank=True)

    asked = models.TextField(blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    recommended_level = models.PositiveSmallIntegerField(
        null=True, blank=True, choices=[(level.value, level.name.lower()) for level in GuidanceLevel]
    )
    #: {"code", "params", "model": version}: why that level.
    recommendation = models.JSONField(default=dict, blank=True)

    #: How the one lot fell that says how the learner begins: True with guidance, False alone; None where it
    #: says nothing of this situation.
    guided_by_lot = models.BooleanField(null=True, blank=True)
    #: The agreed chance with which a lot of its own was drawn at the question, None where none was drawn;
    #: whether a lot left it to its learner first; and when the learner said that it could not wait.
    p_withheld = models.FloatField(null=True, blank=True)
    withheld = models.BooleanField(default=False)
    not_waited_at = models.DateTimeField(null=True, blank=True)

    decision = models.TextField(blank=True)
    #: Why, and how sure (0 to 100), as written down with the decision.
    rationale = models.TextField(blank=True)
    decision_confidence = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    acted_at = models.DateTimeField(null=True, blank=True)
    criteria = models.TextField(blank=True)
    risks = models.TextField(blank=True)
    alternatives = models.TextField(blank=True)
    outcome = models.TextField(blank=True)
    accounted_at = models.DateTimeField(null=True, blank=True)
    debrief = models.TextField(blank=True)
    debriefed_at = models.DateTimeField(null=True, blank=True)
    #: The most direct level of guidance given before the decision; 0 when none was.
    guided_level = models.PositiveSmallIntegerField(default=0)
    #: The trainer's rating, copied here so that evidence is one query.
    rating = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(4)])

    #: Whose turn it is ("learner", "mentor" or "" for nobody), and since when.
    awaiting = models.CharField(max_length=8, blank=True)
    awaiting_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["learner", "external_ref"],
                condition=~models.Q(external_ref=""),
                name="situation_external_ref_once",
            ),
        )
        indexes = (
            models.Index(fields=["relationship", "-logged_at"], name="situation_by_relationship"),
            models.Index(fields=["learner", "logged_at"], name="situation_by_learner"),
            models.Index(fields=["relationship", "awaiting"], name="situation_by_turn"),
        )

    def __str__(self) -> str:
        return self.title


class Guidance(Record):
    """What the mentor sent, at which level, beside the level that was recommended."""

    situation = models.ForeignKey(
        "relationships.Situation", on_delete=models.CASCADE, related_name="guidance"
    )
    author = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    level = models.PositiveSmallIntegerField(
        choices=[(level.value, level.name.lower()) for level in GuidanceLevel]
    )
    recommended_level = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.TextField()
    mode_shift_reason = models.TextField(blank=True)
    #: A language model worded it, and a human let it go.
    by_model = models.BooleanField(default=False)
    given_at = models.DateTimeField()

    class Meta:
        ordering = ("given_at",)

    def __str__(self) -> str:
        return f"level {self.level} for {self.situation_id}"


class Message(Record):
    """A line of the conversation about a situation that is not guidance."""

    situation = models.ForeignKey(
        "relationships.Situation", on_delete=models.CASCADE, related_name="messages"
    )
    author = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ("sent_at",)

    def __str__(self) -> str:
        return f"message on {self.situation_id}"


class Attachment(Record):
    """A file of a situation; bounded in size and kind, stored outside the web root."""

    situation = models.ForeignKey(
        "relationships.Situation", on_delete=models.CASCADE, related_name="attachments"
    )
    file = models.FileField(upload_to="attachments/%Y/%m/", max_length=300)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    uploaded_by = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    uploaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Rating(Record):
    """One rater's judgement of a debriefed situation on the rubric, 0 to 4."""

    class Tier(models.TextChoices):
        SELF = "E0", _("Self-report")
        PEER = "E1", _("Peer or judge")
        TRAINER = "E2", _("Trainer")
        VERIFIER = "E3", _("Verifier")

    situation = models.ForeignKey("relationships.Situation", on_delete=models.CASCADE, related_name="ratings")
    rater = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField(validators=[MaxValueValidator(4)])
    comment = models.TextField(blank=True)
    tier = models.CharField(max_length=2, choices=Tier.choices)
    rated_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["situation", "rater"], name="rating_once"),)

    def __str__(self) -> str:
        return f"{self.score} by {self.rater_id}"


class Draft(Record):
    """What somebody was writing in a form of a page, kept until it is sent."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="drafts")
    #: Which form: for example "situation:<id>:guidance".
    key = models.CharField(max_length=120)
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "key"], name="draft_once"),)

    def __str__(self) -> str:
        return self.key
