"""What may be known of programmes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from telemachy.apps.programmes.models import Programme

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person


def managed_by(person: Person) -> QuerySet[Programme]:
    """Return the programmes that the person runs."""
    return Programme.objects.filter(organisation_id=person.organisation_id, managers__person=person)


def visible_to(person: Person) -> QuerySet[Programme]:
    """Return the programmes the person may open: those run, and all of them for an administrator."""
    own = Programme.objects.filter(organisation_id=person.organisation_id)
    if person.is_administrator:
        return own
    return own.filter(Q(managers__person=person)).distinct()
