"""Hold a relationship, take a step of its lifecycle, tell the others: parts of other actions."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from telemachy.apps.people.actions import notifications
from telemachy.apps.relationships.actions import sessions
from telemachy.apps.relationships.queries import relationships as queries
from telemachy.core.shared.lifecycles import RELATIONSHIP

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Relationship


hold = queries.locked


def move(relationship: Relationship, verb: str, now: datetime) -> None:
    """Take one step of the lifecycle. Raises WrongState."""
    relationship.state = RELATIONSHIP.target(relationship.state, verb)
    relationship.state_since = now
    if relationship.state == "active" and relationship.active_at is None:
        relationship.active_at = now
    if relationship.state in RELATIONSHIP.final():
        relationship.closed_at = now
        sessions.end(relationship=relationship, by=None, now=now)
    relationship.save(update_fields=["state", "state_since", "active_at", "closed_at"])


def tell_others(relationship: Relationship, kind: str, path: str, by: Person, now: datetime) -> None:
    """Leave news for every party but whoever acts."""
    others = relationship.parties.filter(left_at__isnull=True).exclude(person=by)
    for party in others.select_related("person"):
        notifications.tell(
            person=party.person,
            kind=kind,
            path=path,
            now=now,
            other=by.name,
            programme=relationship.programme.name,
        )
