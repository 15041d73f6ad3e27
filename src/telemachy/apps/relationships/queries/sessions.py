"""What may be known of sessions: who reads them, the lists of them, and the pair's rhythm."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet
from django.db.models.functions import Coalesce

from telemachy.apps.relationships.models import Goal, Party, Relationship, Session
from telemachy.apps.relationships.queries import relationships
from telemachy.apps.relationships.queries.relationships import held_by, party_of
from telemachy.core.scheduling import Cadence, cadence

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

#: Keys of relationships, or a query of them.
Within = QuerySet[Any, Any] | Iterable[UUID]
#: Relationship states in which sessions are held.
UNDER_WAY = ("contracting", "active", "winding_down")
#: Sessions ahead on one page; more than that are in the calendar.
MAX_AHEAD = 200
#: How far back a calendar feed reaches, and how many sessions it holds.
FEED_DAYS, MAX_FEED = 180, 500


def of_party(person: Person) -> QuerySet[Session]:
    """Return the sessions of the relationships in which the person has a seat; nobody else reads them."""
    seat = Party.objects.filter(relationship=OuterRef("relationship"), person=person, left_at__isnull=True)
    return Session.objects.filter(
        Exists(seat), relationship__programme__organisation_id=person.organisation_id
    )


def for_page(person: Person) -> QuerySet[Session]:
    """Return `of_party` with everything a page of one session names."""
    found = of_party(person).select_related("relationship__programme", "goal", "proposed_by")
    # Each policy asks who is seated; fetched once here.
    return found.prefetch_related(Prefetch("relationship__parties", Party.objects.select_related("person")))


def locked(session: Session) -> Session:
    """Return the row as it is now, its pair held until the transaction ends, which nobody else then ends."""
    relationships.locked(session.relationship)
    return Session.objects.select_related("relationship__programme").get(pk=session.pk)


def parties_of(relationship: Relationship) -> list[Party]:
    """Return the seats that are held, the mentor's first, with their persons."""
    seats = relationship.parties.filter(left_at__isnull=True).select_related(
        "person__organisation", "person__user"
    )
    return sorted(seats, key=lambda party: (party.seat != Party.Seat.MENTOR, party.person.name.casefold()))


def people_of(relationship: Relationship) -> list[Person]:
    """Return who meets, the mentor first."""
    return [party.person for party in parties_of(relationship)]


def present(relationship: Relationship) -> list[Person]:
    """Return who meets, by name, from parties that were prefetched."""
    held = [party.person for party in relationship.parties.all() if party.left_at is None]
    return sorted(held, key=lambda person: person.name.casefold())


# --- lists --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ahead:
    """The sessions that are not over: the time still open, begun but unsettled, and coming."""

    proposed: list[Session]
    unsettled: list[Session]
    coming: list[Session]


def ahead(person: Person, within: Within, now: datetime) -> Ahead:
    """Return the sessions of some relationships that are not over, the oldest proposal and the next first."""
    rows = _listed(person, within).filter(state__in=("proposed", "scheduled")).prefetch_related("slots")
    found = list(rows.order_by(Coalesce(F("starts_at"), F("created_at")))[:MAX_AHEAD])
    proposed = [one for one in found if one.state == "proposed"]
    scheduled = [(one, one.starts_at) for one in found if one.state == "scheduled" and one.starts_at]
    return Ahead(
        proposed=sorted(proposed, key=lambda one: one.created_at),
        unsettled=[one for one, starts_at in scheduled if starts_at <= now],
        coming=[one for one, starts_at in scheduled if starts_at > now],
    )


def past(person: Person, within: Within) -> QuerySet[Session]:
    """Return the sessions held, missed or cancelled, the latest first."""
    over = _listed(person, within).filter(state__in=("held", "missed", "cancelled"))
    return over.annotate(at=Coalesce(F("starts_at"), F("created_at"))).order_by("-at", "pk")


def _listed(person: Person, within: Within) -> QuerySet[Session]:
    rows = of_party(person).filter(relationship__in=within)
    named = rows.select_related("relationship__programme")
    return named.prefetch_related(Prefetch("relationship__parties", Party.objects.select_related("person")))


def for_feed(person: Person, now: datetime) -> QuerySet[Session]:
    """Return what the person's calendar feed holds: sessions that were agreed on and not called off."""
    agreed = of_party(person).filter(
        state__in=("scheduled", "held"), starts_at__gte=now - timedelta(days=FEED_DAYS)
    )
    agreed = agreed.prefetch_related("relationship__parties__person")
    return agreed.order_by("-starts_at")[:MAX_FEED]


def due_for_reminder(now: datetime, ahead: timedelta) -> QuerySet[Session]:
    """Return the sessions that begin within `ahead` and of which nobody was reminded yet."""
    due = Session.objects.filter(
        state="scheduled", starts_at__gt=now, starts_at__lte=now + ahead, reminded_at__isnull=True
    )
    return due.select_related("relationship__programme").order_by("starts_at")


def relationships_under_way(person: Person) -> QuerySet[Relationship]:
    """Return the relationships in which the person can agree on a session."""
    return (
        Relationship.objects.filter(pk__in=held_by(person), state__in=UNDER_WAY)
        .select_related("programme")
        .prefetch_related(Prefetch("parties", Party.objects.select_related("person")))
        .order_by("created_at")
    )


# --- goals and rhythm ---------------------------------------------------------------------------


def goals_for(relationship: Relationship, person: Person) -> QuerySet[Goal]:
    """Return the goals that the person may read and a session can serve: own ones, or as a mentor all."""
    goals = Goal.objects.filter(relationship=relationship, state__in=("draft", "active", "reached"))
    own = party_of(relationship, person)
    return goals if own is not None and own.seat == Party.Seat.MENTOR else goals.filter(learner=person)


def rhythms(relationships: Iterable[Relationship], now: datetime, zone: tzinfo) -> dict[UUID, Cadence]:
    """Return how each pair keeps to the cadence it agreed on, in days of the reader's zone."""
    pairs = list(relationships)
    held: dict[UUID, list[datetime]] = {pair.pk: [] for pair in pairs}
    coming_at: dict[UUID, datetime] = {}
    rows = Session.objects.filter(
        relationship__in=pairs, state__in=("held", "scheduled"), starts_at__isnull=False
    )
    for pk, state, starts_at in rows.values_list("relationship_id", "state", "starts_at"):
        if starts_at is None:
            continue
        if state == "held":
            held[pk].append(starts_at)
        elif starts_at >= now:
            coming_at[pk] = min(starts_at, coming_at.get(pk, starts_at))
    return {
        pair.pk: cadence(
            [at.astimezone(zone).date() for at in held[pair.pk]],
            max(pair.cadence_days, 1),
            started_on=(pair.active_at or pair.state_since).astimezone(zone).date(),
            today=now.astimezone(zone).date(),
            next_on=coming_at[pair.pk].astimezone(zone).date() if pair.pk in coming_at else None,
        )
        for pair in pairs
    }
