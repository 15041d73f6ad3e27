"""Who sits where, which columns a mentor has, and what prices say about profits: passes over flat arrays."""

from __future__ import annotations

import numpy as np

from telemachy.core.matching.compiled import Array, compiled


@compiled
def read_steps(indptr: Array, mentor: Array, score: Array, n_mentors: int, steps: Array) -> bool:
    """Work scores in steps; return False if one is outside [0, 1] or a learner lists a mentor twice."""
    seen_by = np.full(n_mentors, -1, dtype=np.int32)
    for i in range(len(indptr) - 1):
        for e in range(indptr[i], indptr[i + 1]):
            if seen_by[mentor[e]] == i or not 0 <= score[e] <= 1:
                return False
            seen_by[mentor[e]] = i
            steps[e] = np.uint16(np.rint(np.float64(score[e]) * 10_000.0))
    return True


@compiled
def seat(order: Array, mate: Array, slot_start: Array) -> tuple[Array, Array, Array]:
    """Return the holders of each mentor's seats, each learner's seat, and how many seats are held."""
    n_mentors = len(slot_start) - 1
    slot_holder = np.full(slot_start[n_mentors], -1, dtype=np.int32)
    slot_of = np.full(len(mate), -1, dtype=np.int32)
    n_held = np.zeros(n_mentors, dtype=np.int32)
    for i in order:
        j = mate[i]
        if j >= 0:
            slot_of[i] = slot_start[j] + n_held[j]
            slot_holder[slot_of[i]] = i
            n_held[j] += 1
    return slot_holder, slot_of, n_held


@compiled
def columns(
    indptr: Array, mentor: Array, steps: Array, order: Array, n_mentors: int
) -> tuple[Array, Array, Array]:
    """Return the pairs of some learners by mentor: starts, learners, steps."""
    start = np.zeros(n_mentors + 2, dtype=np.int64)
    for i in order:
        for e in range(indptr[i], indptr[i + 1]):
            start[mentor[e] + 2] += 1
    for j in range(1, n_mentors + 2):
        start[j] += start[j - 1]
    learner = np.empty(start[n_mentors + 1], dtype=np.int32)
    worth = np.empty(start[n_mentors + 1], dtype=steps.dtype)
    for i in order:
        for e in range(indptr[i], indptr[i + 1]):
            at = start[mentor[e] + 1]
            start[mentor[e] + 1] += 1
            learner[at], worth[at] = i, steps[e]
    return start[:-1], learner, worth


@compiled
def best_offers(
    indptr: Array,
    mentor: Array,
    steps: Array,
    order: Array,
    price: Array,
    mate: Array,
    floor: int,
    profit: Array,
    gain: Array,
) -> None:
    """Set each learner's profit (the best offer at these prices, at least `floor`) and present steps."""
    for i in order:
        best, own = np.int64(floor), np.int64(0)
        for e in range(indptr[i], indptr[i + 1]):
            j = mentor[e]
            best = max(best, np.int64(steps[e]) - price[j])
            if np.int64(j) == mate[i]:
                own = np.int64(steps[e])
        profit[i], gain[i] = best, own


@compiled
def dismiss(order: Array, price: Array, profit: Array, mate: Array, gain: Array, epsilon: int) -> int:
    """Unseat everybody whose best offer beats their mentor's by more than `epsilon`; return how many."""
    n_dismissed = 0
    for i in order:
        j = mate[i]
        if j >= 0 and gain[i] - price[j] + epsilon < profit[i]:
            mate[i], gain[i] = -1, 0
            n_dismissed += 1
    return n_dismissed


@compiled
def lowest_profits(
    column_start: Array,
    learner: Array,
    steps: Array,
    slot_start: Array,
    slot_holder: Array,
    n_held: Array,
    profit: Array,
    mate: Array,
    gain: Array,
    price: Array,
    floor: int,
) -> None:
    """Set each mentor's price to what the least profitable of their learners leaves them.

    A mentor with an open seat is priced at what the best learner elsewhere would leave, at least `floor`.
    """
    for j in range(len(n_held)):
        n_seats = slot_start[j + 1] - slot_start[j]
        if n_seats == 0:
            continue
        least = np.int64(1) << 60
        for s in range(slot_start[j], slot_start[j] + n_held[j]):
            i = slot_holder[s]
            least = min(least, np.int64(gain[i]) - profit[i])
        if n_held[j] < n_seats:
            least = np.int64(floor)
            for e in range(column_start[j], column_start[j + 1]):
                if mate[learner[e]] != j:
                    least = max(least, np.int64(steps[e]) - profit[learner[e]])
        price[j] = max(least, np.int64(floor))


@compiled
def price_unsold(
    indptr: Array,
    mentor: Array,
    steps: Array,
    order: Array,
    member: Array,
    slot_start: Array,
    profit: Array,
    price: Array,
    floor: int,
) -> None:
    """Price mentors without a seat: what their first one would be worth to the learner who wants it most."""
    for j in range(len(price)):
        if member[j] and slot_start[j + 1] == slot_start[j]:
            price[j] = floor
    for i in order:
        for e in range(indptr[i], indptr[i + 1]):
            j = mentor[e]
            if member[j] and slot_start[j + 1] == slot_start[j]:
                price[j] = max(price[j], np.int64(steps[e]) - profit[i])
