"""A session's time on everybody's clock, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from telemachy.apps.people.queries.clocks import zone_of

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person


@dataclass(frozen=True, slots=True)
class LocalTime:
    """A session's time on somebody's clock: the day, from when to when, and which zone that is."""

    day: str
    hours: str
    zone: str

    def __str__(self) -> str:
        return f"{self.day}, {self.hours}"


def local_time(at: datetime, minutes: int, zone: tzinfo) -> LocalTime:
    """Return the time of a session on the clock of a zone."""
    begins, ends = at.astimezone(zone), (at + timedelta(minutes=minutes)).astimezone(zone)
    day = date_format(begins, "D j M Y")
    return LocalTime(day, f"{begins:%H:%M}–{ends:%H:%M}", zone_name(zone))


def own_time(at: datetime, minutes: int) -> LocalTime:
    """Return the time of a session on the reader's clock."""
    return local_time(at, minutes, timezone.get_current_timezone())


def others_times(at: datetime, minutes: int, others: Iterable[Person]) -> list[str]:
    """Return what the session's time is for those whose clock differs from the reader's at that moment."""
    here = timezone.get_current_timezone()
    mine = local_time(at, minutes, here)
    lines = []
    for person in others:
        zone = zone_of(person)
        if at.astimezone(zone).utcoffset() == at.astimezone(here).utcoffset():
            continue
        theirs = local_time(at, minutes, zone)
        when = theirs.hours if theirs.day == mine.day else str(theirs)
        lines.append(
            _("%(when)s for %(name)s (%(zone)s)") % {"when": when, "name": person.name, "zone": theirs.zone}
        )
    return lines


def zone_name(zone: tzinfo) -> str:
    """Return the city of a zone: people know that better than an abbreviation."""
    key: str = getattr(zone, "key", str(zone))
    return key.rpartition("/")[2].replace("_", " ")
