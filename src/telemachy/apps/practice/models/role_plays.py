"""Role-plays with a client from a script: private to whoever plays."""

from __future__ import annotations

from django.db import models

from telemachy.apps.base import Record
from telemachy.core.practice import Ending, TurnKind


class RolePlay(Record):
    """One conversation: which scenario, at which line of it, and how it ended."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="role_plays")
    scenario = models.CharField(max_length=60)
    language = models.CharField(max_length=8)
    line = models.CharField(max_length=40)
    #: Whether a language model words what the script has the client say.
    by_model = models.BooleanField(default=False)
    ending = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Ending], blank=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["person", "-started_at"], name="role_play_by_person"),)

    def __str__(self) -> str:
        return self.scenario


class RolePlayTurn(Record):
    """What the person said at a line of the script, how it was read, and the line it led to."""

    role_play = models.ForeignKey("practice.RolePlay", on_delete=models.CASCADE, related_name="turns")
    position = models.PositiveSmallIntegerField()
    heard = models.CharField(max_length=40)
    text = models.TextField()
    kind = models.CharField(max_length=12, choices=[(one.value, one.value) for one in TurnKind])
    reason = models.CharField(max_length=24)
    quote = models.CharField(max_length=200, blank=True)
    n_questions = models.PositiveSmallIntegerField(default=0)
    reflects = models.BooleanField(default=False)
    led_to = models.CharField(max_length=40)
    #: The client's answer in the words of a language model; "" where the script's own words stand.
    answer = models.TextField(blank=True)
    said_at = models.DateTimeField()

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=["role_play", "position"], name="role_play_turn_once"),)

    def __str__(self) -> str:
        return f"{self.position}: {self.kind}"
