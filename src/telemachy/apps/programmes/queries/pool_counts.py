"""How large a programme's pool is: who waits, who has a pair, which seats are free. The database counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce, Greatest, Least

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
    """Count the pool as a run would take it today, in two queries."""
    here = _here(programme, today)
    is_peer = programme.shape == "peer"
    seekers = here if is_peer else here.filter(role=Enrolment.Role.LEARNER)
    paired = _in_pair(programme, RELATIONSHIP_OPEN, any_seat=is_peer)
    through = _in_pair(programme, DONE, any_seat=False)
    counts = seekers.order_by().aggregate(
        paired=Count("person", distinct=True, filter=paired),
        waiting=Count("person", distinct=True, filter=~paired & ~through),
    )
    return PoolCounts(**counts, seats=0 if is_peer else _open_seats(programme, here))


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


def _in_pair(programme: Programme, states: tuple[str, ...], *, any_seat: bool) -> Exists:
    """Whether the person of a place sits in a relationship of the programme in one of these states."""
    # By related name: relationships know programmes, not the other way round.
    pairs = programme.relationships.filter(
        state__in=states, parties__person=OuterRef("person"), parties__left_at__isnull=True
    )
    return Exists(pairs if any_seat else pairs.filter(parties__seat="learner"))


def _open_seats(programme: Programme, here: QuerySet[Enrolment]) -> int:
    """Return the seats that `snapshots.open_seats` finds one by one, summed up."""
    others = Enrolment.objects.filter(
        person=OuterRef("person"), role=Enrolment.Role.MENTOR, state=Enrolment.State.ACTIVE
    ).exclude(programme=programme)
    mentors = here.filter(role=Enrolment.Role.MENTOR).annotate(
        held=_n_learners(person__seats__relationship__programme=programme),
        held_anywhere=_n_learners(),
        elsewhere=Subquery(others.order_by("-capacity").values("capacity")[:1]),
    )
    open_here = F("capacity") - F("held")
    shared = Greatest(F("elsewhere"), F("capacity"), F("person__capacity")) - F("held_anywhere")
    left = Case(
        When(elsewhere__isnull=False, then=Least(open_here, shared)),
        default=open_here,
        output_field=IntegerField(),
    )
    found: dict[str, Any] = mentors.annotate(left=Greatest(left, 0)).aggregate(n=Coalesce(Sum("left"), 0))
    return int(found["n"])


def _n_learners(**of: Any) -> Count:
    """Count the learners in a mentor's open pairs."""
    learners = "person__seats__relationship__parties"
    open_pairs = Q(
        person__seats__seat="mentor",
        person__seats__relationship__state__in=RELATIONSHIP_OPEN,
        person__seats__relationship__parties__seat="learner",
        person__seats__relationship__parties__left_at__isnull=True,
        **of,
    )
    return Count(learners, distinct=True, filter=open_pairs)
