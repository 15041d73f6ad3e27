"""A relationship at a glance: for its parties what is next, for those who run the programme its signals."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from telemachy.apps.relationships.models import Charter, Goal, Party, Relationship, Session, Situation
from telemachy.apps.relationships.queries import goals, relationships, situations

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

#: Open situations shown at a glance; the page of situations has all.
N_SITUATIONS = 5


@dataclass(frozen=True, slots=True)
class Overview:
    """What a party sees at a glance."""

    charter: Charter | None
    charter_agreed: bool
    next_session: Session | None
    session_to_agree: Session | None
    goals: list[Goal]
    situations: list[Situation]
    n_situations: int

    @property
    def has_goal_with_baseline(self) -> bool:
        """Whether one goal says where the learner starts."""
        return any(goal.baseline.strip() for goal in self.goals if goal.state != "dropped")


@dataclass(frozen=True, slots=True)
class Signals:
    """Dates, counts and states of a pair; nothing of what it wrote."""

    charter_in_force_at: datetime | None
    n_goals: dict[str, int]
    n_sessions_held: int
    last_held_at: datetime | None
    next_session_at: datetime | None
    n_situations: int
    n_debriefed: int
    #: An agent's failure modes by the level of help there is with them, most direct first; [] without any.
    n_modes: list[tuple[int, int]]
    awaiting: dict[str, int]
    oldest_awaiting: datetime | None


def overview(relationship: Relationship, person: Person, now: datetime) -> Overview:
    """Return what the party's page shows; the caller has checked that the person is a party."""
    charters = list(relationship.charters.all())
    sessions = relationship.sessions
    own = situations.of_party(person).filter(relationship=relationship)
    open_ones = own.exclude(state="debriefed").filter(imported_from__isnull=True).order_by("awaiting_since")
    return Overview(
        charter=charters[0] if charters else None,
        charter_agreed=any(charter.in_force_at for charter in charters),
        next_session=sessions.filter(state="scheduled", starts_at__gte=now).order_by("starts_at").first(),
        session_to_agree=sessions.filter(state="proposed").order_by("created_at").first(),
        goals=list(goals.of_party(person).filter(relationship=relationship).exclude(state="dropped")),
        situations=list(open_ones[:N_SITUATIONS]),
        n_situations=own.count(),
    )


def signals(relationship: Relationship, now: datetime) -> Signals:
    """Return what whoever runs the programme may know."""
    sessions = relationship.sessions.values_list("state", "starts_at")
    cases = list(relationship.situations.values("state", "awaiting", "awaiting_since"))
    held = [at for state, at in sessions if state == "held" and at]
    coming = [at for state, at in sessions if state == "scheduled" and at and at >= now]
    waiting = [row for row in cases if row["awaiting"] and relationship.closed_at is None]
    return Signals(
        charter_in_force_at=relationship.charters.filter(in_force_at__isnull=False)
        .values_list("in_force_at", flat=True)
        .first(),
        n_goals=dict(Counter(relationship.goals.values_list("state", flat=True))),
        n_sessions_held=len(held),
        last_held_at=max(held, default=None),
        next_session_at=min(coming, default=None),
        n_situations=len(cases),
        n_debriefed=sum(row["state"] == "debriefed" for row in cases),
        n_modes=sorted(
            Counter(relationship.failure_modes.values_list("level", flat=True)).items(), reverse=True
        ),
        awaiting=dict(Counter(row["awaiting"] for row in waiting)),
        oldest_awaiting=min(
            (row["awaiting_since"] for row in waiting if row["awaiting_since"]), default=None
        ),
    )


def reasons(relationship: Relationship) -> dict[UUID, list[dict[str, Any]]]:
    """Return learner -> why the match run proposed the pair; {} for a pair opened by hand."""
    proposal = relationship.proposal
    if proposal is None:
        return {}
    learners = Party.objects.filter(relationship=relationship, seat=Party.Seat.LEARNER).values("person")
    rows = type(proposal).objects.filter(
        run_id=proposal.run_id, mentor_id=proposal.mentor_id, learner__person__in=learners
    )
    return dict(rows.values_list("learner__person", "reasons"))


def others(relationship: Relationship, person: Person) -> list[Party]:
    """Return the seats of the others, the mentor's first."""
    return [party for party in relationships.seated(relationship) if party.person_id != person.pk]
