"""What a person says of themselves."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.people import policies
from telemachy.apps.people.models import Person
from telemachy.apps.people.queries import clocks
from telemachy.core.shared.errors import BadInput

#: What a person changes of themselves; the address and the line manager come from the organisation.
OWN_FIELDS = frozenset(
    {
        *("name", "job_title", "function", "location", "time_zone", "languages", "skills_offered"),
        *("skills_sought", "goals_text", "style", "about", "working_hours"),
    }
)


@action
def change(*, person: Person, by: Person, now: datetime, **fields: Any) -> None:
    """Set fields of OWN_FIELDS. Raises NotAllowed for anyone else's profile."""
    policies.change(by, person).require()
    if unknown := fields.keys() - OWN_FIELDS:
        raise TypeError(f"not a person's own to change: {sorted(unknown)}")
    changed = sorted(name for name, value in fields.items() if getattr(person, name) != value)
    if not changed:
        events.unchanged()
        return
    for name in changed:
        setattr(person, name, fields[name])
    person.save(update_fields=changed)
    events.record("profile.changed", by=by, now=now, on=person, fields=changed)


@action
def set_availability(
    *, person: Person, capacity: int, paused_until: date | None, by: Person, now: datetime
) -> None:
    """Say how many learners one takes, and until when one takes no new pairs. Raises NotAllowed, BadInput."""
    policies.change(by, person).require()
    if not 1 <= capacity <= 20:
        raise BadInput(_("Between 1 and 20 learners."), field="capacity")
    if (
        paused_until is not None
        and paused_until != person.paused_until
        and paused_until < clocks.local_day(person, now)
    ):
        raise BadInput(_("This day is past. Leave it empty to be available now."), field="paused_until")
    person.capacity, person.paused_until = capacity, paused_until
    person.save(update_fields=["capacity", "paused_until"])
    until = paused_until.isoformat() if paused_until else ""
    events.record("availability.set", by=by, now=now, on=person, capacity=capacity, paused_until=until)
