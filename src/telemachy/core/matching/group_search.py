"""Which groups should run: by integer programme up to a proof, or by closing and filling.

Without a group left short the plain assignment is the answer. Up to `MOST_PAIRS` pairs and `MOST_GROUPS`
groups an integer programme with one yes or no per group is solved, to the proof or to `MOST_BRANCHES`
branches with the bound reached. Beyond, the emptiest third of the groups left short closes, round after
round, until none is short; the bound is then that of the problem without smallest sizes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from telemachy.core.matching import assignment, weighted
from telemachy.core.matching.pairs import STEPS, Bools, Ints, Pairs

#: Candidate pairs and groups up to which the integer programme is solved: some seconds at worst.
MOST_PAIRS, MOST_GROUPS = 3_000, 60

#: Branches after which it stops: a clock would make the answer depend on the machine.
MOST_BRANCHES = 100

#: Single openings and closings tried to better what closing and filling found.
MOST_TRIES = 40


@dataclass(frozen=True, slots=True)
class Found:
    """A matching, and that none has more than `n_bound` learners, none of as many more than `bound` steps."""

    chosen: Ints
    n_bound: int
    bound: int


@dataclass(frozen=True)
class Task:
    """Learners to place; each group's seats, the least of them to fill if it runs, and if it must run."""

    pairs: Pairs
    seats: Ints
    least: Ints
    must_run: Bools
    seed: int

    @cached_property
    def may_run(self) -> Bools:
        """Tell which groups have learners enough in reach."""
        in_reach = np.bincount(self.pairs.mentor, minlength=len(self.seats))
        return (in_reach >= self.least) | self.must_run

    def value(self, chosen: Ints) -> tuple[int, int]:
        """Return learners matched and total of steps."""
        return int((chosen >= 0).sum()), int(self.pairs.steps_of(chosen).sum())

    def short(self, chosen: Ints) -> Bools:
        """Tell which groups have learners, or must run, but stay below their least."""
        load = np.bincount(chosen[chosen >= 0], minlength=len(self.seats))
        return ((load > 0) | self.must_run) & (load < self.least)

    def fill(self, running: Bools) -> Ints | None:
        """Return the best matching in which exactly the groups `running` run; None if they cannot all fill.

        A group's first `least` seats stand as a mentor of their own whose pairs are worth a level more.
        Some fullest matching fills every set of seats that can be filled at all, so the two levels,
        matched and filled, never stand against each other.
        """
        n = len(self.seats)
        open_to = self.pairs.keep(running[self.pairs.mentor])
        one = weighted.level(self.pairs.n_learners)
        first = np.column_stack([open_to.mentor, open_to.mentor + n]).ravel()
        worth = np.column_stack([open_to.steps + 2 * one, open_to.steps + one]).ravel()
        doubled = Pairs(open_to.indptr * 2, first, worth, 2 * n)
        seats = np.concatenate([self.least, self.seats - self.least]) * np.tile(running, 2)
        chosen = weighted.heaviest(doubled, seats, self.seed)
        chosen = np.where(chosen >= n, chosen - n, chosen)
        load = np.bincount(chosen[chosen >= 0], minlength=n)
        return chosen if (load >= self.least)[running].all() else None

    def plain(self, running: Bools) -> assignment.Assignment:
        """Return the best matching to the groups `running`, smallest sizes aside."""
        nobody = np.full(self.pairs.n_learners, -1, dtype=np.int64)
        return assignment.best(self.pairs.keep(running[self.pairs.mentor]), self.seats, nobody, self.seed)


def solve(task: Task) -> Found:
    """Return the best matching found and its bounds."""
    relaxed = task.plain(task.may_run)
    chosen, bound = relaxed.mentor.astype(np.int64), round(relaxed.upper_bound * STEPS)
    if not task.short(chosen).any():
        return Found(chosen, relaxed.n_matched, bound)
    chosen = _close_and_fill(task, chosen)
    if len(task.pairs.mentor) <= MOST_PAIRS and len(task.seats) <= MOST_GROUPS:
        return _prove(task, _improve(task, chosen), relaxed.n_matched)
    if task.value(chosen)[0] < relaxed.n_matched:
        # Fewer learners than without smallest sizes could total more than these do: bound any number of them.
        bound = weighted.most_of_any_number(task.pairs, task.seats, task.seed)
    return Found(chosen, relaxed.n_matched, bound)


