"""The step from contracting to active, which nobody has to click."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse

from telemachy.apps.audit.actions import action, events
from telemachy.apps.people.actions import notifications
from telemachy.apps.relationships.actions.steps import hold, move
from telemachy.apps.relationships.queries.activation import missing_to_begin

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Relationship


@action
def activate_if_ready(*, relationship: Relationship, by: Person, now: datetime) -> bool:
    """Begin the work once a charter is in force and a goal with a baseline is agreed; tell everybody.

    Called by every action that may complete the two; it leaves any other relationship as it is.
    """
    relationship = hold(relationship)
    if relationship.state != "contracting" or missing_to_begin(relationship):
        events.unchanged()
        return False
    move(relationship, "activate", now)
    for party in relationship.parties.filter(left_at__isnull=True).select_related("person"):
        notifications.tell(
            person=party.person,
            kind="pair.active",
            path=reverse("relationship", args=[relationship.pk]),
            now=now,
            key=f"pair.active:{relationship.pk}",
            programme=relationship.programme.name,
        )
    events.record("relationship.activated", by=by, now=now, on=relationship)
    return True
