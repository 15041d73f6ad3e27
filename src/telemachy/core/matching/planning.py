"""From a pool of profiles to explained proposals."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from telemachy.core.matching import assignment, scoring
from telemachy.core.matching.eligibility import Screen
from telemachy.core.matching.explain import Explainer, Proposal, Unmatched
from telemachy.core.matching.features import Features
from telemachy.core.matching.pairs import STEPS, Ints, Pairs
from telemachy.core.matching.problem import Problem
from telemachy.core.matching.reasons import Reason
from telemachy.core.matching.report import Report, report
from telemachy.core.matching.swaps import Swaps

#: Learners scored at a time: bounds memory to a few hundred MB at 2,000 mentors.
BLOCK = 256


@dataclass(frozen=True, slots=True)
class Seat:
    """A mentor's seats: how many are open and taken, and what one more would add to the whole pool.

    `price` is the change of the total score, `extra_matched` how many more learners (0 or 1) would match.
    """

    mentor: str
    capacity: int
    n_learners: int
    price: float
    extra_matched: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything a match run has to say; `as_dict` gives it as JSON can hold it."""

    proposals: tuple[Proposal, ...]
    unmatched: tuple[Unmatched, ...]
    seats: tuple[Seat, ...]
    report: Report

    def as_dict(self) -> dict[str, Any]:
        """Return the plan as dictionaries, lists, text and numbers."""
        return asdict(self)


class _Pool:
    """A problem with its rules and scores made ready."""

    def __init__(self, problem: Problem) -> None:
        self.features = Features(problem)
        self.screen = Screen(self.features)
        self.scorer = scoring.Scorer(self.features)
        self.kept = np.full(len(problem.learners), -1, dtype=np.int64)
        for learner, mentor in problem.locked:
            self.kept[self.features.learner_of[learner]] = self.features.mentor_of[mentor]

    def blocks(self) -> list[slice]:
        """Return slices that together cover the learners."""
        n = self.features.n_learners
        return [slice(start, min(start + BLOCK, n)) for start in range(0, n, BLOCK)]

    def candidates(self) -> Pairs:
        """Score every eligible and every locked pair."""
        n_candidates: list[Ints] = [np.zeros(1, dtype=np.int64)]
        mentors: list[Ints] = []
        steps: list[Ints] = []
        for rows in self.blocks():
            open_to = self.screen.eligible(rows)
            kept = self.kept[rows]
            open_to[np.flatnonzero(kept >= 0), kept[kept >= 0]] = True
            score = scoring.combine(self.scorer.values(rows), self.features.problem.weights)
            n_candidates.append(open_to.sum(axis=1))
            mentors.append(np.nonzero(open_to)[1])
            steps.append(np.rint(score[open_to].astype(np.float64) * STEPS).astype(np.int64))
        empty = np.zeros(0, dtype=np.int64)
        return Pairs(
            np.cumsum(np.concatenate(n_candidates)),
            np.concatenate([empty, *mentors]),
            np.concatenate([empty, *steps]),
            self.features.n_mentors,
        )


def plan(problem: Problem) -> Plan:
    """Match a pool: most learners first, then the highest total score, every result explained.

    Raises
    ------
    BadInput
        For profiles that cannot be worked with (an unknown time zone). Problem, Profile, Weights and Rules
        have checked the rest when they were made.
    """
    pool = _Pool(problem)
    candidates = pool.candidates()
    seats = np.array([mentor.capacity for mentor in problem.mentors], dtype=np.int64)
    result = assignment.best(candidates, seats, pool.kept, problem.seed)
    chosen = result.mentor.astype(np.int64)
    free, free_seats = assignment.unlocked(candidates, seats, pool.kept)
    swaps = Swaps(free, free_seats, np.where(pool.kept >= 0, -1, chosen))
    explainer = Explainer(pool.features, pool.screen, pool.scorer, candidates, swaps)
    told = [entry for rows in pool.blocks() for entry in explainer.explain(rows, chosen, pool.kept)]
    return Plan(
        proposals=tuple(entry for entry in told if isinstance(entry, Proposal)),
        unmatched=tuple(entry for entry in told if isinstance(entry, Unmatched)),
        seats=_seats(problem, chosen, result),
        report=report(problem, candidates, result),
    )


def _seats(problem: Problem, chosen: Ints, result: assignment.Assignment) -> tuple[Seat, ...]:
    n_learners = np.bincount(chosen[chosen >= 0], minlength=len(problem.mentors))
    return tuple(
        Seat(
            mentor.key,
            mentor.capacity,
            int(n_learners[at]),
            float(result.price[at]),
            int(result.extra_matched[at]),
        )
        for at, mentor in enumerate(problem.mentors)
    )


def exclusions(problem: Problem, learner: str) -> dict[str, tuple[Reason, ...]]:
    """Return mentor key -> why the hard rules keep this learner from them; eligible mentors are left out."""
    features = Features(problem)
    found = Screen(features).exclusions(features.learner_of[learner])
    return {problem.mentors[mentor].key: reasons for mentor, reasons in found.items()}


def why_not(problem: Problem, learner: str, mentor: str) -> tuple[Reason, ...]:
    """Return why the hard rules keep two people of the pool apart, with the facts; () where they do not."""
    return exclusions(problem, learner).get(mentor, ())
