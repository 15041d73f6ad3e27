"""Persons of an organisation: who they are, what they offer and seek, when they work."""

from __future__ import annotations

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from telemachy.apps.base import Record


class Person(Record):
    """Someone in an organisation, human or agent. Skills and languages are lists of text."""

    class Kind(models.TextChoices):
        HUMAN = "human", _("Human")
        AGENT = "agent", _("Agent")

    class Style(models.TextChoices):
        UNSAID = "", _("No preference")
        REFLECTIVE = "reflective", _("Reflective: time to think it through")
        DIRECT = "direct", _("Direct: straight to the point")
        EXPLORING = "exploring", _("Exploring: questions and ideas first")
        PRACTICAL = "practical", _("Practical: try it, then look")

    class Mail(models.TextChoices):
        IMMEDIATE = "immediate", _("Right away")
        DAILY = "daily", _("Once a day")
        OFF = "off", _("No e-mail")

    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="persons")
    user = models.ForeignKey(
        "people.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="persons"
    )
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.HUMAN)
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    external_id = models.CharField(max_length=100, blank=True)
    job_title = models.CharField(max_length=200, blank=True)
    function = models.CharField(max_length=200, blank=True)
    seniority = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(7)]
    )
    line_manager = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="reports"
    )
    location = models.CharField(max_length=200, blank=True)
    time_zone = models.CharField(max_length=64, default="UTC")
    languages = models.JSONField(default=list, blank=True)
    skills_offered = models.JSONField(default=list, blank=True)
    skills_sought = models.JSONField(default=list, blank=True)
    goals_text = models.TextField(blank=True)
    style = models.CharField(max_length=12, choices=Style.choices, blank=True)
    about = models.TextField(blank=True)
    #: {"mon": [["09:00", "17:00"]], ...} in the person's own zone; {} means Monday to Friday, 9 to 17.
    working_hours = models.JSONField(default=dict, blank=True)
    capacity = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    #: The day on which the person is back: matched and reminded again.
    paused_until = models.DateField(null=True, blank=True)
    mail = models.CharField(max_length=10, choices=Mail.choices, default=Mail.IMMEDIATE)
    #: The day, in the person's own zone, up to which the daily mail is done.
    digest_on = models.DateField(null=True, blank=True)
    is_administrator = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    #: Agents only: who answers for it, what it is for.
    owner = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="agents")
    purpose = models.TextField(blank=True)
    #: Agents only: since when no call of it is answered, and why, for its owner to read.
    suspended_at = models.DateTimeField(null=True, blank=True)
    suspended_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "email"], condition=~models.Q(email=""), name="person_email_once"
            ),
            models.UniqueConstraint(
                fields=["organisation", "external_id"],
                condition=~models.Q(external_id=""),
                name="person_external_id_once",
            ),
            models.UniqueConstraint(
                fields=["organisation", "user"],
                condition=models.Q(user__isnull=False),
                name="person_user_once",
            ),
        )
        indexes = (
            models.Index(fields=["organisation", "name"], name="person_by_name"),
            # The few who are not there, so that the many who are need not be read; see `queries.away`.
            models.Index(
                fields=["organisation", "left_at", "erased_at", "paused_until"],
                condition=models.Q(left_at__isnull=False)
                | models.Q(erased_at__isnull=False)
                | models.Q(paused_until__isnull=False),
                name="person_away",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_agent(self) -> bool:
        """Whether this is an AI agent."""
        return self.kind == self.Kind.AGENT

    @property
    def is_gone(self) -> bool:
        """Whether this person has left or was erased."""
        return self.left_at is not None or self.erased_at is not None

    def is_paused(self, today: date) -> bool:
        """Whether the person takes a break on a day."""
        return self.paused_until is not None and self.paused_until > today


class Consent(Record):
    """What a person agreed to, when, in which words, and when it was withdrawn."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=60)
    wording = models.TextField()
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.purpose} by {self.person_id}"


class AgentCard(Record):
    """What an agent's owner declares about it, after the model cards of machine learning."""

    agent = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="card")
    model = models.CharField(max_length=200, blank=True)
    provider = models.CharField(max_length=200, blank=True)
    version = models.CharField(max_length=100, blank=True)
    #: What it may do without a human; what it is known to be bad at; what data it sees and where they go.
    autonomy = models.TextField(blank=True)
    limits = models.TextField(blank=True)
    data = models.TextField(blank=True)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"card of {self.agent_id}"
