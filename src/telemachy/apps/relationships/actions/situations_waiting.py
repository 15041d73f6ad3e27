"""Remind people of situations that await them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse

from telemachy.apps.audit.actions import action, events
from telemachy.apps.people.actions import notifications

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Situation


@action
def remind(*, situation: Situation, person: Person, by: None, now: datetime) -> None:
    """Tell a person that a situation awaits them; once for each situation and week."""
    year, week, _day = now.isocalendar()
    notifications.tell(
        person=person,
        kind="situation.waiting",
        path=reverse("situation", args=[situation.pk]),
        now=now,
        key=f"waiting:{situation.pk}:{year}-{week:02d}",
    )
    events.unchanged()
