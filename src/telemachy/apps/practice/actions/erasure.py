"""Forget what somebody practised."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from telemachy.apps.audit.actions import action, events
from telemachy.apps.practice.models import Commitment, DrillCard, MirrorChoice, RolePlay

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person


@action
def forget(*, person: Person, by: None, now: datetime) -> None:
    """Delete all of it: nobody else ever read it, so nothing stays."""
    for model in (DrillCard, RolePlay, Commitment, MirrorChoice):
        model.objects.filter(person=person).delete()
    events.private()
