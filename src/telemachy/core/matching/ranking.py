"""The inner loop of candidate search, compiled: score one person against everybody opposite, keep the best.

This is the second way of evaluating a score (`scoring.Scorer.values` is the first); it reads the tables that
`tables.Direction` makes from the same definitions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numba
import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from telemachy.core.matching.tables import Csr, Curve, Kinds, Shared

Floats = npt.NDArray[np.float32]
Positions = npt.NDArray[np.int64]

#: People opposite who are looked at together: few enough to stay in the fastest cache.
TILE = 128


@numba.njit(cache=True, nogil=True, error_model="numpy", fastmath={"nnan", "nsz"})
def best_columns(
    rows: Positions,
    k: int,
    levels: Kinds,
    places: Kinds,
    skills: Shared,
    goals: Shared,
    curve: Curve,
    pairs: Csr,
    cost: Floats,
    seed: int,
) -> tuple[npt.NDArray[np.int64], Floats, npt.NDArray[np.int64]]:
    """Return the k best columns of each row, their scores less `cost`, and how many columns are possible.

    Parameters
    ----------
    rows : int64 (n_rows,)
        Positions in the row side; the kinds of `levels` and `places` are given for these rows alone.
    pairs : Csr
        Adds to single pairs; -inf keeps a pair apart, as it does in the tables and, as inf, in `cost`.
    cost : float32 (n_columns,)
        Taken off every score of a column.
    seed : int
        Where the look through the columns begins differs by row, so that equal scores do not favour anybody.

    Returns
    -------
    int64 (n_rows, k) columns in no order, -1 where fewer are possible; float32 (n_rows, k); int64 (n_rows,)
    """
    n_columns = len(cost)
    found = np.full((len(rows), k), -1, dtype=np.int64)
    score = np.full((len(rows), k), -np.inf, dtype=np.float32)
    n_possible = np.zeros(len(rows), dtype=np.int64)
    added = np.zeros(n_columns, dtype=np.float32)
    like = np.zeros(n_columns, dtype=np.float32)
    tile = np.zeros(TILE, dtype=np.float32)
    n_tiles = (n_columns + TILE - 1) // TILE
    for at in range(len(rows)):
        row = rows[at]
        _add_shared(added, skills, row)
        _add_shared(like, goals, row)
        for x in range(pairs.indptr[row], pairs.indptr[row + 1]):
            added[pairs.place[x]] += pairs.value[x]
        by_level, by_place = levels.table[levels.row_kind[at]], places.table[places.row_kind[at]]
        n_found, lowest, threshold, possible = 0, 0, np.float32(-np.inf), 0
        first = (row * 7919 + seed) % n_tiles
        for t in range(n_tiles):
            start = ((t + first) % n_tiles) * TILE
            size = min(TILE, n_columns - start)
            top = np.float32(-np.inf)
            for x in range(size):
                column = start + x
                likeness = like[column]
                value = by_level[levels.column_kind[column]] + by_place[places.column_kind[column]]
                value += added[column] + curve.weight * (likeness / (likeness + curve.typical))
                value -= cost[column]
                added[column] = 0
                like[column] = 0
                tile[x] = value
                top = max(top, value)
                possible += value > -np.inf
            if top <= threshold:
                continue
            for x in range(size):
                if tile[x] > threshold:
                    place = lowest if n_found == k else n_found
                    found[at, place], score[at, place] = start + x, tile[x]
                    n_found = min(n_found + 1, k)
                    if n_found == k:
                        lowest = 0
                        for y in range(1, k):
                            if score[at, y] < score[at, lowest]:
                                lowest = y
                        threshold = score[at, lowest]
        n_possible[at] = possible
    return found, score, n_possible


@numba.njit(cache=True, nogil=True, error_model="numpy")
def _add_shared(total: Floats, shared: Shared, row: int) -> None:
    for x in range(shared.rows.indptr[row], shared.rows.indptr[row + 1]):
        term, value = shared.rows.place[x], shared.rows.value[x]
        if shared.dense_row[term] >= 0:
            dense = shared.dense[shared.dense_row[term]]
            for column in range(len(total)):
                total[column] += value * dense[column]
        else:
            for y in range(shared.columns.indptr[term], shared.columns.indptr[term + 1]):
                total[shared.columns.place[y]] += value * shared.columns.value[y]
