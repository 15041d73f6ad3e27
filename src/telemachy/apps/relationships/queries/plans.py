"""Development plans: activities by competency, and when the next review is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet

from telemachy.apps.relationships.models import Party, PlanActivity, PlanReview, Relationship
from telemachy.apps.relationships.queries.relationships import held_by, mentored_by

if TYPE_CHECKING:
    from collections.abc import Iterable

    from telemachy.apps.people.models import Person

QUARTER = timedelta(weeks=13)


@dataclass(frozen=True, slots=True)
class Strand:
    """The activities that develop one competency (or none in particular), by due date."""

    competency: str
    activities: tuple[PlanActivity, ...]

    @property
    def n_done(self) -> int:
        """How many are done."""
        return sum(activity.done_at is not None for activity in self.activities)


def of_party(person: Person) -> QuerySet[PlanActivity]:
    """Return the activities the person may read: own ones, and those of learners the person mentors."""
    return PlanActivity.objects.filter(
        Q(learner=person, relationship__in=held_by(person)) | Q(relationship__in=mentored_by(person)),
        relationship__programme__organisation_id=person.organisation_id,
    )


def strands(relationship: Relationship, learner: Person) -> list[Strand]:
    """Return a learner's plan, by competency; what belongs to none comes last."""
    rows = (
        relationship.activities.filter(learner=learner)
        .select_related("competency")
        .order_by(F("due_on").asc(nulls_last=True), "created_at", "pk")
    )
    by_name: dict[str, list[PlanActivity]] = {}
    for activity in rows:
        by_name.setdefault(activity.competency.name if activity.competency else "", []).append(activity)
    ordered = sorted(by_name.items(), key=lambda item: (item[0] == "", item[0].casefold()))
    return [Strand(name, tuple(activities)) for name, activities in ordered]


def reviews(relationship: Relationship, learner: Person) -> list[PlanReview]:
    """Return the reviews of a learner's plan, latest first."""
    return list(relationship.reviews.filter(learner=learner).select_related("by"))


def next_review_at(active_at: datetime | None, reviewed_at: Iterable[datetime]) -> datetime | None:
    """Return when the next quarterly review is due, or None while the work has not begun.

    Reviews are due every 13 weeks from the beginning. A review counts for the due date it is nearest to,
    so that one held two weeks early or late is not asked for again.
    """
    if active_at is None:
        return None
    n_covered = max((round((at - active_at) / QUARTER) for at in reviewed_at), default=0)
    return active_at + (n_covered + 1) * QUARTER


def due_for_review(now: datetime) -> list[tuple[Relationship, Person, datetime]]:
    """Return each learner whose quarterly review is due, with the due moment."""
    rows = (
        Relationship.objects.filter(
            state__in=("active", "winding_down"), active_at__lte=now - QUARTER, closed_at__isnull=True
        )
        .select_related("programme")
        .prefetch_related("parties__person", "reviews")
    )
    due = []
    for relationship in rows.iterator(chunk_size=500):
        for party in relationship.parties.all():
            if party.seat != Party.Seat.LEARNER or party.left_at is not None:
                continue
            held = [r.reviewed_at for r in relationship.reviews.all() if r.learner_id == party.person_id]
            at = next_review_at(relationship.active_at, held)
            if at is not None and at <= now:
                due.append((relationship, party.person, at))
    return due
