"""Agents and the places they may take in programmes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telemachy.apps.programmes.models import Enrolment

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from telemachy.apps.people.models import Person
    from telemachy.apps.programmes.models import Programme


def to_take_in(programme: Programme) -> QuerySet[Person]:
    """Return the agents that may take part in the programme and have no place there."""
    placed = Enrolment.objects.filter(programme=programme).exclude(state=Enrolment.State.WITHDRAWN)
    found = programme.agents.filter(left_at__isnull=True, erased_at__isnull=True)
    return found.exclude(pk__in=placed.values("person")).order_by("name", "pk")


def has_place(agent: Person) -> bool:
    """Tell whether an agent holds a place in any programme."""
    return Enrolment.objects.filter(person=agent).exclude(state=Enrolment.State.WITHDRAWN).exists()
