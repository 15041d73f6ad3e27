"""What changes when one learner is moved by hand: exact costs, and who competes for which seats."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from telemachy.core.matching.pairs import Ints, Pairs
from telemachy.core.matching.solver import bonus, split

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

#: Beyond so many mentors `swap_search` answers: this work grows with their third power (1 s at 1,000).
MOST_MENTORS = 1_500


@dataclass(frozen=True, slots=True)
class Cost:
    """How many learners fewer are matched by a swap, and how many steps of score are lost.

    With `is_bound` that is the most it can cost.
    """

    n_fewer: int
    steps: int
    is_bound: bool = False


@dataclass(frozen=True, slots=True)
class Competition:
    """Learners who can only be placed with the same full mentors."""

    n_learners: int
    n_seats: int
    n_mentors: int

    @property
    def n_short(self) -> int:
        """Seats that are missing."""
        return self.n_learners - self.n_seats


class Swaps:
    """Answers about moves around an optimal matching.

    Parameters
    ----------
    pairs : Pairs
        Candidates of the learners that may move.
    seats : int64 (n_mentors,)
        Seats open to them.
    chosen : int64 (n_learners,)
        Their optimal matching, -1 where unmatched.
    """

    def __init__(self, pairs: Pairs, seats: Ints, chosen: Ints) -> None:
        self._pairs, self._seats, self._chosen = pairs, seats, chosen
        self._worth = np.full((pairs.n_learners, pairs.n_mentors), -np.inf)
        self._worth[pairs.learner(), pairs.mentor] = pairs.steps + bonus(pairs.n_learners)
        self._matched = np.flatnonzero(chosen >= 0)
        self._unmatched = np.flatnonzero((chosen < 0) & (np.diff(pairs.indptr) > 0))
        by_mentor = self._matched[np.argsort(chosen[self._matched], kind="stable")]
        self._holders = np.split(by_mentor, np.cumsum(self._n_held())[:-1])
        self._distance = self._shortest_chains()
        self._next = self._next_mentors()

    def cost(self, learner: int, mentor: int) -> Cost | None:
        """Return what is lost if the learner goes to `mentor` and everybody else is placed again.

        The freed and the taken seat set off chains of moves, whose cheapest sum is a shortest path in the
        residual graph. None where locks hold all of the mentor's seats.
        """
        nobody = self._pairs.n_mentors
        holds = self._chosen[learner]
        held = self._worth[learner, holds] if holds >= 0 else 0.0
        lost = held - self._worth[learner, mentor] + self._distance[mentor, holds if holds >= 0 else nobody]
        if not np.isfinite(lost):
            return None
        n_fewer, steps = split(np.rint([lost]).astype(np.int64), self._pairs.n_learners)
        return Cost(int(n_fewer[0]), int(steps[0]))

    def competition(self, learner: int) -> Competition:
        """Return who competes with an unmatched learner for the seats in reach (a Hall violator)."""
        reached = np.isfinite(self._worth[learner])
        frontier = reached
        while frontier.any():
            found = self._next[frontier].any(axis=0) & ~reached
            reached, frontier = reached | found, found
        confined = ~(np.isfinite(self._worth[self._unmatched]) & ~reached).any(axis=1)
        n_held = int(self._n_held()[reached].sum())
        return Competition(n_held + int(confined.sum()), int(self._seats[reached].sum()), int(reached.sum()))

    def _n_held(self) -> Ints:
        return np.bincount(self._chosen[self._matched], minlength=self._pairs.n_mentors)

    def _next_mentors(self) -> Bools:
        """Return which mentors the present learners of each mentor could go to instead."""
        return np.array(
            [np.isfinite(self._worth[holders]).any(axis=0) for holders in self._holders], dtype=bool
        ).reshape(self._pairs.n_mentors, self._pairs.n_mentors)

    def _shortest_chains(self) -> Floats:
        """Return the least worth lost when a learner too many at a is resolved by a place too few at b.

        One node per mentor and one, the last, for "unmatched" and "seat left empty".
        """

        from scipy.sparse.csgraph import csgraph_from_dense, floyd_warshall

        n, nobody = self._pairs.n_mentors, self._pairs.n_mentors
        loss = np.full((n + 1, n + 1), np.inf)
        n_held = self._n_held()
        for mentor, holders in enumerate(self._holders):
            if len(holders):
                held = self._worth[holders, mentor]
                loss[mentor, :n] = (held[:, None] - self._worth[holders]).min(axis=0)
                loss[mentor, nobody] = held.min()
        loss[:n, nobody][n_held < self._seats] = 0
        waiting = self._worth[self._unmatched]
        loss[nobody, :n] = -waiting.max(axis=0, initial=-np.inf)
        loss[nobody, :n] = np.where(n_held > 0, np.minimum(loss[nobody, :n], 0), loss[nobody, :n])
        np.fill_diagonal(loss, 0)
        distance: Floats = floyd_warshall(csgraph_from_dense(loss, null_value=np.inf))
        return distance
