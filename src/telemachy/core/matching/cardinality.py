"""How many learners can be matched at most, and which mentors are why not more."""

from __future__ import annotations

import numpy as np

from telemachy.core.matching.compiled import Array, compiled
from telemachy.core.matching.seating import Columns, Rows, Seating, other, steps


@compiled
def greedy(rows: Rows, order: Array, now: Seating) -> None:
    """Give each learner in turn the best mentor with an open seat."""
    first, holder, n_held = now.first, now.holder, now.n_held
    for i in order:
        best, at = -1, -1
        for e in range(rows.indptr[i], rows.indptr[i + 1]):
            j = other(rows.pair[e])
            if n_held[j] < first[j + 1] - first[j] and steps(rows.pair[e]) > best:
                best, at = steps(rows.pair[e]), j
        if at >= 0:
            holder[first[at] + n_held[at]] = i
            n_held[at] += 1
            now.mate[i] = at


@compiled
def fill(columns: Columns, now: Seating) -> None:
    """Fill as many open seats as possible by shortest augmenting paths that start from the seats.

    Where more learners wait than seats are open, such a path is short. A search that fails has met only
    mentors whose seats nobody who waits can come to; they are left out from then on.
    """
    first, holder, n_held, seat, mate = now.first, now.holder, now.n_held, now.seat, now.mate
    n_mentors = len(n_held)
    seen = np.zeros(n_mentors, dtype=np.bool_)
    leaves = np.empty(n_mentors, dtype=np.int32)
    goes_to = np.empty(n_mentors, dtype=np.int32)
    met = np.empty(n_mentors, dtype=np.int32)
    for source in range(n_mentors):
        while n_held[source] < first[source + 1] - first[source] and not seen[source]:
            met[0], n_met, head, comes, k = source, 1, 0, np.int64(-1), np.int64(source)
            seen[source] = True
            while head < n_met and comes < 0:
                k = np.int64(met[head])
                head += 1
                for e in range(columns.start[k], columns.start[k + 1]):
                    i = other(columns.pair[e])
                    j = np.int64(mate[i])
                    if j < 0:
                        comes = i
                        break
                    if not seen[j]:
                        seen[j] = True
                        leaves[j], goes_to[j] = i, k
                        met[n_met] = j
                        n_met += 1
            if comes < 0:
                break
            for t in range(n_met):
                seen[met[t]] = False
            while k != source:
                i = np.int64(leaves[k])
                free = seat[i]
                holder[free] = comes
                seat[comes], mate[comes] = free, k
                comes, k = i, np.int64(goes_to[k])
            free = first[source] + n_held[source]
            n_held[source] += 1
            holder[free] = comes
            seat[comes], mate[comes] = free, source


@compiled
def augment(rows: Rows, order: Array, now: Seating) -> Array:
    """Match as many learners as possible by shortest augmenting paths; return who cannot get more seats.

    A search that fails has met only full mentors whose learners can go nowhere else. No later path
    enters there, so those mentors are left out from then on: each is searched in vain once. What remains
    marked is the over-demanded part of Dulmage and Mendelsohn (1958): the mentors with too few seats.

    Returns
    -------
    bool (n_mentors,)
        Mentors reached by an alternating path from an unmatched learner.
    """
    first, holder, n_held, seat, mate = now.first, now.holder, now.n_held, now.seat, now.mate
    n_mentors = len(n_held)
    seen = np.zeros(n_mentors, dtype=np.bool_)
    via = np.empty(n_mentors, dtype=np.int32)
    met = np.empty(n_mentors, dtype=np.int32)
    for source in order:
        if mate[source] >= 0:
            continue
        i, n_met, head, at, stop, free = np.int64(source), 0, 0, np.int64(0), np.int64(0), -1
        while True:
            # Look at one learner: the source first, then everybody with the mentor who was met first.
            for e in range(rows.indptr[i], rows.indptr[i + 1]):
                j = other(rows.pair[e])
                if seen[j]:
                    continue
                seen[j] = True
                met[n_met] = j
                n_met += 1
                via[j] = i
                if n_held[j] < first[j + 1] - first[j]:
                    free = j
                    break
            while at == stop and head < n_met:
                at, stop = first[met[head]], first[met[head]] + n_held[met[head]]
                head += 1
            if free >= 0 or at == stop:
                break
            i = np.int64(holder[at])
            at += 1
        if free < 0:
            continue
        for t in range(n_met):
            seen[met[t]] = False
        free_seat = first[free] + n_held[free]
        n_held[free] += 1
        j = np.int64(free)
        while j >= 0:
            i = via[j]
            left, left_slot = np.int64(mate[i]), seat[i]
            holder[free_seat] = i
            seat[i], mate[i] = free_seat, j
            j, free_seat = left, left_slot
    return seen
