"""What may be known of people."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet

from telemachy.apps.people.models import Person

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from telemachy.apps.people.models import User


def person_of(user: User | AnonymousUser, preferred: str | UUID | None = None) -> Person | None:
    """Return who the signed-in user is: the chosen person if several, else the first who has not left."""
    if user.pk is None:
        return None
    persons = list(
        Person.objects.filter(user_id=user.pk, left_at__isnull=True, erased_at__isnull=True)
        .select_related("organisation")
        .order_by("created_at")
    )
    for person in persons:
        if str(person.pk) == str(preferred):
            return person
    return persons[0] if persons else None


def is_administrator(person: Person) -> bool:
    """Tell whether the person administers the organisation."""
    return person.is_administrator


def of_organisation(person: Person) -> QuerySet[Person]:
    """Return everybody of the person's own organisation who is still there."""
    return Person.objects.filter(organisation_id=person.organisation_id, left_at__isnull=True, erased_at__isnull=True)


def by_address(organisation_id: UUID, email: str) -> Person | None:
    """Return who in an organisation has an e-mail address and has not left, or None."""
    if not email.strip():
        return None
    present = Person.objects.filter(left_at__isnull=True, erased_at__isnull=True)
    return present.filter(organisation_id=organisation_id, email=email.strip().lower()).first()


def by_email(asker: Person, email: str) -> Person | None:
    """Return who in the asker's organisation has an e-mail address, or None."""
    return by_address(asker.organisation_id, email)
