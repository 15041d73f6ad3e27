"""Feedback between parties: who gave what to whom, and whether some is due."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from telemachy.apps.relationships.models import Feedback, Reflection, Relationship
from telemachy.apps.relationships.queries import relationships

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

#: After this many sessions held without a word, or this long after the last one, a word is due.
DUE_AFTER_SESSIONS = 3
DUE_AFTER = timedelta(days=90)


def of_two(relationship: Relationship, person: Person) -> QuerySet[Feedback]:
    """Return what the person gave and received in the relationship, latest first; nobody else's."""
    mine = Q(author=person) | Q(about=person)
    return relationship.feedback.filter(mine).select_related("author", "about")


def others(relationship: Relationship, person: Person) -> list[Person]:
    """Return who sits in the other seat."""
    own = relationships.party_of(relationship, person)
    if own is None:
        return []
    seats = relationship.parties.filter(left_at__isnull=True).exclude(seat=own.seat).exclude(person=person)
    return [party.person for party in seats.select_related("person").order_by("person__name")]


def shared_reflections(relationship: Relationship) -> QuerySet[Reflection]:
    """Return the reflections that their writers let the others of the relationship read."""
    return relationship.reflections.filter(shared=True).select_related("person")


def is_due(relationship: Relationship, person: Person, now: datetime) -> bool:
    """Tell whether the person has met the other a few times and has not said for long what helped."""
    sessions = relationship.sessions.filter(state="held")
    last = relationship.feedback.filter(author=person).first()
    if last is None:
        return sessions.count() >= DUE_AFTER_SESSIONS
    return now - last.given_at >= DUE_AFTER and sessions.filter(starts_at__gt=last.given_at).exists()
