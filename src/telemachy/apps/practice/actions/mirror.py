"""Switch the everyday mirror on or off."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from telemachy.apps.audit.actions import action, events
from telemachy.apps.practice import policies
from telemachy.apps.practice.models import MirrorChoice

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person


@action
def choose(*, on: bool, by: Person, now: datetime) -> None:
    """Keep whether the person wants to see marks and the own mix. Raises NotAllowed."""
    policies.practise(by).require()
    MirrorChoice.objects.update_or_create(person=by, defaults={"on": on, "chosen_at": now})
    events.private()
