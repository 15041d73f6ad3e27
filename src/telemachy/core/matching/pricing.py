"""Make the candidates of a large pool good enough, and prove how good, without ever holding all pairs.

The prices of the seats in the best matching of the candidates tell which pairs were missed: a pair that is
worth more than the learner's profit and the mentor's price together could improve the matching, any other
could not. All pairs are scored against the prices, those that could are added, and the pool is matched again
(column generation: Ford & Fulkerson 1958; Dantzig & Wolfe 1960). The same look bounds every matching of all
pairs, by weak duality.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from telemachy.core.matching import assignment
from telemachy.core.matching.assignment import Assignment
from telemachy.core.matching.blocks import Array, Work
from telemachy.core.matching.candidate_pairs import Candidates, joined
from telemachy.core.matching.columns import Ints
from telemachy.core.matching.pairs import STEPS
from telemachy.core.matching.solver import bonus
from telemachy.core.matching.tables import Direction, Pool

#: How often all pairs are looked at for a higher total; how often at most, while more learners might be
#: matched; and the relative distance from the bound that is near enough to stop.
ROUNDS, MOST_ROUNDS, NEAR = 3, 8, 5e-4

#: The gap that is allowed to a matching of the candidates alone.
_EXACTNESS = 1e-3

#: Pairs added for one learner in one look.
N_ADDED = 8

#: In a look, a seat that would match one more learner costs more than any price in scores.
_DEAR = np.float32(64)


def matched(pool: Pool, found: Candidates, kept: Ints, work: Work) -> tuple[Candidates, Assignment]:
    """Return the best matching of the candidates and of the pairs they missed, with its bound over all pairs.

    Parameters
    ----------
    kept : int64 (n_learners,)
        The mentor of each locked learner, -1 for others.

    Returns
    -------
    The candidates with those added, and the matching; `upper_bound` and `gap` are over all pairs.
    """
    direction, seed = Direction(pool), pool.features.problem.seed
    result = assignment.best(found.pairs(), found.capacity, kept, seed, _EXACTNESS)
    n_for_total = 0
    for number in range(MOST_ROUNDS):
        look = _Look(direction, found, result, kept)
        shares = (0.8 + 0.2 * number / MOST_ROUNDS, 0.8 + 0.2 * (number + 1) / MOST_ROUNDS)
        blocks = list(work.each(f"look{number}", len(look.free), direction.block_size, look.at, share=shares))
        bound = look.bound(sum(int(profit.sum()) for *_, profit in blocks))
        result = _bounded(result, bound, len(found.n_eligible))
        missed = [(learner, mentor, score) for learner, mentor, score, _ in blocks if len(learner)]
        if result.gap <= NEAR or not missed or n_for_total == ROUNDS:
            break
        n_for_total += bound < (result.n_matched + 1) * bonus(len(found.n_eligible))
        found = joined(pool, [found.listed(), *missed], found.n_eligible, found.recall)
        again = assignment.best(found.pairs(), found.capacity, kept, seed, _EXACTNESS)
        result = _bounded(again, bound, len(found.n_eligible))
    # Only around the best matching of the pairs held can it be told what a swap costs.
    best = assignment.best(found.pairs(), found.capacity, kept, seed)
    return found, _bounded(best, bound, len(found.n_eligible))


class _Look:
    """All pairs against the prices of a matching, in worths of (matched learners x bonus + steps)."""

    def __init__(self, direction: Direction, found: Candidates, result: Assignment, kept: Ints) -> None:
        self._direction = direction
        self._bonus = bonus(len(kept))
        # Where all seats are taken, one seat more of anybody is what could match one more learner.
        all_taken = result.n_matched == found.capacity.sum()
        extra = np.ones_like(result.extra_matched) if all_taken else result.extra_matched
        self._cost = (result.price + _DEAR * extra).astype(np.float32)
        steps = np.rint(result.price * STEPS).astype(np.int64)
        self._price = np.maximum(extra.astype(np.int64) * self._bonus + steps, 0)
        self.free = np.flatnonzero(kept < 0)
        locked = np.flatnonzero(kept >= 0)
        pairs = found.pairs()
        worth = pairs.steps + self._bonus - self._price[pairs.mentor]
        self._profit = np.zeros(len(kept), dtype=np.int64)
        np.maximum.at(self._profit, pairs.learner(), worth)
        seats = found.capacity - np.bincount(kept[locked], minlength=len(found.capacity))
        locked_steps = int(pairs.steps_of(kept)[locked].sum())
        self._fixed = int((seats * self._price).sum()) + locked_steps + self._bonus * len(locked)

    def at(self, rows: slice) -> tuple[Array, ...]:
        """Return learner, mentor and score of the pairs that were missed, and each learner's profit."""
        learners = self.free[rows]
        mentor, score, _ = self._direction.best(learners, N_ADDED, self._cost)
        steps = np.rint(np.maximum(score, 0).astype(np.float64) * STEPS).astype(np.int64)
        worth = np.where(mentor >= 0, steps + self._bonus - self._price[mentor], 0)
        at, place = np.nonzero(worth > self._profit[learners][:, None])
        return (
            learners[at].astype(np.int32),
            mentor[at, place].astype(np.int32),
            score[at, place],
            np.maximum(self._profit[learners], worth.max(axis=1)),
        )

    def bound(self, profit: int) -> int:
        """Return what no matching of all pairs can be worth more than, given the learners' profits."""
        return self._fixed + profit


def _bounded(result: Assignment, bound: int, n_learners: int) -> Assignment:
    """Return the result with a bound over all pairs.

    Where more learners might be matched than were, the score of as many learners is bounded by 1 each.
    """
    most = min(bound - result.n_matched * bonus(n_learners), result.n_matched * STEPS)
    total = round(result.total_score * STEPS)
    return replace(
        result,
        upper_bound=most / STEPS,
        gap=(most - total) / most if most else 0.0,
        is_optimal=most == total,
    )
