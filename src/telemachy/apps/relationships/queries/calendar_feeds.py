"""Personal calendar feeds: the address is a secret, of which only a digest is kept."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from telemachy.apps.relationships.models import CalendarFeed

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person


def digest(token: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def by_token(token: str) -> CalendarFeed | None:
    """Return the feed that the secret opens, or None when it is unknown, revoked, or its person has gone."""
    return (
        CalendarFeed.objects.filter(
            token_digest=digest(token),
            revoked_at__isnull=True,
            person__left_at__isnull=True,
            person__erased_at__isnull=True,
        )
        .select_related("person__organisation", "person__user")
        .first()
    )


def of_person(person: Person) -> CalendarFeed | None:
    """Return the person's feed that works, or None."""
    return person.calendar_feeds.filter(revoked_at__isnull=True).order_by("-created_at").first()
