"""Simulated pairs whose truth is known, to count how often the rules are right and how often they cry wolf.

Each pair lives for up to nine months in the dates, counts and levels that the rules may know. Life is
untidy on purpose: holidays, missed sessions, learners who write much or little, slow weeks of a mentor,
ratings that are off by chance, and an estimate of independence that is noisy. The chance alone is drawn
around the truth rather than fitted: what is measured here is the rules, not the growth model.

The figures behind it (how often people meet, write and answer) are choices, not data: a simulation shows
what the rules do in a world like this, not how often pairs fail in yours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from telemachy.core.insights.facts import (
    GoalFact,
    LearnerMix,
    MentorFacts,
    PairFacts,
    SessionFact,
    SituationFact,
)

#: The day on which every simulated pair accepts.
START = date(2026, 1, 5)
CADENCES = (7, 14, 21)
N_WEEKS = 39


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How a pair lives; days are days since it accepted, shares and chances lie in [0, 1].

    Chances at the start and the end of the nine months change evenly in between.
    """

    p_alone: tuple[float, float] = (0.2, 0.6)
    p_consults: tuple[float, float] = (0.85, 0.35)
    p_reasons_first: float = 0.85
    p_over_helped: float = 0.12
    p_guided_success: float = 0.75
    a_week: tuple[float, float] = (0.35, 0.9)
    """Situations a week: each pair draws a rate from here."""
    slow_answer: float = 0.05
    """Share of questions that a mentor leaves for more than three days."""
    p_session_missed: float = 0.1
    tied_share: float = 0.8
    goal_gaps: int = 0
    goal_moves_every: int = 45
    feedback_every: int = 56
    """A learner tells the mentor what helps about so often, give or take two weeks; 0 is never."""
    quiet_after: int | None = None
    """From this day on nothing happens any more."""
    eases_after: int | None = None
    """From this day on every second session is left out, and nothing is asked any more."""
    never_meets: bool = False
    left_waiting: bool = False
    leaves_on: int | None = None
    """On this day one of the two leaves, and from then on nothing happens any more."""


#: A pair as it should be, and one way each in which pairs go wrong (or well: graduating).
HABITS: Mapping[str, Habits] = {
    "healthy": Habits(),
    "dependent": Habits(p_alone=(0.2, 0.3), p_consults=(0.92, 0.92), a_week=(0.8, 1.2)),
    "asking_first": Habits(p_reasons_first=0.2, p_consults=(0.9, 0.6), a_week=(0.8, 1.2)),
    "guided_only": Habits(
        p_alone=(0.15, 0.2), p_consults=(0.6, 0.6), p_guided_success=0.92, a_week=(0.8, 1.2)
    ),
    "undirected": Habits(goal_gaps=2, tied_share=0.1, goal_moves_every=10_000),
    "stalled": Habits(p_alone=(0.2, 0.35), quiet_after=150),
    "graduating": Habits(p_alone=(0.25, 0.9), p_consults=(0.85, 0.1), eases_after=170),
    "over_helped": Habits(p_over_helped=0.75, p_consults=(0.9, 0.8), a_week=(0.8, 1.2)),
    "left_waiting": Habits(left_waiting=True),
    "unmet": Habits(never_meets=True),
    "silent": Habits(feedback_every=0),
    "left": Habits(quiet_after=150, leaves_on=150),
}


def pair(habits: Habits, rng: np.random.Generator) -> Callable[[int], PairFacts]:
    """Live one pair's nine months and return what the rules would know of it on any day of them.

    Parameters
    ----------
    habits : Habits
        How it lives.
    rng : numpy.random.Generator
        All chance comes from here.

    Returns
    -------
    callable
        Takes the days since the pair accepted, returns the facts of that day.
    """
    cadence = int(rng.choice(CADENCES))
    active = int(rng.integers(4, 12))
    holiday = int(rng.integers(60, 220))
    length = int(rng.integers(10, 20))
    away = range(holiday, holiday + length)
    sessions = _sessions(habits, cadence, active, away, rng)
    situations, waits = _situations(habits, active, away, rng)
    moves = _moves(habits, active, rng)
    told = _told(habits, active, rng)
    noise = float(rng.normal(0, 0.05))
    met = [day for day, _tied in sessions]

    def on(day: int) -> PairFacts:
        open_waits = [asked for asked, answered in waits if asked <= day < answered]
        coming = min((at for at in met if day <= at < day + cadence + 1), default=None)
        n_rated = sum(at <= day and fact.handled is not None for at, fact in situations)
        return PairFacts(
            today=_on(day),
            state="active" if day >= active else "contracting",
            accepted_on=START,
            active_on=_on(active) if day >= active else None,
            deserted_on=_on(habits.leaves_on)
            if habits.leaves_on is not None and day >= habits.leaves_on
            else None,
            cadence_days=cadence,
            sessions=tuple(SessionFact(_on(at), tied) for at, tied in sessions if at < day),
            next_session_on=None if coming is None else _on(coming),
            situations=tuple(_known(fact, at, day) for at, fact in situations if at <= day),
            goals=(GoalFact(habits.goal_gaps, _latest(moves, day)),) if day >= active else (),
            waiting_since=_on(min(open_waits)) if open_waits else None,
            n_waiting=len(open_waits),
            feedback_on=_latest(told, day),
            p_alone=_estimate(habits, day, noise) if n_rated >= 3 else None,
            p_alone_before=_estimate(habits, day - 60, noise) if n_rated >= 3 and day > 90 else None,
        )

    return on


