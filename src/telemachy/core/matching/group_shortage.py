"""Why somebody is left without a group, and what one more mentor with a group would bring."""

from __future__ import annotations

import numpy as np

from telemachy.core.matching.exchanges import Exchanges
from telemachy.core.matching.pairs import Ints, Pairs
from telemachy.core.matching.reasons import Reason


class GroupShortage(Exchanges):
    """Answers about groups, each with `least` learners, or not running.

    Parameters
    ----------
    pairs, seats, chosen : as `Shortage` takes them; the seats that free learners hold
    least : int64 (n_mentors,)
        The smallest group of each mentor.
    load : int64 (n_mentors,)
        Learners of each group, those locked included.
    """

    def __init__(self, pairs: Pairs, seats: Ints, chosen: Ints, least: Ints, load: Ints) -> None:
        runs = load > 0
        super().__init__(pairs.keep(runs[pairs.mentor]), seats, chosen)
        self._all_pairs, self._least, self._runs = pairs, least, runs
        self._n_missing = least - n_waiting(pairs, chosen)

    def why_left(self, learner: int) -> Reason:
        """Return who competes for the groups that run, and how many learners the nearest other one lacks."""
        row = slice(*self._all_pairs.indptr[learner : learner + 2].tolist())
        in_reach = self._all_pairs.mentor[row]
        closed = in_reach[~self._runs[in_reach]]
        competition = self.competition(learner)
        if not len(closed):
            return competition.reason("circles_full")
        nearest = closed[self._n_missing[closed].argmin()]
        short = {"n_missing": int(self._n_missing[nearest]), "least": int(self._least[nearest])}
        if len(closed) == len(in_reach):
            return Reason("circles_short", short)
        return Reason("circles_full_or_short", competition.facts() | short)


def one_more(pairs: Pairs, capacity: Ints, chosen: Ints, least: int, load: Ints) -> Ints:
    """Return int64 (n_mentors,): learners whom another mentor like each would match, with a group as large.

    At the least: such a group takes learners who are left over, and to start it may draw others from groups
    that stay large enough without them, one from each seat above the smallest size. A group that runs below
    the smallest size because of locks would not start again.

    Parameters
    ----------
    pairs : Pairs
        Candidates of the learners who may move.
    capacity, load : int64 (n_mentors,)
        Largest group of each mentor, and its learners, those locked included.
    least : the smallest group
    chosen : int64 (n_learners,)
        Their mentors, -1 where unmatched.
    """
    waiting, learner = n_waiting(pairs, chosen), pairs.learner()
    has = chosen[learner] >= 0
    group, willing = np.unique(chosen[learner[has]] * pairs.n_mentors + pairs.mentor[has], return_counts=True)
    to_spare = np.maximum(load - least, 0)[group // max(pairs.n_mentors, 1)]
    drawn = np.bincount(
        group % max(pairs.n_mentors, 1), weights=np.minimum(to_spare, willing), minlength=pairs.n_mentors
    )
    can_start = (waiting > 0) & (waiting + drawn >= least) & (capacity >= least)
    return np.where(can_start, np.minimum(waiting, capacity), 0)


def n_waiting(pairs: Pairs, chosen: Ints) -> Ints:
    """Return int64 (n_mentors,): unmatched learners in reach of each mentor."""
    return np.bincount(pairs.mentor[chosen[pairs.learner()] < 0], minlength=pairs.n_mentors)
