"""Programmes that share mentors: who competes for which seats, and what one more seat would bring."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from telemachy.core.matching import pairs
from telemachy.core.matching.exchanges import Exchanges
from telemachy.core.matching.pairs import Bools, Ints, Pairs
from telemachy.core.matching.prices import seat_prices
from telemachy.core.matching.reasons import Reason
from telemachy.core.matching.shortage import Competition, Shortage


class ProgrammeAnswers(Exchanges):
    """Answers about one of several programmes; exchanges are among its own learners.

    Parameters
    ----------
    pairs, seats, chosen : as `Shortage` takes them
    shortage : SharedShortage
        Of all programmes together.
    first : int
        Learners of the programmes that come before.
    """

    def __init__(self, pairs: Pairs, seats: Ints, chosen: Ints, shortage: SharedShortage, first: int) -> None:
        super().__init__(pairs, seats, chosen)
        self._shortage, self._first = shortage, first

    def why_left(self, learner: int) -> Reason:
        """Return who of all programmes competes for the seats in reach."""
        return self._shortage.competition(self._first + learner).reason("shared_capacity")


class SharedShortage(Shortage):
    """Answers about the learners of several programmes, numbered one programme after the other.

    Mentor m of programme p is column p * n_mentors + m.

    Parameters
    ----------
    demands : sequence of Pairs
        Candidates of each programme's learners that may move.
    seats : int64 (n_mentors,)
        Seats open to them in all programmes together.
    limits : int64 (n_programmes, n_mentors)
        Seats open to them in each.
    chosen : sequence of int64 (n_learners,)
        The mentors of each programme's learners, -1 where unmatched; as many matched as can be.
    """

    def __init__(self, demands: Sequence[Pairs], seats: Ints, limits: Ints, chosen: Sequence[Ints]) -> None:
        programme = np.repeat(np.arange(len(demands)), [one.n_learners for one in demands])
        joint, mentor = pairs.joined(demands, limits.size), np.concatenate([np.zeros(0, dtype=int), *chosen])
        joint = Pairs(
            joint.indptr, joint.mentor + programme[joint.learner()] * len(seats), joint.steps, limits.size
        )
        self._columns = np.where(mentor >= 0, mentor + programme * len(seats), -1)
        super().__init__(joint, limits.ravel(), self._columns)
        self._in_all, self._is_at_limit = seats, self._n_held >= limits.ravel()
        self._shape = limits.shape

    def prices(self) -> Ints:
        """Return int64 (n_programmes, n_mentors): what one more seat for one programme adds to all of them.

        The seat is beyond the mentor's limit there and beyond the seats of all; worths are those of
        `seat_prices`, around a matching of the highest total.
        """
        return seat_prices(self._pairs, self._columns, self._passed_on).reshape(self._shape)

    def _passed_on(self, price: Ints) -> Ints:
        """Give a seat to any programme that has not reached its limit with that mentor."""
        elsewhere = np.where(self._is_at_limit, 0, price).reshape(self._shape).max(axis=0)
        passed_on: Ints = np.maximum(price, np.tile(elsewhere, self._shape[0]))
        return passed_on

    def _reach(self, learners: Ints) -> Ints:
        """Return whose seats the learners could have; below the limit anybody's of that mentor's can go."""
        found = super()._reach(learners)
        shared = np.zeros(len(self._in_all), dtype=bool)
        shared[found[~self._is_at_limit[found]] % len(shared)] = True
        whole = np.flatnonzero(np.tile(shared, self._shape[0]))
        return np.union1d(found, whole)

    def _count(self, reached: Bools) -> Competition:
        found = super()._count(reached)
        parts = reached.reshape(self._shape)
        is_whole = (parts & ~self._is_at_limit.reshape(self._shape)).any(axis=0)
        n_seats = self._in_all[is_whole].sum() + self._seats.reshape(self._shape)[parts & ~is_whole].sum()
        return Competition(found.n_learners, int(n_seats), int(parts.any(axis=0).sum()))
