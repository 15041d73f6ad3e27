"""Whether a person wants the everyday mirror."""

from __future__ import annotations

from django.db import models

from telemachy.apps.base import Record


class MirrorChoice(Record):
    """A person's choice; without one the mirror is there. What it shows is computed and kept nowhere."""

    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="mirror_choice")
    on = models.BooleanField(default=True)
    chosen_at = models.DateTimeField()

    def __str__(self) -> str:
        return "on" if self.on else "off"
