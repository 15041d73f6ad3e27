"""Remind a pair: the one help a programme manager can give without knowing what the pair talks about."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse

from telemachy.apps.audit.actions import action, events
from telemachy.apps.people.actions import notifications
from telemachy.apps.relationships.actions.steps import hold
from telemachy.apps.relationships.models import Nudge
from telemachy.apps.relationships.policies import nudges as policies
from telemachy.apps.relationships.queries import nudges as queries

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Relationship


@action
def nudge(*, relationship: Relationship, by: Person, now: datetime) -> Nudge:
    """Remind whoever's turn it is; everybody where it is nobody's in particular. Raises NotAllowed.

    Two clicks at once make one reminder: the row is held until the transaction ends.
    """
    relationship = hold(relationship)
    policies.nudge(by, relationship, now).require()
    turn = queries.turn_of(relationship)
    given = Nudge.objects.create(relationship=relationship, by=by, seat=turn.seat, nudged_at=now)
    for person in turn.persons:
        notifications.tell(
            person=person,
            kind=f"nudge.{turn.about}",
            path=_path(relationship, turn),
            now=now,
            programme=relationship.programme.name,
        )
    events.record("relationship.nudged", by=by, now=now, on=relationship, seat=turn.seat, about=turn.about)
    return given


def _path(relationship: Relationship, turn: queries.Turn) -> str:
    if turn.situation_id is not None:
        return reverse("situation", args=[turn.situation_id])
    return reverse("relationship", args=[relationship.pk])
