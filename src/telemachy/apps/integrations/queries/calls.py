"""Answers given before, and how many calls are left in this minute."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from telemachy.apps.integrations.models import KeptAnswer, Meter

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person


def window_of(now: datetime) -> datetime:
    """Return when the running minute began."""
    return now.replace(second=0, microsecond=0)


def n_calls(person: Person, group: str, now: datetime) -> int:
    """Return how many calls of a group the person made in the running minute."""
    row = Meter.objects.filter(person=person, group=group).values_list("window_at", "n_calls").first()
    return row[1] if row is not None and row[0] == window_of(now) else 0


def kept_answer(person: Person, key: str) -> KeptAnswer | None:
    """Return the answer that was given under an idempotency key, or None."""
    return KeptAnswer.objects.filter(person=person, key=key).first()
