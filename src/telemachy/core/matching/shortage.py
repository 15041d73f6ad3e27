"""Who competes for which seats, found on the candidate pairs themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from telemachy.core.matching.pairs import Bools, Ints, Pairs
from telemachy.core.matching.reasons import Reason


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

    def facts(self) -> dict[str, object]:
        """Return the numbers, with the seats that are missing, as facts of a reason."""
        return {
            "n_learners": self.n_learners,
            "n_seats": self.n_seats,
            "n_mentors": self.n_mentors,
            "n_short": self.n_learners - self.n_seats,
        }

    def reason(self, code: str) -> Reason:
        """Return why a learner is left over; without a seat to compete for, that locks hold them all."""
        return Reason(code, self.facts()) if self.n_seats else Reason("seats_locked", {})


class Answers(Protocol):
    """What can be said of a matching beyond its pairs: what a swap costs, and why somebody is left over."""

    def cost(self, learner: int, mentor: int) -> Cost | None:
        """Return what is lost if the learner goes to `mentor`, None where there is no answer."""

    def why_left(self, learner: int) -> Reason:
        """Return why an unmatched learner with possible mentors has none."""


#: Makes the answers about a matching from the pairs of learners who may move, the seats open to them, and
#: their mentors, -1 where unmatched.
Answering = Callable[[Pairs, Ints, Ints], Answers]


class Shortage:
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
        self._counted: dict[bytes, Competition] = {}

    def why_left(self, learner: int) -> Reason:
        """Return who competes for the seats in reach."""
        return self.competition(learner).reason("unmatched_capacity")

    def competition(self, learner: int) -> Competition:
        """Return who competes with an unmatched learner for the seats in reach (a Hall violator)."""
        reached = np.zeros(self._pairs.n_mentors, dtype=bool)
        frontier = self._reach(np.array([learner]))
        while len(frontier):
            reached[frontier] = True
            found = self._reach(self._holders[_within(self._first_holder, frontier)])
            frontier = found[~reached[found]]
        # Many are left over for the same seats: they are counted once.
        key = reached.tobytes()
        if key not in self._counted:
            self._counted[key] = self._count(reached)
        return self._counted[key]

    def _reach(self, learners: Ints) -> Ints:
        """Return the mentors that any of these learners could have."""
        found = np.zeros(self._pairs.n_mentors, dtype=bool)
        found[self._pairs.mentor[_within(self._pairs.indptr, learners)]] = True
        return np.flatnonzero(found)

    def _count(self, reached: Bools) -> Competition:
        beyond = ~reached[self._pairs.mentor[_within(self._pairs.indptr, self._unmatched)]]
        of = np.repeat(np.arange(len(self._unmatched)), self._n_each[self._unmatched])
        n_confined = len(self._unmatched) - int((np.bincount(of[beyond]) > 0).sum())
        n_held = int(self._n_held[reached].sum())
        return Competition(n_held + n_confined, int(self._seats[reached].sum()), int(reached.sum()))

    def _of(self, mentor: int) -> Ints:
        """Return the learners who may move and are with this mentor."""
        return self._holders[self._first_holder[mentor] : self._first_holder[mentor + 1]]


def _within(starts: Ints, rows: Ints) -> Ints:
    """Return the places `starts[row]` to `starts[row + 1]` of all rows, one after the other."""
    n_each = starts[rows + 1] - starts[rows]
    ends = np.cumsum(n_each)
    places: Ints = np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts[rows] - ends + n_each, n_each)
    return places