def mentor(rng: np.random.Generator, *, one_size: bool) -> MentorFacts:
    """Return a mentor with four learners at different points, guided each as it fits or all the same way."""
    p_alone = np.linspace(0.2, 0.8, 4) + rng.normal(0, 0.05, 4)
    alike = rng.dirichlet((1.0, 1.0, 4.0, 8.0, 12.0))
    mixes = []
    for p in np.clip(p_alone, 0.05, 0.95):
        fitting = np.exp(-((np.arange(5) - 4 * (1 - p)) ** 2) / 1.5)
        counts = rng.multinomial(int(rng.integers(8, 20)), alike if one_size else fitting / fitting.sum())
        n0, n1, n2, n3, n4 = (int(count) for count in counts)
        mixes.append(LearnerMix((n0, n1, n2, n3, n4), float(p)))
    return MentorFacts(n_learners=4, capacity=4, mixes=tuple(mixes))


def _on(day: int) -> date:
    return START + timedelta(days=day)


def _between(ends: tuple[float, float], day: int) -> float:
    """Return the value on the even way between two ends."""
    first, last = ends
    return first + (last - first) * min(max(day / (7 * N_WEEKS), 0.0), 1.0)


def _estimate(habits: Habits, day: int, noise: float) -> float:
    return min(max(_between(habits.p_alone, day) + noise, 0.01), 0.99)


def _latest(days: list[int], day: int) -> date | None:
    past = [at for at in days if at <= day]
    return _on(max(past)) if past else None


def _sessions(
    habits: Habits, cadence: int, active: int, away: range, rng: np.random.Generator
) -> list[tuple[int, bool]]:
    """Return the days met, and whether a goal was named: about every cadence, moved now and then."""
    if habits.never_meets:
        return []
    found, day, n = [], active - int(rng.integers(0, 4)), 0
    while day < 7 * N_WEEKS:
        n += 1
        eased = habits.eases_after is not None and day >= habits.eases_after and n % 2
        over = habits.quiet_after is not None and day >= habits.quiet_after
        if day not in away and not over and not eased and rng.random() > habits.p_session_missed:
            found.append((day, bool(rng.random() < habits.tied_share)))
        day += max(int(rng.normal(cadence, cadence / 7)), 3)
    return found


def _situations(
    habits: Habits, active: int, away: range, rng: np.random.Generator
) -> tuple[list[tuple[int, SituationFact]], list[tuple[int, int]]]:
    """Return the situations with their days, and from when to when each question waited."""
    rate = float(rng.uniform(*habits.a_week)) / 7
    found: list[tuple[int, SituationFact]] = []
    waits: list[tuple[int, int]] = []
    day = active + 2
    end = 7 * N_WEEKS if habits.quiet_after is None else habits.quiet_after
    while True:
        day += max(int(rng.exponential(1 / rate)), 1)
        if day >= end:
            return found, waits
        if day in away:
            continue
        consulted = bool(rng.random() < _between(habits.p_consults, day))
        if habits.eases_after is not None and day >= habits.eases_after:
            consulted = False
        found.append((day, _situation(habits, day, consulted, rng)))
        if consulted:
            slow = rng.random() < habits.slow_answer
            answered = day + (int(rng.integers(4, 8)) if slow else int(rng.integers(0, 3)))
            waits.append((day, 10_000 if habits.left_waiting and day > 120 else answered))


def _situation(habits: Habits, day: int, consulted: bool, rng: np.random.Generator) -> SituationFact:
    recommended = int(np.clip(round(4 * (1 - _between(habits.p_alone, day))), 1, 4))
    level = 0
    if consulted:
        above = rng.random() < habits.p_over_helped
        level = min(recommended + 1, 4) if above else max(recommended - int(rng.random() < 0.2), 2)
        if above and recommended == 4:
            recommended = 3
    p = habits.p_guided_success if consulted else _between(habits.p_alone, day) + 0.15
    return SituationFact(
        logged_on=_on(day),
        difficulty=int(np.clip(round(rng.normal(3, 1)), 1, 5)),
        novelty=int(np.clip(round(rng.normal(3, 1)), 1, 5)),
        consulted=consulted,
        reasoned_first=bool(rng.random() < habits.p_reasons_first),
        level=level,
        recommended=recommended if consulted else None,
        handled=bool(rng.random() < p),
    )


def _known(fact: SituationFact, at: int, day: int) -> SituationFact:
    """Return the fact as it stood on a day: the outcome is known a week later."""
    return fact if day >= at + 7 else replace(fact, handled=None)


def _moves(habits: Habits, active: int, rng: np.random.Generator) -> list[int]:
    every = habits.goal_moves_every
    return [day + int(rng.integers(-10, 11)) for day in range(active + every, 7 * N_WEEKS, every)]


def _told(habits: Habits, active: int, rng: np.random.Generator) -> list[int]:
    if not habits.feedback_every:
        return []
    days = range(active + habits.feedback_every, 7 * N_WEEKS, habits.feedback_every)
    return [day + int(rng.integers(-14, 15)) for day in days]
