"""The everyday mirror: computed from a mentor's own guidance when the mentor looks, and kept nowhere."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from telemachy.apps.people.queries import clocks
from telemachy.apps.practice.models import MirrorChoice
from telemachy.apps.relationships.queries import own_guidance
from telemachy.core.practice import MonthOfWriting, Written, months_of_writing

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

#: How far the mirror looks back.
BACK = timedelta(days=365)


def is_on(person: Person) -> bool:
    """Tell whether the person wants to see marks and the mix; yes until switched off."""
    return not MirrorChoice.objects.filter(person=person, on=False).exists()


def months(person: Person, now: datetime) -> tuple[MonthOfWriting, ...]:
    """Return the person's own mix of the last year; nothing while the mirror is off."""
    if not is_on(person):
        return ()
    given = own_guidance.given_by(person, since=now - BACK)
    return months_of_writing(
        [Written(clocks.local_day(person, one.given_at), one.text, one.recommended_level) for one in given]
    )
