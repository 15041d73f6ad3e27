"""From a pool of profiles to explained proposals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from telemachy.core.matching import assignment, candidate_pairs, pricing
from telemachy.core.matching.assignment import Assignment
from telemachy.core.matching.blocks import Work
from telemachy.core.matching.candidate_pairs import Candidates
from telemachy.core.matching.columns import Ints
from telemachy.core.matching.eligibility import Screen
from telemachy.core.matching.exchanges import Exchanges
from telemachy.core.matching.explain import Explainer, Proposal, Unmatched
from telemachy.core.matching.features import Features
from telemachy.core.matching.pairs import STEPS, Pairs
from telemachy.core.matching.problem import Problem
from telemachy.core.matching.reasons import Reason
from telemachy.core.matching.report import Report, report
from telemachy.core.matching.shortage import Answering, Answers
from telemachy.core.matching.solver import bonus
from telemachy.core.matching.swaps import MOST_MENTORS, Swaps
from telemachy.core.matching.tables import Pool
from telemachy.core.matching.wishes import Wishes, grant

#: Up to so many learners x mentors all pairs are held; beyond, the best of everybody and what prices add.
ALL_PAIRS = 4_000_000

#: Learners explained at a time.
_EXPLAINED_AT_ONCE = 128


@dataclass(frozen=True, slots=True)
class Seat:
    """A mentor's seats: how many are open and taken, and what one more would add to the whole pool.

    `price` is the change of the total score, `extra_matched` how many more learners (0 or 1) would match. In
    groups and among peers it is another mentor with a group of that size, or another person like this one,
    who would match `extra_matched` of those left over, at the least; the score is not priced there (None).
    """

    mentor: str
    capacity: int
    n_learners: int
    price: float | None
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


class Solution:
    """A matched pool of any size, which explains as many pairs as one asks for.

    Attributes
    ----------
    problem : Problem
    candidates : Candidates
        The pairs that were held: all eligible ones in small pools.
    assignment : Assignment
        The matching by position; `gap` is over all pairs, held or not.
    report : Report
    """

    def __init__(
        self,
        pool: Pool,
        found: Candidates,
        result: Assignment,
        *,
        is_highest: bool = True,
        answering: Answering | None = None,
    ) -> None:
        """Explain `result`; only around the highest total is what a swap costs more than a bound."""
        self.problem, self.candidates, self.assignment = pool.features.problem, found, result
        self._pool, self._features, self._kept = pool, pool.features, pool.kept()
        self._pairs, self._answering = found.pairs(), answering or (None if is_highest else Exchanges)
        self._chosen: Ints = result.mentor.astype(np.int64)
        told = report(self.problem, self._pairs, result)
        self.report = replace(told, n_pairs_eligible=int(found.n_eligible.sum()), recall=found.recall)

    @cached_property
    def _explainer(self) -> Explainer:
        """Made when somebody asks: many want the report alone."""
        pool, found = self._pool, self.candidates
        free, free_seats = assignment.unlocked(self._pairs, found.capacity, self._kept)
        movable = np.where(self._kept >= 0, -1, self._chosen)
        answers: Answers
        if self._answering:
            answers = self._answering(free, free_seats, movable)
        elif _all_pairs_held(pool) and free.n_mentors <= MOST_MENTORS:
            answers = Swaps(free, free_seats, movable)
        else:
            answers = _search(free, free_seats, movable, self.assignment, _all_pairs_held(pool))
        return Explainer(pool, self._pairs, found.n_eligible, answers)

    def explained(self, learners: Iterable[str] | None = None) -> Iterator[Proposal | Unmatched]:
        """Yield a Proposal or an Unmatched for each of these learners (keys), or for everybody, in order.

        Raises
        ------
        KeyError
            When a learner is not in the pool.
        """
        wanted = (
            np.arange(self._features.n_learners)
            if learners is None
            else np.array([self._features.learner_of[key] for key in learners], dtype=np.int64)
        )
        for start in range(0, len(wanted), _EXPLAINED_AT_ONCE):
            block = wanted[start : start + _EXPLAINED_AT_ONCE]
            yield from self._explainer.explain(block, self._chosen, self._kept)

    def seats(self) -> tuple[Seat, ...]:
        """Return the seats of every mentor."""
        n_learners = np.bincount(self._chosen[self._chosen >= 0], minlength=self._features.n_mentors)
        columns = (
            self._features.mentors.keys,
            self._features.mentors.capacity.tolist(),
            n_learners.tolist(),
            self.assignment.price.tolist(),
            self.assignment.extra_matched.tolist(),
        )
        return tuple(Seat(*entry) for entry in zip(*columns, strict=True))

    def plan(self) -> Plan:
        """Explain everybody."""
        told = list(self.explained())
        return Plan(
            proposals=tuple(entry for entry in told if isinstance(entry, Proposal)),
            unmatched=tuple(entry for entry in told if isinstance(entry, Unmatched)),
            seats=self.seats(),
            report=self.report,
        )


def solve(
    problem: Problem,
    *,
    progress: Callable[[float], None] | None = None,
    stop: Callable[[], bool] | None = None,
    finished: Mapping[str, bytes] | None = None,
    save: Callable[[str, bytes], None] | None = None,
    wishes: Wishes | None = None,
) -> Solution:
    """Match a pool of any size: most learners first, then the highest total score.

    Parameters
    ----------
    wishes : what counts beside the total; in pools too large to hold all pairs, among the pairs held
    progress, stop, finished, save : as in `candidates`, for pools too large to hold all pairs

    Raises
    ------
    Stopped
        When `stop` says so.
    BadInput
        For profiles that cannot be worked with (an unknown time zone). Problem, Profile, Weights and Rules
        have checked the rest when they were made.
    """
    pool = Pool(Features(problem))
    if _all_pairs_held(pool):
        found = candidate_pairs.all_pairs(pool)
        result = assignment.best(found.pairs(), found.capacity, pool.kept(), problem.seed)
    else:
        work = Work(pool.fingerprint({"k": candidate_pairs.K}), finished or {}, save, progress, stop)
        found = candidate_pairs.search(pool, candidate_pairs.K, candidate_pairs.LEAST, work)
        found, result = pricing.matched(pool, found, pool.kept(), work)
    if wishes:
        pairs = found.pairs()
        plain, result = result, grant(pairs, found.capacity, pool.kept(), problem.seed, wishes).assignment
        # The bound over all pairs, held or not.
        most, lost = plain.upper_bound, plain.upper_bound - result.total_score
        is_optimal = plain.is_optimal and result.is_optimal
        result = replace(result, upper_bound=most, gap=lost / most if most else 0.0, is_optimal=is_optimal)
    if progress:
        progress(1)
    return Solution(pool, found, result, is_highest=result.is_optimal or not wishes)


def plan(
    problem: Problem,
    *,
    progress: Callable[[float], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Plan:
    """Match a pool and explain every result; for very large pools, `solve` explains those one asks for.

    Raises as `solve` does.
    """
    return solve(problem, progress=progress, stop=stop).plan()


def _search(free: Pairs, seats: Ints, chosen: Ints, result: Assignment, are_all: bool) -> Answers:
    """Return what answers about swaps in a pool of many mentors."""
    from telemachy.core.matching.swap_search import SwapSearch  # compiled code, which small pools do without

    extra = result.extra_matched.astype(np.int64)
    worth = np.rint(result.price * STEPS).astype(np.int64) + extra * bonus(free.n_learners)
    return SwapSearch(free, seats, chosen, worth, are_all)


def _all_pairs_held(pool: Pool) -> bool:
    return pool.features.n_learners * pool.features.n_mentors <= ALL_PAIRS


def exclusions(problem: Problem, learner: str) -> dict[str, tuple[Reason, ...]]:
    """Return mentor key -> why the hard rules keep this learner from them; eligible mentors are left out."""
    features = Features(problem)
    found = Screen(features).exclusions(features.learner_of[learner])
    return {features.mentors.keys[mentor]: reasons for mentor, reasons in found.items()}


def why_not(problem: Problem, learner: str, mentor: str) -> tuple[Reason, ...]:
    """Return why the hard rules keep two people of the pool apart, with the facts; () where they do not."""
    return exclusions(problem, learner).get(mentor, ())
