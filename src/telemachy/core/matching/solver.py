"""The solver seam: the one module to replace when another engine finds the pairs."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from telemachy.core.matching.pairs import STEPS, Ints, Pairs

#: Up to this many learner-seat cells (8 bytes each) the dense solver is used; it is the faster one there.
DENSE_CELLS = 20_000_000


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


def solve(pairs: Pairs, seats: Ints, seed: int) -> Ints:
    """Return each learner's mentor (-1: none): most learners matched, then the highest total of steps.

    Parameters
    ----------
    pairs : Pairs
        The candidates.
    seats : int64 (n_mentors,)
        Free seats of each mentor, 0 allowed.
    seed : int
        Shuffles learners and mentors before solving, so that ties do not favour whoever is listed first.

    Notes
    -----
    Each seat becomes a column. Dense: scipy's shortest augmenting paths (Crouse 2016, *IEEE Transactions on
    Aerospace and Electronic Systems* 52(4)), where a cell that is no candidate costs as much as staying
    unmatched. Sparse: LAPJVsp (Jonker & Volgenant 1987, *Computing* 38) with a column per learner
    that means "unmatched".
    """
    shuffle = np.random.default_rng(seed)
    row_of, rank_of = shuffle.permutation(pairs.n_learners), shuffle.permutation(pairs.n_mentors)
    useful = np.minimum(seats, np.bincount(pairs.mentor, minlength=pairs.n_mentors))
    ranked = np.zeros_like(useful)
    ranked[rank_of] = useful
    mentor_of_seat = np.repeat(np.argsort(rank_of), ranked)
    rows, worth = row_of[pairs.learner()], pairs.steps + bonus(pairs.n_learners)
    if not len(mentor_of_seat):
        return np.full(pairs.n_learners, -1, dtype=np.int64)
    if pairs.n_learners * len(mentor_of_seat) <= DENSE_CELLS:
        chosen = _solve_dense(rows, pairs, worth, mentor_of_seat)
    else:
        chosen = _solve_sparse(rows, pairs, worth, useful, mentor_of_seat)
    return chosen[row_of]


def _solve_dense(rows: Ints, pairs: Pairs, worth: Ints, mentor_of_seat: Ints) -> Ints:
    by_mentor = np.zeros((pairs.n_learners, pairs.n_mentors))
    by_mentor[rows, pairs.mentor] = worth
    row, seat = linear_sum_assignment(by_mentor[:, mentor_of_seat], maximize=True)
    chosen = np.full(pairs.n_learners, -1, dtype=np.int64)
    real = by_mentor[row, mentor_of_seat[seat]] > 0
    chosen[row[real]] = mentor_of_seat[seat[real]]
    return chosen


def _solve_sparse(rows: Ints, pairs: Pairs, worth: Ints, seats: Ints, mentor_of_seat: Ints) -> Ints:
    seats_by_mentor = np.argsort(mentor_of_seat, kind="stable")
    first_seat = np.concatenate([[0], np.cumsum(seats)])
    n_copies = seats[pairs.mentor]
    pair = np.repeat(np.arange(len(pairs.mentor)), n_copies)
    copy = np.arange(len(pair)) - np.repeat(np.cumsum(n_copies) - n_copies, n_copies)
    column = seats_by_mentor[first_seat[pairs.mentor[pair]] + copy]
    # The solver drops cells of cost 0, so costs start at 1.
    unmatched = int(worth.max(initial=0)) + 1
    n, n_seats = pairs.n_learners, len(mentor_of_seat)
    cost = np.concatenate([unmatched - worth[pair], np.full(n, unmatched)]).astype(np.float64)
    row = np.concatenate([rows[pair], np.arange(n)])
    column = np.concatenate([column, n_seats + np.arange(n)])
    row_found, column_found = min_weight_full_bipartite_matching(
        csr_array((cost, (row, column)), shape=(n, n_seats + n))
    )
    chosen = np.full(n, -1, dtype=np.int64)
    real = column_found < n_seats
    chosen[row_found[real]] = mentor_of_seat[column_found[real]]
    return chosen
