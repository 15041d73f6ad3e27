"""What is kept of calls: answers to be given again, and how many there were in a minute."""

from __future__ import annotations

from django.db import models

from telemachy.apps.base import Record


class KeptAnswer(Record):
    """The answer to a write that came with an idempotency key; the same call again gets it again."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    #: Of method, address and body: the same key with another call is refused.
    call_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.TextField(blank=True)
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "key"], name="kept_answer_once"),)

    def __str__(self) -> str:
        return f"{self.key}: {self.status}"


class Meter(models.Model):
    """How many calls of a group a person made in the running minute."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="meters")
    group = models.CharField(max_length=12)
    window_at = models.DateTimeField()
    n_calls = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "group"], name="meter_once"),)

    def __str__(self) -> str:
        return f"{self.n_calls} {self.group}"
