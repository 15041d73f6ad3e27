"""Whom somebody guides or met in pairs: for what must not be told of them, or to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from telemachy.apps.people import queries as people
from telemachy.apps.relationships.models import Party, Relationship

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.programmes.models import Programme


def guided_by(person: Person) -> QuerySet[Relationship]:
    """Return the relationships in which the person is or was mentor or coach, the latest first."""
    seats = Party.objects.filter(person=person, seat=Party.Seat.MENTOR)
    return Relationship.objects.filter(pk__in=seats.values("relationship")).order_by("-created_at")


def learners_of(person: Person) -> QuerySet[Person]:
    """Return whom the person guides or has guided."""
    return people.among(
        Party.objects.filter(relationship__in=guided_by(person).values("pk"), seat=Party.Seat.LEARNER).values(
            "person"
        )
    )


def guides_of(person: Person) -> QuerySet[Person]:
    """Return who guides the person, or has guided."""
    learns = Party.objects.filter(person=person, seat=Party.Seat.LEARNER).values("relationship")
    return people.among(
        Party.objects.filter(relationship__in=learns, seat=Party.Seat.MENTOR).values("person")
    )


def guides_in(programmes: QuerySet[Programme]) -> QuerySet[Person]:
    """Return who guides in one of the programmes, or has guided."""
    guiding = Party.objects.filter(relationship__programme__in=programmes, seat=Party.Seat.MENTOR)
    return people.among(guiding.values("person"))


def ever_met_by(person: Person) -> QuerySet[Person]:
    """Return everybody with whom the person is or was in a relationship, whoever is erased among them."""
    own = Party.objects.filter(person=person).values("relationship")
    others = Party.objects.filter(relationship__in=own).exclude(person=person)
    return people.among(others.values("person"))


def met_by(person: Person) -> QuerySet[Person]:
    """Return everybody with whom the person is or was in a relationship, whoever is erased left out."""
    return ever_met_by(person).filter(erased_at__isnull=True)
