"""What the rules may know: dates, counts, states, levels. No text of any pair."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class SessionFact:
    """A session held: the day, and whether its agenda named a goal."""

    held_on: date
    tied_to_goal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationFact:
    """A situation: the day it was logged, grades 1..5, guidance and outcome as far as known.

    `level` is the most direct guidance given (0..4), `recommended` what the growth engine suggested,
    `handled` whether it was rated proficient; None where not yet known. `by_lot` tells that a lot said
    whether there was guidance, so that neither side's habit shows in it.
    """

    logged_on: date
    difficulty: float = 3
    novelty: float = 3
    consulted: bool = False
    reasoned_first: bool = True
    level: int | None = None
    recommended: int | None = None
    handled: bool | None = None
    by_lot: bool = False


@dataclass(frozen=True, slots=True)
class GoalFact:
    """An agreed goal: gaps of the specificity check, and the day its attainment last moved."""

    n_gaps: int
    moved_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PairFacts:
    """One relationship on one day.

    Parameters
    ----------
    today : date
        The day of the question.
    state : str
        State of the relationship lifecycle.
    accepted_on, active_on : date, optional
        When both accepted; when the charter and a first goal made it active.
    deserted_on : date, optional
        When the last one of either side left the organisation; None while both sides are there.
    cadence_days : int
        Agreed days between sessions.
    sessions : tuple of SessionFact
        Held, in any order.
    next_session_on : date, optional
        The next one scheduled.
    situations : tuple of SituationFact
        In any order.
    goals : tuple of GoalFact
        Agreed and open or reached.
    waiting_since : date, optional
        Since when the oldest unanswered situation waits for the mentor.
    n_waiting : int
        How many wait for the mentor.
    feedback_on : date, optional
        When the learner last told the mentor what helps; None for never.
    p_alone, p_alone_before : float, optional
        Chance of handling a hard, new situation alone, now and one window ago, as
        `growth.Model.overall` gives it; None before enough evidence.
    """

    today: date
    state: str
    accepted_on: date | None = None
    active_on: date | None = None
    deserted_on: date | None = None
    cadence_days: int = 14
    sessions: tuple[SessionFact, ...] = ()
    next_session_on: date | None = None
    situations: tuple[SituationFact, ...] = ()
    goals: tuple[GoalFact, ...] = ()
    waiting_since: date | None = None
    n_waiting: int = 0
    feedback_on: date | None = None
    p_alone: float | None = None
    p_alone_before: float | None = None

    @property
    def has_upcoming(self) -> bool:
        """Whether a session is scheduled for today or later."""
        return self.next_session_on is not None and self.next_session_on >= self.today

    def contacts(self) -> tuple[date, ...]:
        """Return the days of sessions held and situations logged up to today, oldest first."""
        days = [s.held_on for s in self.sessions] + [s.logged_on for s in self.situations]
        return tuple(sorted(day for day in days if day <= self.today))

    def n_contacts(self, first: int, last: int) -> int:
        """Count contacts from `first` days ago (not included) to `last` days ago (included)."""
        start, end = self.today - timedelta(days=first), self.today - timedelta(days=last)
        return sum(start < day <= end for day in self.contacts())

    def situations_between(self, first: int, last: int) -> list[SituationFact]:
        """Return the situations logged from `first` (not included) to `last` days ago (included)."""
        start, end = self.today - timedelta(days=first), self.today - timedelta(days=last)
        return [s for s in self.situations if start < s.logged_on <= end]

    def chosen_between(self, first: int, last: int) -> list[SituationFact]:
        """Return the same situations without those in which a lot said whether there was guidance."""
        return [s for s in self.situations_between(first, last) if not s.by_lot]


@dataclass(frozen=True, slots=True)
class LearnerMix:
    """One learner of a mentor: decided situations by level 0..4, and the chance of handling one alone."""

    counts: tuple[int, int, int, int, int]
    p_alone: float

    @property
    def n_guided(self) -> int:
        """How often the mentor did anything: level 0 is the learner's own doing."""
        return sum(self.counts[1:])

    @property
    def n_helped(self) -> int:
        """How often the mentor helped before the decision: level 1, the debrief, comes after it."""
        return sum(self.counts[2:])

    def shares(self) -> tuple[float, ...]:
        """Return the share of each level 1..4 of the guidance given, all 0 without any."""
        return tuple(count / max(self.n_guided, 1) for count in self.counts[1:])


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorFacts:
    """One mentor over all open relationships: how many, how many agreed to, how many learners wait."""

    n_learners: int
    capacity: int
    n_waiting: int = 0
    mixes: tuple[LearnerMix, ...] = ()


def mean(values: Iterable[float]) -> float:
    """Return the mean, 0 of nothing."""
    found = list(values)
    return sum(found) / len(found) if found else 0.0
