"""Who sits where, which columns a mentor has, and what prices say about profits: passes over flat arrays."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from telemachy.core.matching.compiled import Array, compiled, prefetch

#: A price nobody would pay: these seats belong to the other part of the pool.
NOT_FOR_SALE = 1 << 40


#: How many pairs ahead of its turn a place in memory is asked for.
AHEAD = 12
#: The bytes that come from memory at once.
LINE = 64
#: A pair is one whole number: its steps in the lower bits, so many, and who it is with above them.
STEP_BITS = 14
STEP_MASK = (1 << STEP_BITS) - 1


class Rows(NamedTuple):
    """The pairs by learner: learner i's are `[indptr[i]:indptr[i + 1]]` of `pair`, each with a mentor."""

    indptr: Array
    pair: Array


class Columns(NamedTuple):
    """The pairs of some learners by mentor: mentor j's are `[start[j]:start[j + 1]]`, each with a learner."""

    start: Array
    pair: Array


class Seating(NamedTuple):
    """Who sits where, and at what prices.

    Mentor j's seats are `[first[j]:first[j + 1]]` of `holder` (-1: nobody); the first `n_held[j]` are taken.
    Learner i sits in seat `seat[i]` of mentor `mate[i]` (-1: none), which is worth `gain[i]` steps; `profit`
    is what a learner has of it, `price` what each seat of a mentor costs.
    """

    first: Array
    holder: Array
    n_held: Array
    price: Array
    seat: Array
    mate: Array
    gain: Array
    profit: Array


def nobody_seated(seats: Array, n_learners: int) -> Seating:
    """Return a seating with every seat open and free of charge; mentors without one are not for sale."""
    first = np.zeros(len(seats) + 1, dtype=np.int64)
    np.cumsum(seats, out=first[1:])
    return Seating(
        first=first,
        holder=np.full(first[-1], -1, dtype=np.int32),
        n_held=np.zeros(len(seats), dtype=np.int32),
        price=np.where(seats > 0, 0, NOT_FOR_SALE),
        seat=np.full(n_learners, -1, dtype=np.int32),
        mate=np.full(n_learners, -1, dtype=np.int32),
        gain=np.zeros(n_learners, dtype=np.int32),
        profit=np.full(n_learners, NOT_FOR_SALE, dtype=np.int64),
    )


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


def pair_width(n_others: int) -> type[np.unsignedinteger[Any]]:
    """Return the smallest whole numbers that hold pairs with so many others: less memory to wait for."""
    return np.uint32 if n_others <= 1 << (32 - STEP_BITS) else np.uint64


@compiled
def pack(mentor: Array, steps: Array, pair: Array) -> None:
    """Write every pair as one number."""
    for e in range(len(pair)):
        pair[e] = (np.int64(mentor[e]) << STEP_BITS) | np.int64(steps[e])


@compiled
def other(pair: int) -> int:
    """Return who a pair is with."""
    return np.int64(pair) >> STEP_BITS


@compiled
def steps(pair: int) -> int:
    """Return the steps of a pair."""
    return np.int64(pair) & STEP_MASK


@compiled
def fetch(pair: Array, start: int, stop: int) -> None:
    """Ask for pairs that are looked at soon."""
    for e in range(start, stop - 1, LINE // pair.itemsize):
        prefetch(pair, e)
    prefetch(pair, stop - 1)  # they need not start where a line of the cache does


@compiled
def take_seats(order: Array, now: Seating) -> None:
    """Give everybody of `order` a seat of their mate."""
    for j in range(len(now.n_held)):
        now.n_held[j] = 0
    for i in order:
        j = now.mate[i]
        if j >= 0:
            now.seat[i] = now.first[j] + now.n_held[j]
            now.holder[now.seat[i]] = i
            now.n_held[j] += 1
    for j in range(len(now.n_held)):
        for s in range(now.first[j] + now.n_held[j], now.first[j + 1]):
            now.holder[s] = -1


def columns(rows: Rows, order: Array, n_mentors: int, width: type[np.unsignedinteger[Any]]) -> Columns:
    """Return the pairs of the learners of `order` by mentor, each in so many bits."""
    pair = np.empty(int((rows.indptr[order + 1] - rows.indptr[order]).sum()), dtype=width)
    return Columns(sort_columns(rows, order, n_mentors, pair), pair)


@compiled
def sort_columns(rows: Rows, order: Array, n_mentors: int, pair: Array) -> Array:
    """Write the pairs of the learners of `order` by mentor; return where each mentor's start."""
    start = np.zeros(n_mentors + 2, dtype=np.int64)
    for i in order:
        for e in range(rows.indptr[i], rows.indptr[i + 1]):
            start[other(rows.pair[e]) + 2] += 1
    for j in range(1, n_mentors + 2):
        start[j] += start[j - 1]
    last = len(rows.pair) - 1
    for i in order:
        for e in range(rows.indptr[i], rows.indptr[i + 1]):
            prefetch(pair, start[other(rows.pair[min(e + AHEAD, last)]) + 1])
            j = other(rows.pair[e])
            pair[start[j + 1]] = (np.int64(i) << STEP_BITS) | steps(rows.pair[e])
            start[j + 1] += 1
    return start[:-1]


@compiled
def best_offers(rows: Rows, order: Array, unit: int, floor: int, now: Seating) -> None:
    """Set each learner's profit (the best offer at these prices, at least `floor`) and present steps."""
    for i in order:
        best, own = np.int64(floor), np.int64(0)
        for e in range(rows.indptr[i], rows.indptr[i + 1]):
            j, worth = other(rows.pair[e]), steps(rows.pair[e]) * unit
            best = max(best, worth - now.price[j])
            own = worth if j == now.mate[i] else own
        now.profit[i], now.gain[i] = best, own


@compiled
def best_elsewhere(columns: Columns, unit: int, floor: int, now: Seating) -> None:
    """Set each mentor's price to what the best learner who sits elsewhere would leave, at least `floor`.

    Whatever own learners leave beyond that is theirs: their profits rise.
    """
    for j in range(len(now.n_held)):
        if now.first[j] == now.first[j + 1]:
            continue
        best = np.int64(floor)
        for e in range(columns.start[j], columns.start[j + 1]):
            i = other(columns.pair[e])
            left = steps(columns.pair[e]) * unit - now.profit[i]
            if left > best and now.mate[i] != j:
                best = left
        now.price[j] = best
        for s in range(now.first[j], now.first[j] + now.n_held[j]):
            i = now.holder[s]
            now.profit[i] = max(now.profit[i], now.gain[i] - best)


@compiled
def dismiss(order: Array, epsilon: int, now: Seating) -> int:
    """Unseat everybody whose profit is more than `epsilon` above what their seat leaves; return how many."""
    n_dismissed = 0
    for i in order:
        j = now.mate[i]
        if j >= 0 and now.gain[i] - now.price[j] + epsilon < now.profit[i]:
            now.mate[i], now.gain[i] = -1, 0
            n_dismissed += 1
    return n_dismissed


@compiled
def price_unsold(rows: Rows, order: Array, member: Array, floor: int, now: Seating) -> None:
    """Price mentors without a seat: what their first one would be worth to the learner who wants it most."""
    for j in range(len(now.price)):
        if member[j] and now.first[j + 1] == now.first[j]:
            now.price[j] = floor
    for i in order:
        for e in range(rows.indptr[i], rows.indptr[i + 1]):
            j = other(rows.pair[e])
            if member[j] and now.first[j + 1] == now.first[j]:
                now.price[j] = max(now.price[j], steps(rows.pair[e]) - now.profit[i])
