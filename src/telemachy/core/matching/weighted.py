"""Assignment by whole-number worths of any size, for objectives that put something before the score.

`assignment.best` knows two levels, matched learners and scores of at most one. Where a third stands between
them (a group's first seats, say) its worth goes into the numbers, and scipy solves them.
"""

from __future__ import annotations

import numpy as np

from telemachy.core.matching import assignment
from telemachy.core.matching.pairs import STEPS, Ints, Pairs

#: Up to this many learner-seat cells (8 bytes each) the dense solver is used; it is the faster one there.
DENSE_CELLS = 4_000_000


def level(n_learners: int, most: int = STEPS) -> int:
    """Return a worth that no sum of `n_learners` worths of at most `most` reaches."""
    return (most + 1) * (n_learners + 1)


def heaviest(pairs: Pairs, seats: Ints, seed: int) -> Ints:
    """Return each learner's mentor (-1: none) so that the sum of `pairs.steps` is the largest.

    Pairs worth 0 or less are never needed and never taken.

    Parameters
    ----------
    pairs : Pairs
        Candidates; `steps` are worths, whole numbers whose sum over a matching stays below 2**53.
    seats : int64 (n_mentors,)
        Seats of each mentor, 0 allowed.
    seed : int
        Decides among equally good matchings.

    Notes
    -----
    A column per seat and one per learner for "unmatched": shortest augmenting paths, dense (Crouse 2016)
    or sparse (Jonker & Volgenant 1987).
    """
    pairs = pairs.keep((pairs.steps > 0) & (seats[pairs.mentor] > 0))
    n = pairs.n_learners
    useful = np.minimum(seats, np.bincount(pairs.mentor, minlength=pairs.n_mentors))
    shuffle = np.random.default_rng(seed)
    row_of, column_of = shuffle.permutation(n), shuffle.permutation(int(useful.sum()))
    if not len(pairs.mentor):
        return np.full(n, -1, dtype=np.int64)
    n_copies = useful[pairs.mentor]
    pair = np.repeat(np.arange(len(pairs.mentor)), n_copies)
    copy = np.arange(len(pair)) - np.repeat(np.cumsum(n_copies) - n_copies, n_copies)
    first_seat = np.cumsum(useful) - useful
    row, column = row_of[pairs.learner()[pair]], column_of[first_seat[pairs.mentor[pair]] + copy]
    mentor_of = np.empty(len(column_of), dtype=np.int64)
    mentor_of[column_of] = np.repeat(np.arange(pairs.n_mentors), useful)
    solve = _dense if n * len(mentor_of) <= DENSE_CELLS else _sparse
    seat = solve(row, column, pairs.steps[pair].astype(np.int64), n, len(mentor_of))
    return np.where(seat >= 0, mentor_of[seat], -1)[row_of]


def most_of_any_number(pairs: Pairs, seats: Ints, seed: int) -> int:
    """Return a total of steps that no matching exceeds, however many learners it has.

    Every learner may also take a seat worth nothing, so that the most learners come of themselves.
    """
    n, n_mentors = pairs.n_learners, pairs.n_mentors
    mentor = np.insert(pairs.mentor, pairs.indptr[1:], n_mentors)
    steps = np.insert(pairs.steps, pairs.indptr[1:], 0)
    wider = Pairs(pairs.indptr + np.arange(n + 1), mentor, steps, n_mentors + 1)
    nobody = np.full(n, -1, dtype=np.int64)
    return round(assignment.best(wider, np.append(seats, n), nobody, seed).upper_bound * STEPS)


def _dense(row: Ints, column: Ints, worth: Ints, n: int, n_seats: int) -> Ints:
    # Loaded here: it takes longer to load than most pools to match.
    from scipy.optimize import linear_sum_assignment

    cells = np.zeros((n, n_seats))
    cells[row, column] = worth
    found, seat = linear_sum_assignment(cells, maximize=True)
    taken = np.full(n, -1, dtype=np.int64)
    real = cells[found, seat] > 0
    taken[found[real]] = seat[real]
    return taken


def _sparse(row: Ints, column: Ints, worth: Ints, n: int, n_seats: int) -> Ints:
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    # The solver drops cells of cost 0, so costs start at 1.
    unmatched = int(worth.max()) + 1
    cost = np.concatenate([unmatched - worth, np.full(n, unmatched)]).astype(np.float64)
    rows, columns = np.concatenate([row, np.arange(n)]), np.concatenate([column, n_seats + np.arange(n)])
    cells = csr_array((cost, (rows, columns)), shape=(n, n_seats + n))
    found, seat = min_weight_full_bipartite_matching(cells)
    taken = np.full(n, -1, dtype=np.int64)
    real = seat < n_seats
    taken[found[real]] = seat[real]
    return taken
