"""A mentor's learners, and the situations that wait for the mentor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, DateTimeField, IntegerField, OuterRef, Q, QuerySet, Subquery

from telemachy.apps.relationships.models import Party, Session, Situation
from telemachy.apps.relationships.queries.relationships import mentored_by
from telemachy.core.shared.lifecycles import RELATIONSHIP_OPEN, SITUATION

if TYPE_CHECKING:
    from datetime import datetime

    from telemachy.apps.people.models import Person

#: A mentor has few learners; a list longer than this would be no list to work through anyway.
MAX_ROWS = 100


def waiting_for(mentor: Person) -> QuerySet[Situation]:
    """Return the situations where it is the mentor's turn, the longest waiting first."""
    return _mentored(mentor).filter(awaiting="mentor").order_by("awaiting_since")[:MAX_ROWS]


def with_learners(mentor: Person) -> QuerySet[Situation]:
    """Return the open situations where it is the learner's turn, the latest first."""
    return _mentored(mentor).filter(awaiting="learner").order_by("-awaiting_since")[:MAX_ROWS]


def learners_of(mentor: Person, now: datetime) -> QuerySet[Party]:
    """Return the learners' seats of the mentor's open relationships.

    Each carries `level` (of the guidance before the last decision, or None), `last_session_at`,
    `next_session_at`, `n_open`, `n_waiting` and `n_debriefed`.
    """
    same_pair = Q(relationship=OuterRef("relationship"))
    own = Situation.objects.filter(same_pair, learner=OuterRef("person")).order_by()
    sessions = Session.objects.filter(same_pair)
    held = sessions.filter(state="held").order_by("-starts_at")
    coming = sessions.filter(state="scheduled", starts_at__gte=now).order_by("starts_at")
    decided = own.filter(decided_at__isnull=False).order_by("-decided_at")
    return (
        Party.objects.filter(
            seat=Party.Seat.LEARNER,
            left_at__isnull=True,
            relationship__in=mentored_by(mentor),
            relationship__state__in=RELATIONSHIP_OPEN,
        )
        .select_related("person", "relationship__programme")
        .annotate(
            level=Subquery(decided.values("guided_level")[:1]),
            last_session_at=Subquery(held.values("starts_at")[:1], output_field=DateTimeField()),
            next_session_at=Subquery(coming.values("starts_at")[:1], output_field=DateTimeField()),
            n_open=_count(own.exclude(state__in=SITUATION.final()).filter(imported_from__isnull=True)),
            n_waiting=_count(own.filter(awaiting="mentor")),
            n_debriefed=_count(own.filter(state__in=SITUATION.final())),
        )
        .order_by("person__name", "pk")
    )


def agents_of(mentor: Person) -> QuerySet[Party]:
    """Return the learners' seats of agents in the mentor's open relationships, for a human who mentors."""
    if mentor.is_agent:
        return Party.objects.none()
    return Party.objects.filter(
        seat=Party.Seat.LEARNER,
        left_at__isnull=True,
        person__kind="agent",
        relationship__in=mentored_by(mentor),
        relationship__state__in=RELATIONSHIP_OPEN,
        relationship__programme__organisation_id=mentor.organisation_id,
    ).select_related("person", "relationship__programme")


def _mentored(mentor: Person) -> QuerySet[Situation]:
    return Situation.objects.filter(
        relationship__in=mentored_by(mentor), relationship__state__in=RELATIONSHIP_OPEN
    ).select_related("learner", "competency", "relationship__programme")


def _count(rows: QuerySet[Situation]) -> Subquery:
    counted = rows.values("relationship").annotate(n=Count("pk")).values("n")
    return Subquery(counted, output_field=IntegerField())
