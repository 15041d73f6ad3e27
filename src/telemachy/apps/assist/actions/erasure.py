"""Forget what somebody agreed to and asked for."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from telemachy.apps.assist.models import Agreement, Use
from telemachy.apps.audit.actions import action, events

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person


@action
def forget(*, person: Person, by: None, now: datetime) -> None:
    """Delete the agreements, and take the person out of what was used: the budget keeps its count."""
    Agreement.objects.filter(person=person).delete()
    Use.objects.filter(person=person).update(person=None)
    events.private()
