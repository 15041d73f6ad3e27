"""Rows turned into the frozen inputs that core takes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from telemachy.apps.relationships.models import (
    AgendaItem,
    Feedback,
    Goal,
    GoalReading,
    Party,
    Relationship,
    Session,
    Situation,
)
from telemachy.apps.relationships.snapshots import populations
from telemachy.apps.relationships.snapshots.evidence import (
    SECONDS_A_DAY,
    LearnerEvidence,
    Rated,
    evidence_from,
    evidence_in,
    evidence_in_programme,
    evidence_of,
)
from telemachy.core import insights
from telemachy.core.shared.scales import PROFICIENT

if TYPE_CHECKING:
    from telemachy.apps.relationships.models import GrowthPopulation

__all__ = [
    "SECONDS_A_DAY",
    "LearnerEvidence",
    "PairRecord",
    "Wait",
    "evidence_in",
    "evidence_in_programme",
    "evidence_of",
    "pair_records",
]

#: Stands for the competency of situations that name none.
NO_COMPETENCY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Wait:
    """Whose turn it is: a seat or "" for everybody; about what; since when; how many things wait."""

    seat: str
    about: str
    since: date
    n: int = 1


@dataclass(frozen=True, slots=True)
class PairRecord:
    """What the rules may know of one relationship, and what a list of pairs shows of it; no text."""

    relationship_id: UUID
    since: date
    mentor_ids: tuple[UUID, ...]
    n_learners: int
    facts: insights.PairFacts
    waits: tuple[Wait, ...]
    #: Decided situations by guidance level 0 to 4: all, and those whose guidance no lot of beginning set.
    mix: tuple[int, ...]
    chosen_mix: tuple[int, ...]


def pair_records(relationship_ids: Sequence[UUID], now: datetime) -> list[PairRecord]:
    """Return the facts of these relationships in nine queries, however many they are."""
    relationships = Relationship.objects.filter(pk__in=relationship_ids).order_by("created_at", "pk")
    parties = _grouped(Party.objects.filter(left_at__isnull=True), relationship_ids, *_PARTY)
    sessions = _grouped(_sessions(), relationship_ids, "state", "starts_at", "tied")
    situations = _grouped(Situation.objects.order_by("decided_at"), relationship_ids, *_SITUATION)
    goals = _grouped(Goal.objects.filter(state__in=("active", "reached")), relationship_ids, "pk", "gaps")
    moved = _moved(relationship_ids)
    feedback = _feedback(relationship_ids)
    learned = populations.of_programmes({one.programme_id for one in relationships})
    return [
        _record(
            relationship,
            parties.get(relationship.pk, []),
            sessions.get(relationship.pk, []),
            situations.get(relationship.pk, []),
            tuple(insights.GoalFact(len(gaps), moved.get(pk)) for pk, gaps in goals.get(relationship.pk, [])),
            feedback.get(relationship.pk),
            learned.get(relationship.programme_id),
            now,
        )
        for relationship in relationships
    ]


_PARTY = ("person_id", "seat", "accepted_at", "person__left_at")
_SITUATION = (
    "pk",
    "competency_id",
    "logged_at",
    "difficulty",
    "novelty",
    "asked_at",
    "reasoned_at",
    "decided_at",
    "guided_level",
    "recommended_level",
    "rating",
    "awaiting",
    "awaiting_since",
    "guided_by_lot",
)


def _grouped(rows: QuerySet[Any], relationship_ids: Sequence[UUID], *fields: str) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    chosen = rows.filter(relationship_id__in=relationship_ids).values_list("relationship_id", *fields)
    for relationship_id, *values in chosen.iterator(chunk_size=5000):
        found[relationship_id].append(values)
    return found


def _sessions() -> QuerySet[Session]:
    named = AgendaItem.objects.filter(session=OuterRef("pk"), goal__isnull=False)
    return Session.objects.filter(state__in=("held", "scheduled")).annotate(
        tied=Q(goal__isnull=False) | Exists(named)
    )


def _moved(relationship_ids: Sequence[UUID]) -> dict[UUID, date]:
    """Return the day on which each goal's attainment last changed."""
    readings = GoalReading.objects.filter(goal__relationship_id__in=relationship_ids).order_by("read_at")
    level: dict[UUID, int] = {}
    moved: dict[UUID, date] = {}
    for goal_id, attainment, read_at in readings.values_list("goal_id", "attainment", "read_at"):
        if level.get(goal_id, attainment) != attainment:
            moved[goal_id] = read_at.date()
        level[goal_id] = attainment
    return moved


def _feedback(relationship_ids: Sequence[UUID]) -> dict[UUID, datetime]:
    """Return when somebody who learns last told somebody who mentors what helps; not what was said."""
    to_mentor = Exists(
        Party.objects.filter(
            relationship=OuterRef("relationship"), person=OuterRef("about"), seat=Party.Seat.MENTOR
        )
    )
    told = Feedback.objects.filter(to_mentor, relationship_id__in=relationship_ids).order_by()
    return dict(told.values_list("relationship_id").annotate(last=Max("given_at")))


