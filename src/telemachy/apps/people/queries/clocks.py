"""What the clock says where a person is."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person


def zone_of(person: Person) -> ZoneInfo:
    """Return the person's time zone; UTC where nobody knows theirs any more: that must stop nobody else's."""
    try:
        return ZoneInfo(person.time_zone)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")


def local(person: Person, now: datetime) -> datetime:
    """Return a moment as it is where the person is."""
    return now.astimezone(zone_of(person))


def local_day(person: Person, now: datetime) -> date:
    """Return the date where the person is."""
    return local(person, now).date()
