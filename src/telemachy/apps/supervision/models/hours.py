"""Hours of mentor coaching and practice, what credentials ask for, and suggestions put aside."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from telemachy.apps.base import Record
from telemachy.core.assessment import HoursKind

_HOURS = [MinValueValidator(0), MaxValueValidator(9999)]


class HoursEntry(Record):
    """Time a coach spent in mentor coaching or coaching a client; the coach keeps the log."""

    class Kind(models.TextChoices):
        INDIVIDUAL = HoursKind.INDIVIDUAL.value, _("Mentor coaching, the two of you")
        GROUP = HoursKind.GROUP.value, _("Mentor coaching in a group")
        CLIENT = HoursKind.CLIENT.value, _("Own coaching with a client")

    coach = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="hours_entries")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    held_on = models.DateField()
    minutes = models.PositiveSmallIntegerField(validators=[MinValueValidator(5), MaxValueValidator(720)])
    #: Somebody of the organisation, or else a name as the coach writes it.
    with_person = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    with_name = models.CharField(max_length=200, blank=True)
    recording = models.ForeignKey(
        "supervision.Recording", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    note = models.CharField(max_length=300, blank=True)
    logged_at = models.DateTimeField()
    #: When `with_person` said that it was so; null for a name that has no account.
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-held_on", "-logged_at")
        indexes = (models.Index(fields=["coach", "held_on"], name="hours_by_coach"),)

    def __str__(self) -> str:
        return f"{self.minutes} min on {self.held_on}"


class CredentialRules(Record):
    """What a credential asks for, as the organisation wrote it down; see core.assessment.RuleSet."""

    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.CASCADE, related_name="credential_rules"
    )
    name = models.CharField(max_length=120)
    about = models.TextField(blank=True)
    mentor_coaching_hours = models.PositiveSmallIntegerField(default=10, validators=_HOURS)
    most_group_hours = models.PositiveSmallIntegerField(default=7, validators=_HOURS)
    months = models.PositiveSmallIntegerField(default=3, validators=[MaxValueValidator(120)])
    client_hours = models.PositiveSmallIntegerField(default=0, validators=_HOURS)
    passed_recordings = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(50)])
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(fields=["organisation", "name"], name="credential_rules_name_once"),
        )

    def __str__(self) -> str:
        return self.name


class SupervisionHint(Record):
    """That a coach put the suggestion to move on to supervision aside, after so many reviews."""

    coach = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="supervision_hints")
    rubric = models.ForeignKey("supervision.Rubric", on_delete=models.CASCADE, related_name="+")
    n_reviews = models.PositiveSmallIntegerField()
    dismissed_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["coach", "rubric"], name="supervision_hint_once"),)

    def __str__(self) -> str:
        return f"put aside by {self.coach_id}"
