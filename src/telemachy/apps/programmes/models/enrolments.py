"""Places in a programme, and the links by which people take one."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from telemachy.apps.base import Record


class Enrolment(Record):
    """A person's place in a programme, as mentor or as learner; one may hold both."""

    class Role(models.TextChoices):
        LEARNER = "learner", _("Learner")
        MENTOR = "mentor", _("Mentor")

    class State(models.TextChoices):
        ACTIVE = "active", _("Active")
        PAUSED = "paused", _("Paused")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="enrolments")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="enrolments")
    role = models.CharField(max_length=8, choices=Role.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ACTIVE)
    #: Mentors: how many learners at once in this programme.
    capacity = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    #: Who gave it: "hand", "roster" or "link".
    source = models.CharField(max_length=8, default="hand")
    #: Whom this person would like to be matched with.
    preferred = models.ManyToManyField("people.Person", blank=True, related_name="+")
    #: Whom this person would rather not be matched with: matching proposes neither to the other.
    avoided = models.ManyToManyField("people.Person", blank=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["programme", "person", "role"], name="enrolment_once"),
        )
        indexes = (models.Index(fields=["programme", "role", "state"], name="enrolment_by_role"),)

    def __str__(self) -> str:
        return f"{self.person_id} as {self.role}"

    @property
    def is_unproved(self) -> bool:
        """Whether an address was typed behind a link, and nobody has signed in by it yet."""
        return self.source == "link" and self.person.user_id is None


class EnrolmentLink(Record):
    """A link that enrols whoever of the organisation opens it; revocable, and it ends."""

    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="links")
    role = models.CharField(max_length=8, choices=Enrolment.Role.choices)
    token = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    n_used = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"link to {self.programme_id} as {self.role}"
