"""How large a programme's pool is: who waits, who has a pair, which seats are free. The database counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from telemachy.apps.people.queries import privacy
from telemachy.apps.programmes.models import Enrolment
from telemachy.apps.programmes.snapshots import DONE
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
    paired = Q(person__in=_in_pairs(programme, RELATIONSHIP_OPEN, any_seat=is_peer))
    through = Q(person__in=_in_pairs(programme, DONE, any_seat=False))
    counts = seekers.order_by().aggregate(
        paired=Count("person", distinct=True, filter=paired),
        waiting=Count("person", distinct=True, filter=~paired & ~through),
    )
    seats = 0 if is_peer else _open_seats(programme, here.filter(role=Enrolment.Role.MENTOR))
    return PoolCounts(**counts, seats=seats)


def _here(programme: Programme, today: date) -> QuerySet[Enrolment]:
    """Return the places of those who are there and agree to be matched."""
    unwilling = privacy.withdrew("matching").filter(person__organisation_id=programme.organisation_id)
    return Enrolment.objects.filter(
        Q(person__paused_until__isnull=True) | Q(person__paused_until__lte=today),
        programme=programme,
        state=Enrolment.State.ACTIVE,
        person__left_at__isnull=True,
        person__erased_at__isnull=True,
    ).exclude(person__in=unwilling)


def _in_pairs(programme: Programme, states: tuple[str, ...], *, any_seat: bool) -> QuerySet[Any, Any]:
    """Return who sits in a relationship of the programme in one of these states, as a learner or anyhow."""
    seat = {} if any_seat else {"parties__seat": "learner"}
    # By related name: relationships know programmes, not the other way round.
    pairs = programme.relationships.filter(state__in=states, parties__left_at__isnull=True, **seat)
    return pairs.order_by().values("parties__person")


def _open_seats(programme: Programme, mentors: QuerySet[Enrolment]) -> int:
    """Return the seats that `snapshots.open_seats` finds one by one, summed up."""
    held = _n_learners(mentors, person__seats__relationship__programme=programme)
    # Who mentors in several programmes has one capacity for all of them.
    others = Enrolment.objects.filter(
        person__in=mentors.values("person"), role=Enrolment.Role.MENTOR, state=Enrolment.State.ACTIVE
    ).exclude(programme=programme)
    elsewhere = dict(others.order_by().values_list("person").annotate(Max("capacity")))
    held_anywhere = _n_learners(mentors.filter(person__in=elsewhere)) if elsewhere else held
    n = 0
    for person, capacity, own in mentors.values_list("person", "capacity", "person__capacity"):
        left = capacity - held.get(person, 0)
        if person in elsewhere:
            left = min(left, max(elsewhere[person], capacity, own) - held_anywhere.get(person, 0))
        n += max(left, 0)
    return n


def _n_learners(mentors: QuerySet[Enrolment], **of: Any) -> dict[UUID, int]:
    """Return how many learners mentors have in open pairs; who has none is not named."""
    pairs = mentors.filter(
        person__seats__seat="mentor",
        person__seats__relationship__state__in=RELATIONSHIP_OPEN,
        person__seats__relationship__parties__seat="learner",
        person__seats__relationship__parties__left_at__isnull=True,
        **of,
    )
    return dict(
        pairs.order_by().values_list("person").annotate(Count("person__seats__relationship__parties"))
    )
