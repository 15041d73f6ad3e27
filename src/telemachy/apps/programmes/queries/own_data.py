"""What programmes know of a person, for the person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telemachy.apps.programmes.models import Enrolment, ProgrammeManager

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person


def own_data(person: Person) -> dict[str, Any]:
    """Return the person's places, ready for JSON."""
    wishes = Enrolment.preferred.through.objects.filter(enrolment__person=person)
    avoided = Enrolment.avoided.through.objects.filter(enrolment__person=person)
    return {
        "wishes": list(wishes.values("enrolment__programme__name", "person__name")),
        "rather_not": list(avoided.values("enrolment__programme__name", "person__name")),
        "enrolments": list(
            Enrolment.objects.filter(person=person)
            .order_by("created_at")
            .values("programme__name", "role", "state", "capacity", "source", "created_at")
        ),
        "manager_of": list(ProgrammeManager.objects.filter(person=person).values("programme__name", "since")),
    }
