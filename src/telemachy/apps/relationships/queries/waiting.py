"""Situations that have waited for somebody too long."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from telemachy.apps.people.queries import clocks
from telemachy.apps.relationships.models import Situation
from telemachy.apps.relationships.queries.situations import mentors_of
from telemachy.core.shared.lifecycles import RELATIONSHIP_OPEN

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

#: Somebody who has had a situation for more working days than this is reminded.
PATIENCE_DAYS = 3


def overdue(now: datetime) -> Iterator[tuple[Situation, Person]]:
    """Yield each situation with whom it has awaited for more than three working days of their own.

    Whoever is paused, or gone, is left in peace.
    """
    # Three working days are at least three days: the database sorts out most.
    before = now - timedelta(days=PATIENCE_DAYS)
    waiting = Situation.objects.filter(
        awaiting_since__lt=before, relationship__state__in=RELATIONSHIP_OPEN
    ).exclude(awaiting="")
    rows = waiting.select_related("learner", "relationship").order_by("awaiting_since", "pk")
    for situation in rows.prefetch_related("relationship__parties__person"):
        is_mentors = situation.awaiting == "mentor"
        for person in mentors_of(situation.relationship) if is_mentors else [situation.learner]:
            today = clocks.local_day(person, now)
            since = clocks.local_day(person, situation.awaiting_since or now)
            is_away = person.is_gone or person.is_paused(today)
            if not is_away and n_working_days(since, today) > PATIENCE_DAYS:
                yield situation, person


def n_working_days(since: date, until: date) -> int:
    """Count the days from Monday to Friday after `since`, up to and with `until`."""
    days = (since + timedelta(days=n) for n in range(1, (until - since).days + 1))
    return sum(day.weekday() < 5 for day in days)
