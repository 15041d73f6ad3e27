"""Make and revoke the secret address of a personal calendar feed."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from telemachy.apps.audit.actions import action, events
from telemachy.apps.people import queries as people
from telemachy.apps.relationships.models import CalendarFeed
from telemachy.apps.relationships.queries import calendar_feeds as queries

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

#: Reading is noted no more often than this, so that a calendar that asks every minute writes little.
NOTED_EVERY = timedelta(minutes=10)


@action
def create(*, by: Person, now: datetime) -> str:
    """Make the person a new secret, which ends the former one, and return it: it cannot be read again."""
    people.hold(by)
    by.calendar_feeds.filter(revoked_at__isnull=True).update(revoked_at=now)
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(person=by, token_digest=queries.digest(token), created_at=now)
    events.record("calendar_feed.created", by=by, now=now, on=feed)
    return token


@action
def revoke(*, by: Person, now: datetime) -> None:
    """Make the person's secret useless."""
    n_revoked = by.calendar_feeds.filter(revoked_at__isnull=True).update(revoked_at=now)
    if n_revoked:
        events.record("calendar_feed.revoked", by=by, now=now, on=by)
    else:
        events.unchanged()


@action
def note_read(*, feed: CalendarFeed, by: Person, now: datetime) -> None:
    """Note when a calendar last read the feed; not a thing that a person did, so not in the trail."""
    events.unchanged()
    if feed.last_read_at is None or now - feed.last_read_at > NOTED_EVERY:
        feed.last_read_at = now
        feed.save(update_fields=["last_read_at"])
