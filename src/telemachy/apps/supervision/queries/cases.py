"""What may be known of supervision cases: by their owner, and once shared by those of the room then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from telemachy.apps.people.queries import clocks
from telemachy.apps.relationships.queries import clients, relationships
from telemachy.apps.supervision.models import CaseNote, RoomMember, SupervisionCase
from telemachy.apps.supervision.queries import rooms
from telemachy.core.supervision import Entry, Matrix, Pattern, matrix

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Relationship
    from telemachy.apps.supervision.models import SupervisionRoom

SHARED = ("shared", "closed")


def of_owner(person: Person) -> QuerySet[SupervisionCase]:
    """Return the person's own cases, the latest first."""
    return SupervisionCase.objects.filter(owner=person).select_related("room__supervisor")


def visible_to(person: Person) -> QuerySet[SupervisionCase]:
    """Return own cases, and those shared in rooms of the person since the person is there.

    Whoever runs the programme by now, or has another stake in the owner's work, reads none of the latter.
    """
    there = RoomMember.objects.filter(
        room=OuterRef("room"),
        person=person,
        state=RoomMember.State.JOINED,
        joined_at__lte=OuterRef("shared_at"),
    )
    kept_up = Q(state__in=SHARED, room__state="open", owner__left_at__isnull=True)
    shared = kept_up & (Q(room__supervisor=person) | Q(Exists(there)))
    shared &= ~Q(owner__in=rooms.barred_to(person).values("pk"))
    found = SupervisionCase.objects.filter(
        Q(owner=person) | shared, owner__organisation_id=person.organisation_id
    )
    return for_page(found)


def for_page(rows: QuerySet[SupervisionCase]) -> QuerySet[SupervisionCase]:
    """Return the rows with what a page names."""
    notes = CaseNote.objects.select_related("author")
    return rows.select_related("owner", "room__supervisor").prefetch_related(Prefetch("notes", notes))


def notes_for(case: SupervisionCase, reader: Person) -> list[CaseNote]:
    """Return what was said about a case: all of it to its owner, to others what was said since sharing."""
    notes = list(case.notes.all())
    if case.owner_id == reader.pk or case.shared_at is None:
        return notes
    return [one for one in notes if one.written_at >= case.shared_at]


def notes_of(person: Person) -> QuerySet[CaseNote]:
    """Return what the person said about cases, also about those that the person does not read any more."""
    return CaseNote.objects.filter(author=person).select_related("case")


def left_behind(person: Person) -> QuerySet[CaseNote]:
    """Return the person's notes on cases that the person does not read any more, the latest first."""
    return notes_of(person).exclude(case__in=visible_to(person).values("pk")).order_by("-written_at")


def draft_key(case: SupervisionCase | None, step: str = "") -> str:
    """Return under which key is kept what somebody is writing: a case, the next one, or a step of a case."""
    return f"supervision:{case.pk if case else 'next'}{step and ':'}{step}"


def has_words(person: Person, words: Mapping[str, str]) -> bool:
    """Tell whether the person has a case with just these words."""
    return of_owner(person).filter(**{field: text.strip() for field, text in words.items()}).exists()


def is_said(case: SupervisionCase, person: Person, text: str) -> bool:
    """Tell whether the person said just these words about a case."""
    return case.notes.filter(author=person, text=text.strip()).exists()


def in_room(room: SupervisionRoom, reader: Person) -> QuerySet[SupervisionCase]:
    """Return what is shared in a room and open to the reader, the latest first."""
    return visible_to(reader).filter(room=room, state__in=SHARED).order_by("-shared_at")


def unanswered(person: Person) -> QuerySet[SupervisionCase]:
    """Return the cases that wait for a first word of the person as supervisor, longest first."""
    said = CaseNote.objects.filter(case=OuterRef("pk"), author=person, written_at__gte=OuterRef("shared_at"))
    found = visible_to(person).filter(room__supervisor=person, state="shared").exclude(Exists(said))
    return found.order_by("shared_at")


def n_waiting(person: Person) -> int:
    """Return how many rooms and cases wait for the person."""
    return rooms.n_waiting(person) + unanswered(person).count()


def in_supervision(person: Person) -> bool:
    """Tell whether the person is in a room or asked to be, or has written a case."""
    own, there = of_owner(person), rooms.visible_to(person)
    return own.order_by().values("pk").union(there.order_by().values("pk")).exists()


def readers(case: SupervisionCase) -> list[Person]:
    """Return who besides its owner reads a case now: the supervisor first."""
    if case.room is None or case.shared_at is None or case.room.state != "open":
        return []
    present = _joined(case.room).filter(joined_at__lte=case.shared_at).exclude(person=case.owner_id)
    barred = set(rooms.barred_from(case.owner).values_list("pk", flat=True))
    there = [case.room.supervisor, *(one.person for one in present)]
    return [one for one in there if one.pk not in barred]


def missed_by(case: SupervisionCase) -> list[Person]:
    """Return who joined the room after the case was shared, and therefore does not read it."""
    if case.room is None or case.shared_at is None:
        return []
    return [one.person for one in _joined(case.room).filter(joined_at__gt=case.shared_at)]


def _joined(room: SupervisionRoom) -> QuerySet[RoomMember]:
    return room.members.filter(state=RoomMember.State.JOINED).select_related("person").order_by("joined_at")


# --- what repeats -------------------------------------------------------------------------------


def own_matrix(person: Person) -> Matrix:
    """Return the matrix of all own cases, drafts marked apart."""
    return _matrix(of_owner(person), person)


def shared_matrix(owner: Person, room: SupervisionRoom, reader: Person) -> Matrix:
    """Return the matrix of what a practitioner shared in a room, as its reader may see it."""
    return _matrix(in_room(room, reader).filter(owner=owner), reader)


def _matrix(cases: Iterable[SupervisionCase], reader: Person) -> Matrix:
    entries = [
        Entry(
            case.alias,
            tuple(case.patterns),
            clocks.local_day(reader, case.written_at),
            case.state in SHARED,
        )
        for case in cases
    ]
    return matrix(entries, [one.value for one in Pattern])


# --- clients ------------------------------------------------------------------------------------


def names_known_to(person: Person) -> list[str]:
    """Return the names that the person must not write: everybody they are or were in a relationship with."""
    return list(clients.met_by(person).order_by("name", "pk").values_list("name", flat=True))


def linkable(person: Person) -> QuerySet[Relationship]:
    """Return the relationships that a case may be linked to: in which the person guides or guided."""
    return relationships.with_seats(clients.guided_by(person).select_related("programme"))


def aliases_of(person: Person) -> list[str]:
    """Return what the person's clients are called so far, in order."""
    found = {case.alias.casefold(): case.alias for case in of_owner(person).order_by("-written_at")}
    return sorted(found.values(), key=str.casefold)


def locked(case: SupervisionCase) -> SupervisionCase:
    """Hold the row for the action that asked, and read it afresh."""
    SupervisionCase.objects.select_for_update(of=("self",)).get(pk=case.pk)
    return for_page(SupervisionCase.objects.all()).get(pk=case.pk)
