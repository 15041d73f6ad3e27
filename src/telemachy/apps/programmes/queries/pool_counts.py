"""How large a programme's pool is: who waits, who has a pair, which seats are free."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    When,
)
from django.db.models.functions import Coalesce, Greatest

from telemachy.apps.people import queries as people
from telemachy.apps.people.queries import privacy
from telemachy.apps.programmes.models import Enrolment
from telemachy.apps.programmes.snapshots import DONE, ENDED, UNPROVED, Seats, open_seats, places_elsewhere
from telemachy.core.shared.lifecycles import RELATIONSHIP_OPEN

if TYPE_CHECKING:
    from telemachy.apps.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class PoolCounts:
    """People who wait for a match, people who have one, and seats of mentors that are free.

    Among peers everybody learns and helps, so there are no seats to count.
    """

    waiting: int
    paired: int
    seats: int


def pool_counts(programme: Programme, today: date) -> PoolCounts:
    """Count the pool as a run would take it today, in a fixed number of queries."""
    here = _here(programme, today)
    is_peer = programme.shape == "peer"
    seekers = here if is_peer else here.filter(role=Enrolment.Role.LEARNER)
    paired = _sits_in(programme, RELATIONSHIP_OPEN, any_seat=is_peer)
    counts = seekers.order_by().aggregate(n=_people(is_peer), paired=_people(is_peer, filter=paired))
    through = seekers.filter(_sits_in(programme, DONE)).exclude(paired)
    return PoolCounts(
        waiting=counts["n"] - counts["paired"] - through.order_by().aggregate(n=_people(is_peer))["n"],
        paired=counts["paired"],
        seats=0 if is_peer else _open_seats(programme, here.filter(role=Enrolment.Role.MENTOR)),
    )


def at_least(n: int, programme: Programme, today: date) -> bool:
    """Tell whether at least `n` wait and at least `n` mentors guide nobody at all: looks at no more places.

    Each such mentor has a free seat. A pool may have seats enough without them, so False says little.
    """
    idle = _here(programme, today).filter(
        ~Exists(
            programme.relationships.model._default_manager.filter(
                state__in=RELATIONSHIP_OPEN, parties__seat="mentor", parties__person=OuterRef("person")
            )
        ),
        role=Enrolment.Role.MENTOR,
    )
    both = _waits(programme, today), idle
    return all(places.order_by().values("pk")[:n].count() == n for places in both)


def waiting(programme: Programme, today: date) -> QuerySet[Enrolment]:
    """Return the places of those who wait, with `since` when, the longest wait first."""
    own_seat_ended = Q(Q(state__in=ENDED) | Q(parties__left_at__isnull=False), parties__seat="learner")
    parted = programme.relationships.filter(own_seat_ended)
    # In one filter, so that it is the learner's own seat that was left.
    of_one = programme.relationships.filter(own_seat_ended, parties__person=OuterRef("person"))
    last = of_one.annotate(at=Coalesce("parties__left_at", "state_since")).order_by("-at").values("at")[:1]
    since = Case(
        # When a pair ended is looked up for those alone who have had one.
        When(
            person__in=parted.order_by().values("parties__person"),
            then=Greatest("created_at", Subquery(last)),
        ),
        default=F("created_at"),
    )
    waits = _waits(programme, today).annotate(since=since)
    # The persons are fetched afterwards: joined, they would all be sorted along, in their full width.
    return waits.prefetch_related("person").order_by("since", "person_id")


def _waits(programme: Programme, today: date) -> QuerySet[Enrolment]:
    here, is_peer = _here(programme, today), programme.shape == "peer"
    if is_peer:  # who holds two places waits once
        later = here.filter(person=OuterRef("person"), pk__gt=OuterRef("pk"))
        seekers = here.filter(~Exists(later))
    else:
        seekers = here.filter(role=Enrolment.Role.LEARNER)
    paired = _sits_in(programme, RELATIONSHIP_OPEN, any_seat=is_peer)
    return seekers.exclude(paired).exclude(_sits_in(programme, DONE))


def _people(is_peer: bool, **options: Any) -> Count:
    """Count people; only among peers can one hold two places."""
    return Count("person", distinct=is_peer, **options)


def _here(programme: Programme, today: date) -> QuerySet[Enrolment]:
    """Return the places of those who are there, by an address that is proved, and agree to be matched."""
    # Asked the other way round: few are away, and joining everybody would cost more than all the rest.
    return Enrolment.objects.filter(
        ~Q(person__in=people.away(programme.organisation_id, today).values("pk")),
        ~Q(person__in=privacy.withdrew("matching")),
        ~Q(pk__in=Enrolment.objects.filter(UNPROVED, programme=programme).values("pk")),
        programme=programme,
        state=Enrolment.State.ACTIVE,
    )


def _sits_in(programme: Programme, states: tuple[str, ...], *, any_seat: bool = False) -> Q:
    """Ask whether somebody sits in a relationship of the programme in one of these states."""
    seat = {} if any_seat else {"parties__seat": "learner"}
    # By related name: relationships know programmes, not the other way round.
    pairs = programme.relationships.filter(state__in=states, parties__left_at__isnull=True, **seat)
    return Q(person__in=pairs.order_by().values("parties__person"))


def _open_seats(programme: Programme, mentors: QuerySet[Enrolment]) -> int:
    """Add up the seats that `snapshots.open_seats` finds; who mentors elsewhere, too, is read singly."""
    elsewhere = places_elsewhere(programme).order_by().values("person")
    learners = programme.relationships.filter(
        state__in=RELATIONSHIP_OPEN, parties__seat="mentor", parties__person=OuterRef("person")
    ).filter(parties__seat="learner", parties__left_at__isnull=True)
    # A plain COUNT, which needs no grouping as Django's own would.
    held = learners.order_by().values(n=Func("pk", function="COUNT", output_field=IntegerField()))
    both = mentors.filter(person__in=elsewhere).annotate(n_held=Subquery(held))
    shared, held_here = [], {}
    for person, n_held, *capacities in both.values_list("person", "n_held", "capacity", "person__capacity"):
        held_here[str(person)] = n_held
        shared.append(Seats(str(person), *capacities))
    left = Greatest(F("capacity") - Subquery(held), 0)
    n: int = mentors.exclude(person__in=elsewhere).aggregate(n=Sum(left, default=0))["n"]
    return n + (sum(open_seats(programme, shared, held_here).values()) if shared else 0)
