"""Programmes and who runs them."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from telemachy.apps.base import Record
from telemachy.core.shared.lifecycles import PROGRAMME
from telemachy.core.shared.scales import ProgrammeKind, Structure
from telemachy.core.shared.scales import Shape as ShapeValue


class Programme(Record):
    """A mentoring or coaching programme: purpose, shape, rhythm, matching weights and rules."""

    class Kind(models.TextChoices):
        MENTORING = ProgrammeKind.MENTORING.value, _("Mentoring")
        COACHING = ProgrammeKind.COACHING.value, _("Coaching")

    class Shape(models.TextChoices):
        ONE_TO_ONE = ShapeValue.ONE_TO_ONE.value, _("One to one")
        REVERSE = ShapeValue.REVERSE.value, _("Reverse: the junior mentors the senior")
        GROUP = ShapeValue.GROUP.value, _("Group: one mentor, a circle of learners")
        PEER = ShapeValue.PEER.value, _("Peer: equals develop each other")

    class Dial(models.TextChoices):
        LIGHT = Structure.LIGHT.value, _("Light")
        GUIDED = Structure.GUIDED.value, _("Guided")
        STRUCTURED = Structure.STRUCTURED.value, _("Structured")

    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.CASCADE, related_name="programmes"
    )
    name = models.CharField(max_length=160)
    template = models.CharField(max_length=40, blank=True)
    purpose = models.TextField(blank=True)
    audience = models.TextField(blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    shape = models.CharField(max_length=12, choices=Shape.choices, default=Shape.ONE_TO_ONE)
    structure = models.CharField(max_length=12, choices=Dial.choices, default=Dial.GUIDED)
    cadence_days = models.PositiveSmallIntegerField(
        default=14, validators=[MinValueValidator(1), MaxValueValidator(120)]
    )
    length_weeks = models.PositiveSmallIntegerField(
        default=26, validators=[MinValueValidator(1), MaxValueValidator(156)]
    )
    starts_on = models.DateField(null=True, blank=True)
    chemistry = models.BooleanField(default=False)
    #: Matching weights by component name, each in [0, 1]; see core.matching.Weights.
    weights = models.JSONField(default=dict, blank=True)
    #: Hard rules of matching by name; see core.matching.Rules.
    rules = models.JSONField(default=dict, blank=True)
    #: Draft of the charter that pairs start from: section name -> text.
    charter_draft = models.JSONField(default=dict, blank=True)
    #: Lower bound of independence that the threshold asks for, in [0, 1].
    threshold_mark = models.FloatField(default=0.6, validators=[MinValueValidator(0), MaxValueValidator(1)])
    #: Whether somebody outside the pair rates the proof, without seeing the guidance, before it counts.
    independent_rating = models.BooleanField(default=False)
    #: The most days that a pair's recordings are kept, where that is less than the organisation allows.
    recording_days = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(3650)]
    )
    competencies = models.ManyToManyField("knowledge.Competency", blank=True, related_name="programmes")
    #: The agents that may take a place; people need no such leave.
    agents = models.ManyToManyField("people.Person", blank=True, related_name="allowed_programmes")
    state = models.CharField(max_length=10, default=PROGRAMME.initial)
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["organisation", "state"], name="programme_by_state"),)
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class ProgrammeManager(Record):
    """A person who runs a programme."""

    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="managers")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="manages")
    since = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["programme", "person"], name="manager_once"),)

    def __str__(self) -> str:
        return f"{self.person_id} manages {self.programme_id}"
