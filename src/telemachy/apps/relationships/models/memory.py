"""How a learner fails in one relationship, the lessons about it, and what came of them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from telemachy.apps.base import Record
from telemachy.apps.relationships.models.situations import Rating
from telemachy.core.memory import MAX_CHARS, Source
from telemachy.core.shared.lifecycles import LESSON
from telemachy.core.shared.scales import GuidanceLevel

_LEVELS = [(level.value, level.name.lower()) for level in GuidanceLevel]


class FailureMode(Record):
    """One way in which a learner fails, and how much help with it there still is."""

    relationship = models.ForeignKey(
        "relationships.Relationship", on_delete=models.CASCADE, related_name="failure_modes"
    )
    learner = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="failure_modes")
    name = models.CharField(max_length=200)
    #: The name in one spelling, so that it is found again whatever the case.
    key = models.CharField(max_length=200)
    level = models.PositiveSmallIntegerField(choices=_LEVELS)
    level_since = models.DateTimeField()
    #: {"code", "params"} of the rule that set the level; {"reason": text} where a mentor did.
    level_because = models.JSONField(default=dict, blank=True)
    #: Attempts from here on say where the level goes next.
    evidence_from = models.DateTimeField()
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ("opened_at",)
        constraints = (
            models.UniqueConstraint(fields=["relationship", "learner", "key"], name="failure_mode_once"),
        )

    def __str__(self) -> str:
        return self.name


class Lesson(Record):
    """What to do about a failure mode; shown to the learner only while it is active."""

    class From(models.TextChoices):
        HUMAN = Source.HUMAN.value, _("A person")
        PROGRAM = Source.PROGRAM.value, _("A person's program")
        AGENT = Source.AGENT.value, _("An agent")
        IMPORT = Source.IMPORT.value, _("An import")

    failure_mode = models.ForeignKey(
        "relationships.FailureMode", on_delete=models.CASCADE, related_name="lessons"
    )
    #: Where it was given; the case itself stays the pair's.
    situation = models.ForeignKey(
        "relationships.Situation", on_delete=models.SET_NULL, null=True, blank=True, related_name="lessons"
    )
    #: None holds for every goal of the relationship.
    goal = models.ForeignKey(
        "relationships.Goal", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    author = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    #: From the credential it came with, never from what it says of itself.
    source = models.CharField(max_length=8, choices=From.choices)
    state = models.CharField(max_length=12, default=LESSON.initial)
    #: Why it waits for a human, as codes of core.memory.
    waits_for = models.JSONField(default=list, blank=True)
    cue = models.CharField(max_length=MAX_CHARS)
    action = models.CharField(max_length=MAX_CHARS)
    because = models.CharField(max_length=MAX_CHARS)
    contrast = models.CharField(max_length=MAX_CHARS, blank=True)
    tags = models.JSONField(default=list, blank=True)
    derived_from = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="derived")
    given_at = models.DateTimeField()
    #: Who let it through, refused or withdrew it; nobody where verifiers or the limit of lessons did.
    decided_by = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_because = models.TextField(blank=True)

    class Meta:
        ordering = ("given_at", "pk")
        indexes = (models.Index(fields=["failure_mode", "state"], name="lesson_by_state"),)

    def __str__(self) -> str:
        return f"lesson {self.pk} ({self.state})"


class LessonCheck(Record):
    """A verifier tried the lesson in a situation: did it hold."""

    lesson = models.ForeignKey("relationships.Lesson", on_delete=models.CASCADE, related_name="checks")
    situation = models.ForeignKey("relationships.Situation", on_delete=models.CASCADE, related_name="+")
    #: The key, and in whose name it was made.
    verifier_id = models.UUIDField()
    verifier = models.CharField(max_length=100)
    by = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    success = models.BooleanField()
    checked_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["lesson", "situation", "verifier_id"], name="lesson_check_once"),
        )

    def __str__(self) -> str:
        return f"{self.verifier} on {self.lesson_id}"


class Attempt(Record):
    """A situation in which a failure mode was at stake: what was recalled, what was shown, how it went."""

    situation = models.ForeignKey(
        "relationships.Situation", on_delete=models.CASCADE, related_name="attempts"
    )
    failure_mode = models.ForeignKey(
        "relationships.FailureMode", on_delete=models.CASCADE, related_name="attempts"
    )
    #: None where it failed before there was a lesson, or none was called to mind.
    lesson = models.ForeignKey(
        "relationships.Lesson", on_delete=models.SET_NULL, null=True, blank=True, related_name="attempts"
    )
    #: What was shown before the decision: 0 where nothing was.
    level = models.PositiveSmallIntegerField(choices=_LEVELS)
    #: The fields the learner saw, as it saw them.
    shown = models.JSONField(default=dict, blank=True)
    #: The chance with which a lot was drawn over showing it; None where none was.
    p_left_out = models.FloatField(null=True, blank=True)
    #: Whether somebody is asked to look although nothing was shown.
    audited = models.BooleanField(default=False)
    recalled_at = models.DateTimeField()
    success = models.BooleanField(null=True, blank=True)
    tier = models.CharField(max_length=2, choices=Rating.Tier.choices, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("recalled_at", "pk")
        constraints = (models.UniqueConstraint(fields=["situation", "failure_mode"], name="attempt_once"),)
        indexes = (models.Index(fields=["failure_mode", "settled_at"], name="attempt_by_mode"),)

    def __str__(self) -> str:
        return f"attempt of {self.situation_id}"


class OwnLessons(Record):
    """What a learner wrote down for itself, and takes along; no relationship's and nobody else's."""

    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="own_lessons")
    text = models.TextField(blank=True)
    n_revisions = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"own lessons of {self.person_id}"
