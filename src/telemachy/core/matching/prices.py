"""What one more seat would add, and the proof that nothing better exists."""

from __future__ import annotations

from collections.abc import Callable
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

    The prices p and u_i = max(0, max_m(w_im - p_m)) are feasible for the dual linear programme, so
    sum(seats p) + sum(u) bounds every matching from above (weak duality; Kuhn 1955, Bertsekas 1988).

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
    price = seat_prices(pairs, chosen)
    surplus = np.zeros(pairs.n_learners, dtype=np.int64)
    np.maximum.at(surplus, pairs.learner(), worth - price[pairs.mentor])
    bound = int((seats * price).sum() + surplus.sum())
    return Certificate(price, bound, int(_held(pairs, chosen).sum()))


def seat_prices(pairs: Pairs, chosen: Ints, passed_on: Callable[[Ints], Ints] = lambda price: price) -> Ints:
    """Return int64 (n_mentors,): what one more seat of each mentor adds to the worth of an optimal matching.

    A new seat is worth the best chain of moves it sets off: somebody unmatched takes it, or somebody matched
    moves in and frees a seat that is worth something in turn, or it stays empty. Those are longest paths in
    the residual graph, found by Bellman and Ford's method; an optimal matching has no improving
    cycle, so it ends after at most n_mentors rounds.

    Parameters
    ----------
    pairs, chosen : as `certify` takes them
    passed_on : callable
        Raises prices (n_mentors,) to what a seat is worth where it may be handed on to another column.
    """
    worth, held = pairs.steps + bonus(pairs.n_learners), _held(pairs, chosen)
    learner = pairs.learner()
    order = np.argsort(pairs.mentor, kind="stable")
    mentor, step = pairs.mentor[order], (worth - held[learner])[order]
    frees = np.where(chosen >= 0, chosen, pairs.n_mentors)[learner][order]
    starts = np.flatnonzero(np.diff(mentor, prepend=-1))
    price = np.zeros(pairs.n_mentors + 1, dtype=np.int64)  # the last entry: nothing is freed
    for _ in range(pairs.n_mentors + 1) if len(starts) else ():
        better = price[:-1].copy()
        better[mentor[starts]] = np.maximum(
            better[mentor[starts]], np.maximum.reduceat(step + price[frees], starts)
        )
        better = passed_on(better)
        if (better == price[:-1]).all():
            break
        price[:-1] = better
    return price[:-1]


def _held(pairs: Pairs, chosen: Ints) -> Ints:
    """Return (n_learners,) what each learner's present pair is worth, 0 for none."""
    return np.where(chosen >= 0, pairs.steps_of(chosen) + bonus(pairs.n_learners), 0)
