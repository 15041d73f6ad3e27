"""Answers given before, and how many calls are left in this minute."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from telemachy.apps.integrations.models import KeptAnswer

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person


def window_of(now: datetime) -> datetime:
    """Return when the running minute began."""
    return now.replace(second=0, microsecond=0)


def kept_answer(person: Person, key: str) -> KeptAnswer | None:
    """Return the answer that was given under an idempotency key, or None."""
    return KeptAnswer.objects.filter(person=person, key=key).first()