def _record(
    relationship: Relationship,
    parties: Sequence[Any],
    sessions: Sequence[Any],
    situations: Sequence[Any],
    goals: tuple[insights.GoalFact, ...],
    feedback_at: datetime | None,
    learned: GrowthPopulation | None,
    now: datetime,
) -> PairRecord:
    rows = [_SituationRow(*row) for row in situations]
    accepted = [at for _person, _seat, at, _left_at in parties]
    deserted_on = _deserted_on(parties)
    coming = [at.date() for state, at, _tied in sessions if state == "scheduled" and at and at >= now]
    waits = () if deserted_on else _waits(relationship, parties, rows)
    mentor_wait = next((wait for wait in waits if wait.about == "situation" and wait.seat == "mentor"), None)
    p_alone, p_before = _independence(rows, relationship.programme_id, learned, now)
    facts = insights.PairFacts(
        today=now.date(),
        state=relationship.state,
        accepted_on=max(accepted).date() if accepted and all(accepted) else None,
        active_on=relationship.active_at.date() if relationship.active_at else None,
        deserted_on=deserted_on,
        cadence_days=relationship.cadence_days,
        sessions=tuple(
            insights.SessionFact(at.date(), bool(tied))
            for state, at, tied in sessions
            if state == "held" and at
        ),
        next_session_on=min(coming, default=None),
        situations=tuple(row.fact() for row in rows),
        goals=goals,
        waiting_since=mentor_wait.since if mentor_wait else None,
        n_waiting=mentor_wait.n if mentor_wait else 0,
        feedback_on=feedback_at.date() if feedback_at else None,
        p_alone=p_alone,
        p_alone_before=p_before,
    )
    levels = [row.guided_level for row in rows if row.decided_at]
    chosen = [row.guided_level for row in rows if row.decided_at and row.guided_by_lot is None]
    return PairRecord(
        relationship.pk,
        relationship.state_since.date(),
        tuple(person for person, seat, *_when in parties if seat == Party.Seat.MENTOR),
        sum(seat == Party.Seat.LEARNER for _person, seat, *_when in parties),
        facts,
        waits,
        tuple(levels.count(level) for level in range(5)),
        tuple(chosen.count(level) for level in range(5)),
    )


def _deserted_on(parties: Sequence[Any]) -> date | None:
    """Return since when nobody of one side is there any more; None while somebody of both sides is."""
    left = [[at for _who, its, _yes, at in parties if its == seat] for seat in Party.Seat.values]
    return min((max(side).date() for side in left if side and all(side)), default=None)


class _SituationRow(NamedTuple):
    pk: UUID
    competency_id: UUID | None
    logged_at: datetime
    difficulty: int
    novelty: int
    asked_at: datetime | None
    reasoned_at: datetime | None
    decided_at: datetime | None
    guided_level: int
    recommended_level: int | None
    rating: int | None
    awaiting: str
    awaiting_since: datetime | None
    guided_by_lot: bool | None

    def fact(self) -> insights.SituationFact:
        asked_first = self.asked_at is not None and (
            self.reasoned_at is None or self.reasoned_at > self.asked_at
        )
        known = self.decided_at is not None or self.guided_level > 0
        return insights.SituationFact(
            logged_on=self.logged_at.date(),
            difficulty=self.difficulty,
            novelty=self.novelty,
            consulted=self.asked_at is not None,
            reasoned_first=not asked_first,
            level=self.guided_level if known else None,
            recommended=self.recommended_level,
            handled=None if self.rating is None else self.rating >= PROFICIENT,
            by_lot=self.guided_by_lot is not None,
        )


def _waits(
    relationship: Relationship, parties: Sequence[Any], rows: Sequence[_SituationRow]
) -> tuple[Wait, ...]:
    """Return what waits in the pair's present state, the longest first."""
    if relationship.state == "proposed":
        silent = sorted({seat for _person, seat, accepted_at, _left_at in parties if accepted_at is None})
        return tuple(Wait(seat, "invitation", relationship.created_at.date()) for seat in silent)
    if relationship.state in {"accepted", "contracting"}:
        return (Wait("", "charter", relationship.state_since.date()),)
    found = []
    for seat in (Party.Seat.MENTOR.value, Party.Seat.LEARNER.value):
        waiting = [row.awaiting_since for row in rows if row.awaiting == seat and row.awaiting_since]
        if waiting:
            found.append(Wait(seat, "situation", min(waiting).date(), len(waiting)))
    return tuple(sorted(found, key=lambda wait: wait.since))


def _independence(
    rows: Sequence[_SituationRow],
    programme_id: UUID,
    learned: GrowthPopulation | None,
    now: datetime,
) -> tuple[float | None, float | None]:
    """Return the chance of deciding alone in this relationship, now and one window ago.

    Only what happened in this relationship counts: its programme knows nothing of the others.
    """
    rated = [
        Rated(
            row.pk,
            row.competency_id or NO_COMPETENCY,
            row.decided_at,
            row.difficulty,
            row.novelty,
            row.guided_level,
            row.rating,
            row.asked_at,
            programme_id,
        )
        for row in rows
        if row.rating is not None and row.decided_at is not None
    ]
    if not rated:
        return None, None
    found = populations.fitted(evidence_from(rated), learned)
    before = now.timestamp() / SECONDS_A_DAY - insights.DEFAULT.window_days
    later, earlier = found.model.overall(found.learner), found.model.overall(found.learner, until=before)
    return (later.p if later else None), (earlier.p if earlier else None)