def _close_and_fill(task: Task, chosen: Ints) -> Ints:
    """Close the emptiest third of the groups left short until none is; then reopen what the rest can fill."""
    running = task.may_run.copy()
    while (short := task.short(chosen) & ~task.must_run).any():
        load = np.bincount(chosen[chosen >= 0], minlength=len(running))
        emptiest = np.argsort(np.where(short, load / np.maximum(task.least, 1), np.inf), kind="stable")
        running[emptiest[: -(-int(short.sum()) // 3)]] = False
        chosen = task.plain(running).mentor.astype(np.int64)
    if task.short(chosen).any():
        filled = task.fill(_running(task, chosen))
        if filled is None:
            filled = task.fill(task.must_run)
        chosen = chosen if filled is None else filled
    return _reopen(task, chosen)


def _running(task: Task, chosen: Ints) -> Bools:
    return (np.bincount(chosen[chosen >= 0], minlength=len(task.seats)) > 0) | task.must_run


def _reopen(task: Task, chosen: Ints) -> Ints:
    """Open groups that unmatched learners can fill among themselves, the one with most of them first."""
    chosen, learner = chosen.copy(), task.pairs.learner()
    while True:
        closed = ~_running(task, chosen)
        waiting = np.flatnonzero((chosen[learner] < 0) & closed[task.pairs.mentor])
        n_waiting = np.bincount(task.pairs.mentor[waiting], minlength=len(task.seats))
        n_waiting[n_waiting < np.maximum(task.least, 1)] = 0
        if not n_waiting.any():
            return chosen
        mentor = int(n_waiting.argmax())
        pair = waiting[task.pairs.mentor[waiting] == mentor]
        best = pair[np.argsort(-task.pairs.steps[pair], kind="stable")][: task.seats[mentor]]
        chosen[learner[best]] = mentor


def _improve(task: Task, chosen: Ints) -> Ints:
    """Open or close single groups while that gives a better matching."""
    best, tries = chosen, 0
    again = True
    while again:
        again = False
        in_reach = np.bincount(task.pairs.mentor[best[task.pairs.learner()] < 0], minlength=len(task.seats))
        for mentor in np.argsort(-in_reach, kind="stable").tolist():
            running = _running(task, best)
            if task.must_run[mentor] or not task.may_run[mentor] or tries == MOST_TRIES:
                continue
            running[mentor] = not running[mentor]
            tries += 1
            found = task.fill(running)
            if found is not None and task.value(found) > task.value(best):
                best, again = found, True
    return best


def _prove(task: Task, found: Ints, n_most: int) -> Found:
    """Prove the matching best, or find the better one, first by learners, then by steps.

    With every yes or no decided the rest is a flow problem, so only those are whole numbers in the
    programme and the matching itself comes from `fill`.
    """
    programme = _Programme(task)
    n_matched = task.value(found)[0]
    if n_matched < n_most:
        ones = np.ones(len(task.pairs.mentor))
        found, bound = programme.better(found, ones, 0)
        n_matched, n_most = task.value(found)[0], int(bound + 1e-3)
    found, bound = programme.better(found, task.pairs.steps / STEPS, n_matched)
    return Found(found, max(n_most, n_matched), max(int(bound * STEPS + 1e-2), task.value(found)[1]))


class _Programme:
    """Variables: a share of each pair, a yes or no for each group."""

    def __init__(self, task: Task) -> None:
        # Loaded here: most pools of groups never ask for it.
        from scipy.sparse import csr_array, vstack

        self._task = task
        n, n_groups, mentor = len(task.pairs.mentor), len(task.seats), task.pairs.mentor
        pair, one = np.arange(n), np.ones(n)
        n_learners = task.pairs.n_learners
        by_learner = csr_array((one, (task.pairs.learner(), pair)), shape=(n_learners, n + n_groups))
        groups = np.arange(n_groups)
        rows = np.concatenate([mentor, groups])
        columns = np.concatenate([pair, n + groups])
        shape = (n_groups, n + n_groups)
        at_most = csr_array((np.concatenate([one, -task.seats]), (rows, columns)), shape=shape)
        at_least = csr_array((np.concatenate([-one, task.least]), (rows, columns)), shape=shape)
        # A pair only in a group that runs: follows from the rest in whole numbers, and sharpens the bound.
        tied = csr_array(
            (np.concatenate([one, -one]), (np.tile(pair, 2), np.concatenate([pair, n + mentor]))),
            shape=(n, n + n_groups),
        )
        self._matrix = vstack([by_learner, at_most, at_least, tied])
        self._limit = np.concatenate([np.ones(n_learners), np.zeros(2 * n_groups + n)])
        self._whole = np.concatenate([np.zeros(n), np.ones(n_groups)])
        self._low = np.concatenate([np.zeros(n), task.must_run])
        self._high = np.concatenate([np.ones(n), task.may_run])

    def better(self, found: Ints, gain: npt.NDArray[np.float64], n_least: int) -> tuple[Ints, float]:
        """Return the matching with the most `gain` and at least `n_least` learners, and the bound of it."""
        from scipy.optimize import Bounds, LinearConstraint, milp

        n, n_groups = len(gain), len(self._task.seats)
        count = np.concatenate([np.ones(n), np.zeros(n_groups)])[None, :]
        solved = milp(
            -np.concatenate([gain, np.zeros(n_groups)]),
            integrality=self._whole,
            bounds=Bounds(self._low, self._high),
            constraints=[
                LinearConstraint(self._matrix, -np.inf, self._limit),
                LinearConstraint(count, n_least, np.inf),
            ],
            options={"mip_rel_gap": 0, "node_limit": MOST_BRANCHES},
        )
        bound = float(gain.sum()) if solved.mip_dual_bound is None else -float(solved.mip_dual_bound)
        if solved.x is None:
            return found, bound
        other = self._task.fill(solved.x[n:] > 0.5)
        better = other is not None and self._task.value(other) > self._task.value(found)
        return (other if better and other is not None else found), bound
