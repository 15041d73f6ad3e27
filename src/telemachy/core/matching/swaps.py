"""What changes when one learner is moved by hand, exactly, in a pool of few mentors."""

from __future__ import annotations

import numpy as np

from telemachy.core.matching.pairs import Floats, Ints, Pairs
from telemachy.core.matching.shortage import Cost, Shortage
from telemachy.core.matching.solver import bonus, split

#: Beyond so many mentors `swap_search` answers: this work grows with their third power (1 s at 1,000).
MOST_MENTORS = 1_500


class Swaps(Shortage):
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
        super().__init__(pairs, seats, chosen)
        self._chosen = chosen
        self._worth = np.full((pairs.n_learners, pairs.n_mentors), -np.inf)
        self._worth[pairs.learner(), pairs.mentor] = pairs.steps + bonus(pairs.n_learners)
        self._distance = self._shortest_chains()

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

    def _shortest_chains(self) -> Floats:
        """Return the least worth lost when a learner too many at a is resolved by a place too few at b.

        One node per mentor and one, the last, for "unmatched" and "seat left empty".
        """

        from scipy.sparse.csgraph import csgraph_from_dense, floyd_warshall

        n, nobody = self._pairs.n_mentors, self._pairs.n_mentors
        loss = np.full((n + 1, n + 1), np.inf)
        for mentor in range(n):
            if len(holders := self._of(mentor)):
                held = self._worth[holders, mentor]
                loss[mentor, :n] = (held[:, None] - self._worth[holders]).min(axis=0)
                loss[mentor, nobody] = held.min()
        loss[:n, nobody][self._n_held < self._seats] = 0
        waiting = self._worth[self._unmatched]
        loss[nobody, :n] = -waiting.max(axis=0, initial=-np.inf)
        loss[nobody, :n] = np.where(self._n_held > 0, np.minimum(loss[nobody, :n], 0), loss[nobody, :n])
        np.fill_diagonal(loss, 0)
        distance: Floats = floyd_warshall(csgraph_from_dense(loss, null_value=np.inf))
        return distance
