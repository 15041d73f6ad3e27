"""What a swap costs in a pool of many mentors: a search of its own for each swap one asks for."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from telemachy.core.matching.pairs import Ints, Pairs
from telemachy.core.matching.shortage import Cost, Shortage
from telemachy.core.matching.solver import bonus, split
from telemachy.core.matching.swap_chains import FAR, Moves, nearest, shortest_chain

#: So many moves are looked at for one swap; what was found by then is told as "at most".
MOST_MOVES = 20_000


class SwapSearch(Shortage):
    """Answers about moves around a matching that is optimal among these pairs, in a pool of many mentors.

    Parameters
    ----------
    pairs, seats, chosen : as `Shortage` takes them
    price : int64 (n_mentors,)
        What one more seat of each mentor adds, in worths of (matched learners x bonus + steps).
    are_all : bool
        Whether there are no eligible pairs but these. Otherwise a pair not held may make a swap cheaper, and
        every cost is told as "at most".
    """

    def __init__(self, pairs: Pairs, seats: Ints, chosen: Ints, price: Ints, are_all: bool) -> None:
        super().__init__(pairs, seats, chosen)
        self._chosen, self._price, self._are_all = chosen, price, are_all
        self._distance = np.full(pairs.n_mentors, FAR)

    def cost(self, learner: int, mentor: int) -> Cost | None:
        """Return what is lost at most if the learner goes to `mentor` and everybody else is placed again.

        None where locks hold all of the mentor's seats.
        """
        until_nobody = int(self._until_nobody[mentor])
        if until_nobody >= FAR:
            return None
        row = slice(*self._pairs.indptr[learner : learner + 2].tolist())
        at = row.start + int(np.flatnonzero(self._pairs.mentor[row] == mentor)[0])
        end, chain, is_exact = int(self._chosen[learner]), until_nobody, True
        if end >= 0:
            chain, is_exact = shortest_chain(
                self._moves, mentor, end, self._from_nobody, until_nobody, MOST_MOVES, self._distance
            )
        lost = np.array([int(self._slack[at]) + chain])
        n_fewer, steps = split(lost, self._pairs.n_learners)
        return Cost(int(n_fewer[0]), int(steps[0]), is_bound=not (is_exact and self._are_all))

    @cached_property
    def _slack(self) -> Ints:
        """By how much each pair falls short of its learner's profit, at the prices; 0 for pairs matched."""
        worth = self._pairs.steps + bonus(self._pairs.n_learners) - self._price[self._pairs.mentor]
        profit = np.zeros(self._pairs.n_learners, dtype=np.int64)
        learner = self._pairs.learner()
        np.maximum.at(profit, learner, worth)
        slack: Ints = profit[learner] - worth
        return slack

    @cached_property
    def _moves(self) -> Moves:
        learner = self._pairs.learner()
        origin = self._chosen[learner]
        away = np.flatnonzero((origin >= 0) & (origin != self._pairs.mentor))
        away = away[np.argsort(self._pairs.mentor[away], kind="stable")]
        n_each = np.bincount(self._pairs.mentor[away], minlength=self._pairs.n_mentors)
        start = np.concatenate([[0], np.cumsum(n_each)])
        return Moves(start, origin[away].astype(np.int32), self._slack[away])

    @cached_property
    def _from_nobody(self) -> Ints:
        """What is lost if a place too few at each mentor stays empty, or goes to somebody who waits."""
        length = np.where(self._n_held > 0, self._price, FAR)
        waits = np.flatnonzero(self._chosen[self._pairs.learner()] < 0)
        np.minimum.at(length, self._pairs.mentor[waits], self._slack[waits])
        return length

    @cached_property
    def _until_nobody(self) -> Ints:
        """What is lost if somebody too many at each mentor gets an open seat, or somebody loses theirs."""
        held, at = self._holders, self._chosen[self._holders]
        profit = self._pairs.steps_of(self._chosen)[held] + bonus(self._pairs.n_learners) - self._price[at]
        length = np.full(self._pairs.n_mentors, FAR)
        np.minimum.at(length, at, profit)
        length[self._n_held < self._seats] = 0
        return nearest(self._moves, length)
