"""Whether an organisation uses a language model, up to what, and what it used."""

from __future__ import annotations

from django.db import models

from telemachy.apps.base import Record
from telemachy.core.assist import Kind


class AssistRules(Record):
    """What an organisation lays down; without a row it is off."""

    organisation = models.OneToOneField("people.Organisation", on_delete=models.CASCADE, related_name="+")
    on = models.BooleanField(default=False)
    tokens_per_month = models.PositiveIntegerField()
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{'on' if self.on else 'off'}, {self.tokens_per_month} a month"


class Use(Record):
    """One question to the model: who asked for what kind of help, and the tokens. Never a word of it."""

    class State(models.TextChoices):
        OPEN = "open"
        ANSWERED = "answered"
        FAILED = "failed"

    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Kind])
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    n_input_tokens = models.PositiveIntegerField(default=0)
    n_output_tokens = models.PositiveIntegerField(default=0)
    #: What counts against the budget: the most it can cost while it is open, then what it cost.
    n_counted = models.PositiveIntegerField()
    asked_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["organisation", "-asked_at"], name="assist_use_by_month"),)

    def __str__(self) -> str:
        return f"{self.kind}: {self.n_counted}"
