"""What one more seat would add, and the proof that nothing better exists."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from telemachy.core.matching.pairs import Ints, Pairs
from telemachy.core.matching.solver import bonus


@dataclass(frozen=True, slots=True)
class Certificate:
    """Seat prices and the bound they prove, in worths of (matched learners x bonus + steps)."""

    price: Ints
    bound: int
    worth: int


def certify(pairs: Pairs, seats: Ints, chosen: Ints) -> Certificate:
    """Price every mentor's next seat and bound the worth of every possible matching.

    A new seat is worth the best chain of moves it sets off: somebody unmatched takes it, or somebody matched
    moves in and frees a seat that is worth something in turn, or it stays empty. Those are longest paths in
    the residual graph, found by Bellman and Ford's method; an optimal matching has no improving
    cycle, so it ends after at most n_mentors rounds. The prices p and u_i = max(0, max_m(w_im - p_m))
    are feasible for the dual linear programme, so sum(seats p) + sum(u) bounds every matching from above
    (weak duality; Kuhn 1955, Bertsekas 1988).

    Parameters
    ----------
    pairs : Pairs
        The candidates of the learners that may move.
    seats : int64 (n_mentors,)
        Seats open to them.
    chosen : int64 (n_learners,)
        The matching, -1 where unmatched.
    """
    worth = pairs.steps + bonus(pairs.n_learners)
    learner = pairs.learner()
    has = chosen >= 0
    held = np.where(has, pairs.steps_of(chosen) + bonus(pairs.n_learners), 0)
    order = np.argsort(pairs.mentor, kind="stable")
    mentor, step = pairs.mentor[order], (worth - held[learner])[order]
    frees = np.where(has, chosen, pairs.n_mentors)[learner][order]
    starts = np.flatnonzero(np.diff(mentor, prepend=-1))
    price = np.zeros(pairs.n_mentors + 1, dtype=np.int64)  # the last entry: nothing is freed
    for _ in range(pairs.n_mentors + 1):
        if not len(starts):
            break
        best = np.maximum.reduceat(step + price[frees], starts)
        better = best > price[mentor[starts]]
        if not better.any():
            break
        price[mentor[starts][better]] = best[better]
    price = price[:-1]
    surplus = np.zeros(pairs.n_learners, dtype=np.int64)
    np.maximum.at(surplus, learner, worth - price[pairs.mentor])
    return Certificate(price, int((seats * price).sum() + surplus.sum()), int(held.sum()))
