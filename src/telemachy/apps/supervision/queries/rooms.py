"""What may be known of supervision rooms: by those who are in them, and nobody else whatever they run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from telemachy.apps.people import queries as people
from telemachy.apps.programmes import queries as programmes
from telemachy.apps.relationships.queries import clients
from telemachy.apps.supervision.models import RoomMember, SupervisionRoom

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

PRESENT = (RoomMember.State.ASKED, RoomMember.State.JOINED)


def visible_to(person: Person) -> QuerySet[SupervisionRoom]:
    """Return the rooms that are asked for or open, in which the person is or is asked to be."""
    place = RoomMember.objects.filter(room=OuterRef("pk"), person=person, state__in=PRESENT)
    mine = Q(supervisor=person) | Q(Exists(place))
    found = SupervisionRoom.objects.filter(mine, organisation_id=person.organisation_id)
    return with_members(found.exclude(state="closed"))


def with_members(rows: QuerySet[SupervisionRoom]) -> QuerySet[SupervisionRoom]:
    """Return the rooms with their supervisor and everybody who is asked or in them."""
    present = RoomMember.objects.filter(state__in=PRESENT).select_related("person", "asked_by")
    return rows.select_related("supervisor").prefetch_related(Prefetch("members", present))


def place_of(room: SupervisionRoom, person: Person) -> RoomMember | None:
    """Return the person's place as one who brings cases, asked or taken; None for the supervisor."""
    return next((one for one in room.members.all() if one.person_id == person.pk), None)


def joined(room: SupervisionRoom) -> list[RoomMember]:
    """Return who has joined to bring cases."""
    return [one for one in room.members.all() if one.state == RoomMember.State.JOINED]


def readers(room: SupervisionRoom) -> list[Person]:
    """Return who would read a case that is shared now: the supervisor first."""
    return [room.supervisor, *(one.person for one in joined(room))]


def joined_by(person: Person) -> list[SupervisionRoom]:
    """Return the open rooms to which the person may bring cases."""
    places = RoomMember.objects.filter(person=person, state=RoomMember.State.JOINED)
    return list(visible_to(person).filter(state="open", pk__in=places.values("room")))


def waiting_for(person: Person) -> list[SupervisionRoom]:
    """Return the rooms that wait for the person's yes or no, longest first."""
    return [room for room in visible_to(person) if waits_for(room, person)]


def waits_for(room: SupervisionRoom, person: Person) -> bool:
    """Tell whether the room waits for the person's yes or no."""
    if room.supervisor_id == person.pk:
        return room.state == "asked"
    place = place_of(room, person)
    return place is not None and place.state == RoomMember.State.ASKED


def n_waiting(person: Person) -> int:
    """Return how many rooms wait for the person's yes or no."""
    asked = RoomMember.objects.filter(person=person, state=RoomMember.State.ASKED).exclude(
        room__state="closed"
    )
    return SupervisionRoom.objects.filter(supervisor=person, state="asked").count() + asked.count()


def between(supervisor: Person, practitioner: Person) -> QuerySet[SupervisionRoom]:
    """Return the rooms, not closed, of the one in which the other is or is asked to be."""
    places = RoomMember.objects.filter(person=practitioner, state__in=PRESENT)
    return visible_to(supervisor).filter(supervisor=supervisor, pk__in=places.values("room"))


def is_practitioner(person: Person) -> bool:
    """Tell whether the person is a human who guides, has guided, or holds a mentor's place."""
    if person.is_agent or person.is_gone:
        return False
    return clients.guided_by(person).exists() or programmes.mentors_somewhere(person)


def barred_from(practitioner: Person) -> QuerySet[Person]:
    """Return who must not read a practitioner's cases.

    Whom they guide or guided, whoever runs a programme in which they guide, administrators, who run all of
    them, and their line manager.
    """
    guided = clients.guided_by(practitioner)
    learners = Q(pk__in=clients.learners_of(practitioner).values("pk"))
    runs = Q(manages__programme__in=guided.order_by().values("programme")) | Q(is_administrator=True)
    above = Q(pk=practitioner.line_manager_id) if practitioner.line_manager_id else Q(pk__in=[])
    return people.of_organisation(practitioner).filter(learners | runs | above).distinct()


def barred_to(person: Person) -> QuerySet[Person]:
    """Return the practitioners whose cases the person must not read today: `barred_from`, turned round."""
    if people.is_administrator(person):
        return people.of_organisation(person)
    guides = Q(pk__in=clients.guides_of(person).values("pk"))
    run = Q(pk__in=clients.guides_in(programmes.managed_by(person)).values("pk"))
    return people.of_organisation(person).filter(guides | run | Q(line_manager=person))


def locked(room: SupervisionRoom) -> SupervisionRoom:
    """Hold the row for the action that asked, and read it afresh."""
    SupervisionRoom.objects.select_for_update(of=("self",)).get(pk=room.pk)
    return with_members(SupervisionRoom.objects.all()).get(pk=room.pk)
