"""The pairs that came of a place in a programme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telemachy.apps.relationships.models import Party, Relationship
from telemachy.apps.relationships.queries.relationships import with_seats

if TYPE_CHECKING:
    from telemachy.apps.programmes.models import Enrolment


def pairs_of(place: Enrolment) -> list[Relationship]:
    """Return the pairs in which the place's person still has a seat of this kind, the newest first.

    Among peers everybody learns and helps, so any seat counts.
    """
    mine = Party.objects.filter(person=place.person_id, left_at__isnull=True)
    if place.programme.shape != "peer":
        mine = mine.filter(seat=place.role)
    found = Relationship.objects.filter(
        programme=place.programme_id, pk__in=mine.order_by().values("relationship")
    )
    return list(with_seats(found).order_by("-created_at", "pk"))
