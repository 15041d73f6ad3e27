"""What may be known of relationships."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Prefetch, Q, QuerySet

from telemachy.apps.base import Known, hold
from telemachy.apps.programmes import queries as programmes
from telemachy.apps.relationships.models import Party, Relationship

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from telemachy.apps.people.models import Person


def of_party(person: Person) -> QuerySet[Relationship]:
    """Return the relationships in which the person has a seat: the only ones whose content is readable."""
    return Relationship.objects.filter(parties__person=person, parties__left_at__isnull=True)


def for_page(person: Person) -> QuerySet[Relationship]:
    """Return `of_party` with the programme and the seats, which a page names and each policy asks for."""
    return with_seats(of_party(person).select_related("programme"))


def with_seats(rows: QuerySet[Relationship]) -> QuerySet[Relationship]:
    """Return the relationships with their seats and who holds them, in one further query."""
    return rows.prefetch_related(Prefetch("parties", Party.objects.select_related("person")))


def locked(relationship: Relationship) -> Relationship:
    """Return the row as it is now, held until the transaction ends: two clicks at once make one step.

    Whoever writes in a pair holds it first, so that it neither ends nor loses a party meanwhile. It stays
    open to rows that name it: a pulse waits for nobody.
    """
    rows = Relationship.objects.select_for_update(of=("self",), no_key=True).select_related("programme")
    return rows.get(pk=relationship.pk)


def hold_seats(relationship: Relationship) -> None:
    """Fetch the seats as `with_seats` does, at little cost: each step of a situation asks for them."""
    hold(relationship, "parties", _SEATS.rows(relationship.pk))


_SEATS = Known[Party](lambda key: Party.objects.filter(relationship_id=key).select_related("person"))


def visible_to(person: Person) -> QuerySet[Relationship]:
    """Return the relationships whose existence the person may know: own ones, and those of programmes run.

    Whoever runs the programme sees signals of them only; the content is `of_party`'s.
    """
    own = Relationship.objects.filter(parties__person=person).values("pk")
    return Relationship.objects.filter(
        Q(pk__in=own) | Q(programme__in=programmes.visible_to(person)),
        programme__organisation_id=person.organisation_id,
    )


def run_by(person: Person) -> QuerySet[Relationship]:
    """Return the relationships of programmes that the person may run."""
    return Relationship.objects.filter(programme__in=programmes.visible_to(person))


def held_by(person: Person, seat: str = "") -> QuerySet[Party, Any]:
    """Return the keys of the relationships in which the person holds a seat, or just this one."""
    held = Party.objects.filter(person=person, left_at__isnull=True)
    return (held.filter(seat=seat) if seat else held).values("relationship")


def mentored_by(person: Person) -> QuerySet[Party, Any]:
    """Return the keys of the relationships in which the person holds the mentor's seat."""
    return held_by(person, Party.Seat.MENTOR)


def party_of(relationship: Relationship, person: Person) -> Party | None:
    """Return the person's seat in the relationship, or None."""
    # In Python, so that parties fetched with the relationship are not asked for once more by each policy.
    seated = (party for party in relationship.parties.all() if party.left_at is None)
    return next((party for party in seated if party.person_id == person.pk), None)


def seated(relationship: Relationship) -> list[Party]:
    """Return the seats that are held, the mentor's first; see `with_seats`."""
    held = [party for party in relationship.parties.all() if party.left_at is None]
    return sorted(held, key=lambda party: (party.seat != Party.Seat.MENTOR, party.person.name.casefold()))


def is_deserted(relationship: Relationship) -> bool:
    """Tell whether everybody of one side is gone from the organisation: nothing can go on between the two."""
    there = {party.seat for party in seated(relationship) if not party.person.is_gone}
    return not there >= set(Party.Seat.values)


def waited_for(seats: Iterable[Party]) -> list[Party]:
    """Return those of the seats without whose yes nothing goes on.

    Who is gone from the organisation is waited for only where nobody else of their side is there.
    """
    held = list(seats)
    there = {party.seat for party in held if not party.person.is_gone}
    return [party for party in held if not party.person.is_gone or party.seat not in there]


def is_circle_learner(relationship: Relationship, person: Person) -> bool:
    """Tell whether the person learns here beside others: leaving is theirs alone, and the circle goes on."""
    learners = [party.person_id for party in seated(relationship) if party.seat == Party.Seat.LEARNER]
    return len(learners) > 1 and person.pk in learners


def seats_of(person: Person) -> frozenset[str]:
    """Return the seats the person holds in relationships that are not closed."""
    return frozenset(
        Party.objects.filter(
            person=person, left_at__isnull=True, relationship__closed_at__isnull=True
        ).values_list("seat", flat=True)
    )


def n_under_way(programme_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Return the number of pairs under way in each programme that has any."""
    rows = (
        Relationship.objects.filter(
            programme_id__in=programme_ids, state__in=["contracting", "active", "winding_down"]
        )
        .values_list("programme_id")
        .annotate(n=Count("*"))
    )
    return dict(rows)
