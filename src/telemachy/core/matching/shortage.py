"""Who competes for which seats, found on the candidate pairs themselves."""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np

from telemachy.core.matching.pairs import Ints, Pairs
from telemachy.core.matching.swaps import Competition, Cost


class Shortage(ABC):
    """Answers about unmatched learners; those who know what a swap costs build on it.

    Parameters
    ----------
    pairs : Pairs
        Candidates of the learners that may move.
    seats : int64 (n_mentors,)
        Seats open to them.
    chosen : int64 (n_learners,)
        Their matching, -1 where unmatched.
    """

    def __init__(self, pairs: Pairs, seats: Ints, chosen: Ints) -> None:
        self._pairs, self._seats = pairs, seats
        self._n_each = np.diff(pairs.indptr)
        self._unmatched = np.flatnonzero((chosen < 0) & (self._n_each > 0))
        matched = np.flatnonzero(chosen >= 0)
        self._holders = matched[np.argsort(chosen[matched], kind="stable")]
        self._n_held = np.bincount(chosen[matched], minlength=pairs.n_mentors)
        self._first_holder = np.concatenate([[0], np.cumsum(self._n_held)])

    @abstractmethod
    def cost(self, learner: int, mentor: int) -> Cost | None:
        """Return what is lost if the learner goes to `mentor`, None where there is no answer."""

    def competition(self, learner: int) -> Competition:
        """Return who competes with an unmatched learner for the seats in reach (a Hall violator)."""
        reached = np.zeros(self._pairs.n_mentors, dtype=bool)
        frontier = np.unique(self._pairs.mentor[_within(self._pairs.indptr, np.array([learner]))])
        while len(frontier):
            reached[frontier] = True
            holders = self._holders[_within(self._first_holder, frontier)]
            found = self._pairs.mentor[_within(self._pairs.indptr, holders)]
            frontier = np.unique(found[~reached[found]])
        beyond = ~reached[self._pairs.mentor[_within(self._pairs.indptr, self._unmatched)]]
        of = np.repeat(np.arange(len(self._unmatched)), self._n_each[self._unmatched])
        n_confined = len(self._unmatched) - int((np.bincount(of[beyond]) > 0).sum())
        n_held = int(self._n_held[reached].sum())
        return Competition(n_held + n_confined, int(self._seats[reached].sum()), int(reached.sum()))


def _within(starts: Ints, rows: Ints) -> Ints:
    """Return the places `starts[row]` to `starts[row + 1]` of all rows, one after the other."""
    n_each = starts[rows + 1] - starts[rows]
    ends = np.cumsum(n_each)
    places: Ints = np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts[rows] - ends + n_each, n_each)
    return places
