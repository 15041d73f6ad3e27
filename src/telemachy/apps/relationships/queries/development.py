"""A learner's own desk: each relationship with what is open in it, and the one thing to do next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from telemachy.apps.relationships.models import (
    Charter,
    Goal,
    Party,
    Reflection,
    Relationship,
    Session,
    Situation,
)
from telemachy.apps.relationships.queries import situations
from telemachy.apps.relationships.queries.relationships import held_by
from telemachy.core import growth
from telemachy.core.shared.lifecycles import RELATIONSHIP_OPEN

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

#: A session this near is the next thing to prepare.
SOON = timedelta(days=3)
#: Open situations shown at most.
MAX_OPEN = 20


class Step(StrEnum):
    """What a learner may have to do next, the most pressing first."""

    ACCEPT = "accept"
    CHARTER = "charter"
    GOAL = "goal"
    DECIDE = "decide"
    REASON = "reason"
    ACT = "act"
    ACCOUNT = "account"
    CHOOSE = "choose"
    PREPARE = "prepare"
    LOG = "log"
    REFLECT = "reflect"


#: The learner's step in each state of a situation that waits for the learner.
STEPS = {
    "logged": Step.REASON,
    "reasoned": Step.CHOOSE,
    "guided": Step.DECIDE,
    "decided": Step.ACT,
    "acted": Step.ACCOUNT,
}


@dataclass(frozen=True, slots=True)
class Desk:
    """One relationship as its learner sees it."""

    relationship: Relationship
    seat: Party
    mentors: tuple[Person, ...]
    goals: tuple[Goal, ...]
    charter: Charter | None
    charter_in_force: Charter | None
    next_session: Session | None
    situations: tuple[Situation, ...]

    @property
    def has_agreed(self) -> bool:
        """Whether the learner has agreed to the latest version of the charter."""
        agreed = self.charter.agreements.all() if self.charter else ()
        return any(agreement.party_id == self.seat.pk for agreement in agreed)

    @property
    def mine(self) -> list[Situation]:
        """The situations in which it is the learner's turn, the longest waiting first."""
        waiting = [one for one in self.situations if one.awaiting == Party.Seat.LEARNER]
        return sorted(waiting, key=lambda one: one.awaiting_since or one.logged_at)


@dataclass(frozen=True, slots=True)
class NextStep:
    """The one thing to do next, and where."""

    step: Step
    desk: Desk
    situation: Situation | None = None
    session: Session | None = None
    goal: Goal | None = None


def desks_of(learner: Person, now: datetime) -> tuple[Desk, ...]:
    """Return the learner's open relationships, the oldest first, in a constant number of queries."""
    seats = (
        Party.objects.filter(
            person=learner,
            seat=Party.Seat.LEARNER,
            left_at__isnull=True,
            relationship__state__in=RELATIONSHIP_OPEN,
        )
        .select_related("relationship__programme")
        .prefetch_related(
            Prefetch("relationship__parties", Party.objects.select_related("person")),
            Prefetch("relationship__goals", _goals_of(learner)),
            Prefetch("relationship__charters", Charter.objects.prefetch_related("agreements")),
        )
        .order_by("relationship__created_at", "pk")
    )
    found = list(seats)
    sessions = _next_sessions([seat.relationship_id for seat in found], now)
    opened = list(situations.open_of(learner)[: MAX_OPEN * max(len(found), 1)])
    return tuple(_desk(seat, sessions, opened) for seat in found)


def next_step(desks: Sequence[Desk], now: datetime) -> NextStep | None:
    """Return the one thing to do next over all relationships; None without any relationship."""
    steps = [found for desk in desks if (found := _step_in(desk, now)) is not None]
    order = list(Step)
    return min(steps, key=lambda found: order.index(found.step), default=None)


def goals_of(learner: Person, relationship: Relationship) -> list[Goal]:
    """Return the learner's goals in the relationship with competencies and readings."""
    return list(_goals_of(learner).filter(relationship=relationship))


def earlier_of(learner: Person) -> QuerySet[Relationship]:
    """Return the ended relationships whose trajectory the learner can still read, the latest first."""
    ended = Relationship.objects.filter(pk__in=held_by(learner, Party.Seat.LEARNER), active_at__isnull=False)
    return ended.exclude(state__in=RELATIONSHIP_OPEN).select_related("programme").order_by("-closed_at")


def decided_by(learner: Person) -> QuerySet[Situation]:
    """Return what the learner decided, in as far as charts and evidence need it: no text is fetched."""
    decided = Situation.objects.filter(learner=learner, decided_at__isnull=False)
    return decided.select_related("competency", "relationship").only(
        *("title", "decided_at", "guided_level", "difficulty", "novelty", "rating", "asked_at"),
        *("competency__name", "relationship__programme_id"),
    )


def mix_of(situations: Iterable[Situation]) -> tuple[growth.MonthMix, ...]:
    """Return the guidance mix, month by month, of those situations that are decided."""
    decided = [(one.guided_level, one.decided_at.date()) for one in situations if one.decided_at is not None]
    return growth.guidance_mix([level for level, _day in decided], [day for _level, day in decided])


def reflections_of(person: Person) -> QuerySet[Reflection]:
    """Return what the person wrote for themselves, latest first."""
    return Reflection.objects.filter(person=person).select_related("relationship__programme")


def _goals_of(learner: Person) -> QuerySet[Goal]:
    own = Goal.objects.filter(learner=learner).exclude(state="dropped")
    return own.prefetch_related("competencies", "readings")


def _next_sessions(relationship_ids: Sequence[UUID], now: datetime) -> dict[UUID, Session]:
    coming = Session.objects.filter(
        relationship__in=relationship_ids, state="scheduled", starts_at__gte=now - timedelta(hours=2)
    ).order_by("-starts_at")
    return {session.relationship_id: session for session in coming}


def _desk(seat: Party, sessions: dict[UUID, Session], opened: Sequence[Situation]) -> Desk:
    relationship = seat.relationship
    charters = list(relationship.charters.all())
    mentors = [
        party.person
        for party in relationship.parties.all()
        if party.seat == Party.Seat.MENTOR and party.left_at is None
    ]
    return Desk(
        relationship=relationship,
        seat=seat,
        mentors=tuple(mentors),
        goals=tuple(relationship.goals.all()),
        charter=charters[0] if charters else None,
        charter_in_force=next((one for one in charters if one.in_force_at is not None), None),
        next_session=sessions.get(relationship.pk),
        situations=tuple(one for one in opened if one.relationship_id == relationship.pk)[:MAX_OPEN],
    )


def _step_in(desk: Desk, now: datetime) -> NextStep | None:
    state = desk.relationship.state
    if state == "proposed":
        return NextStep(Step.ACCEPT, desk) if desk.seat.accepted_at is None else None
    if state in {"accepted", "contracting"} and not desk.has_agreed:
        return NextStep(Step.CHARTER, desk)
    if not any(goal.baseline for goal in desk.goals):
        return NextStep(Step.GOAL, desk, goal=desk.goals[0] if desk.goals else None)
    if desk.mine:
        return NextStep(STEPS[desk.mine[0].state], desk, situation=desk.mine[0])
    session = desk.next_session
    if session is not None and session.starts_at is not None and session.starts_at - now <= SOON:
        return NextStep(Step.PREPARE, desk, session=session)
    return NextStep(Step.REFLECT if desk.situations else Step.LOG, desk)
