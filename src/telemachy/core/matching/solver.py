"""The solver seam: the one module that knows how pairs are found."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from telemachy.core.matching.pairs import STEPS, Bools, Ints, Pairs

#: Up to so many learner-seat cells scipy solves: sooner than the engine's compiled code is even loaded.
SMALL = 40_000


@dataclass(frozen=True, slots=True)
class Solution:
    """A matching with its proof, in steps of 1e-4.

    `mentor` is int32 (n_learners,), -1 where unmatched; `total` the sum of its steps; `price` int64
    (n_mentors,); `extra` int32 (n_mentors,): how many more learners (0 or 1) one more seat would match; no
    matching of as many learners totals more than `bound`.
    """

    mentor: npt.NDArray[np.int32]
    total: int
    price: Ints
    extra: npt.NDArray[np.int32]
    bound: int


def bonus(n_learners: int) -> int:
    """Return the worth in steps of one more matched learner: more than any sum of scores can outweigh.

    Four times the largest possible total, so that differences of totals can be told from differences
    of matched learners (see `split`).
    """
    return 4 * STEPS * (n_learners + 1)


def split(worth: Ints, n_learners: int) -> tuple[Ints, Ints]:
    """Take worths of (learners x bonus + steps) apart into learners and steps."""
    unit = bonus(n_learners)
    n_matched = np.rint(worth / unit).astype(np.int64)
    return n_matched, worth - n_matched * unit


def solve(pairs: Pairs, seats: Ints, active: Bools, seed: int, gap: float | None) -> Solution:
    """Match the `active` learners: as many as possible, then for the highest total of steps.

    Parameters
    ----------
    pairs : Pairs
        The candidates, steps from 0 to 10,000.
    seats : int64 (n_mentors,)
        Free seats of each mentor, 0 allowed.
    active : bool (n_learners,)
        Who takes part; the others stay unmatched and take no seat.
    seed : int
        Decides among ties.
    gap : float, optional
        The largest relative gap between total and bound; None for the proven optimum.
    """
    if pairs.n_learners * int(np.minimum(seats, pairs.n_learners).sum()) <= SMALL:
        return _solve_small(pairs.keep(active[pairs.learner()]).wide(), seats, seed)
    from telemachy.core.matching.engine import Engine

    return Engine(pairs.compact(), seats, active, seed).solve(gap)


def warm_up() -> None:
    """Compile the engine, or load it from numba's cache, so that no run waits for it."""
    from telemachy.core.matching import seating
    from telemachy.core.matching.engine import Engine

    rng = np.random.default_rng(0)
    for n_seats in (1, 4):
        n_learners, n_mentors = 60, 20
        pairs = Pairs(
            np.arange(n_learners + 1) * n_mentors,
            np.tile(np.arange(n_mentors, dtype=np.int32), n_learners),
            rng.integers(0, 50, n_learners * n_mentors).astype(np.uint16),
            n_mentors,
        )
        seats = np.full(n_mentors, n_seats)
        seats[0] = 0  # to be priced all the same
        engine = Engine(pairs, seats, np.ones(n_learners, dtype=bool), 0)
        for width in (np.uint32, np.uint64):  # the wider one serves pools of more than 262,144 learners
            engine.columns = seating.columns(engine.rows, engine.order, n_mentors, width)
            engine.solve(None)
    part = engine.parts(1, 1)[0]
    part.now.price[part.seats > 0] += 1  # a price too high is what the last kernel mends
    part.make_exact()
    _warm_up_swaps()


def _warm_up_swaps() -> None:
    from telemachy.core.matching.swap_search import SwapSearch

    both = Pairs(np.array([0, 2, 4]), np.array([0, 1, 0, 1]), np.array([9, 5, 5, 9]), 2)
    one_each = np.ones(2, dtype=np.int64)
    SwapSearch(both, one_each, np.array([0, 1]), np.zeros(2, dtype=np.int64), True).cost(0, 1)


def _solve_small(pairs: Pairs, seats: Ints, seed: int) -> Solution:
    """Solve by shortest augmenting paths on a dense table (Crouse 2016) with a column per seat."""
    from telemachy.core.matching import prices

    chosen = _shortest_paths(pairs, seats, seed)
    proof = prices.certify(pairs, seats, chosen)
    extra, price = split(proof.price, pairs.n_learners)
    total = int(pairs.steps_of(chosen).sum())
    return Solution(
        chosen.astype(np.int32), total, price, extra.astype(np.int32), total + proof.bound - proof.worth
    )


def _shortest_paths(pairs: Pairs, seats: Ints, seed: int) -> Ints:
    """Return each learner's mentor; learners and mentors are shuffled so that ties favour nobody."""
    from scipy.optimize import linear_sum_assignment

    shuffle = np.random.default_rng(seed)
    row_of, rank_of = shuffle.permutation(pairs.n_learners), shuffle.permutation(pairs.n_mentors)
    useful = np.minimum(seats, np.bincount(pairs.mentor, minlength=pairs.n_mentors))
    mentor_of_seat = np.repeat(np.argsort(rank_of), useful[np.argsort(rank_of)])
    by_mentor = np.zeros((pairs.n_learners, pairs.n_mentors))
    by_mentor[row_of[pairs.learner()], pairs.mentor] = pairs.steps + bonus(pairs.n_learners)
    row, seat = linear_sum_assignment(by_mentor[:, mentor_of_seat], maximize=True)
    chosen = np.full(pairs.n_learners, -1, dtype=np.int64)
    real = by_mentor[row, mentor_of_seat[seat]] > 0
    chosen[row[real]] = mentor_of_seat[seat[real]]
    return chosen[row_of]
