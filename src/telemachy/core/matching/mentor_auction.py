"""Auctions in which mentors bid for learners: where seats are short, and for the last open seats.

The other side of `auction`, with the same rules. A column can be long, and most of it is out of the question
at every bid: each mentor keeps a short list of the best learners. Profits only rise here, so whoever is not
listed never becomes worth more, and the column is looked at again only when too little of the list is left.
"""

from __future__ import annotations

import numpy as np

from telemachy.core.matching.auction import LARGEST_RISE, LIMIT, LOWER_HALF, largest
from telemachy.core.matching.compiled import Array, compiled, prefetch
from telemachy.core.matching.seating import Columns, Seating, fetch, other, steps

#: A list has at most so many learners, and at least so many if it ends above others; mentors with more than
#: so many seats have none, because their own learners are listed, too: the next best once they are lost.
LISTED, FEWEST, MOST_SEATS = 16, 9, 8
#: How many epsilons below the best learner a list ends, until a mentor's column tells better.
NEAR = 16


@compiled
def mentors_bid(
    columns: Columns, profit: Array, unit: int, epsilon: int, floor: int, budget: int, now: Seating
) -> bool:
    """Let mentors with open seats bid for learners; return whether all of them are content.

    A mentor bids for as many learners at once as seats are open, and raises each one's profit to where the
    best learner left out is worth as much, plus `epsilon`; that worth is the price of the seats from then on.
    No learner is worth less than `floor` to a mentor: 0 where seats may stay open. `profit`, in int32, rises;
    of a learner who takes no part it is 2 LIMIT. Of `now` only `mate`, `gain` and `price` are kept up.
    """
    n_mentors = len(now.price)
    state = _side_by_side(profit, now.mate)
    n_open = np.empty(n_mentors, dtype=np.int32)
    queue = np.empty(n_mentors, dtype=np.int32)
    waits = np.zeros(n_mentors, dtype=np.bool_)
    n_queued, head, widest = 0, 0, LISTED
    for j in range(n_mentors):
        widest = max(widest, columns.start[j + 1] - columns.start[j])
        n_open[j] = now.first[j + 1] - now.first[j] - now.n_held[j]
        if n_open[j] > 0:
            queue[n_queued] = j
            waits[j] = True
            n_queued += 1
    listed = np.empty(n_mentors * LISTED, dtype=columns.pair.dtype)
    n_listed = np.zeros(n_mentors, dtype=np.int32)
    bar = np.full(n_mentors, LIMIT, dtype=np.int32)  # no learner who is not listed is worth more
    reach = np.full(n_mentors, NEAR * epsilon, dtype=np.int32)
    worth = np.empty(widest, dtype=np.int32)
    ranked = np.empty(widest, dtype=np.int64)  # what a learner is worth, and the place in the list
    while n_queued > 0 and budget > 0:
        j = int(queue[head])
        head = head + 1 if head + 1 < n_mentors else 0
        n_queued -= 1
        waits[j] = False
        if n_queued > 1:
            soon, later = int(queue[head]), int(queue[head + 1 if head + 1 < n_mentors else 0])
            prefetch(listed, later * LISTED)
            for t in range(soon * LISTED, soon * LISTED + n_listed[soon]):
                prefetch(state, 2 * other(listed[t]))
            if n_listed[soon] == 0:
                fetch(columns.pair, columns.start[soon], columns.start[soon + 1])
        n_wanted, here, start = n_open[j], j * LISTED, columns.start[j]
        pairs, at = listed, here
        least = max(int(bar[j]), floor + 1)
        n_ranked = rank(listed, here, here + n_listed[j], state, j, unit, least, ranked)
        budget -= LISTED
        if n_ranked <= n_wanted and bar[j] > -LIMIT:
            budget -= columns.start[j + 1] - start
            if now.first[j + 1] - now.first[j] <= MOST_SEATS:
                n_listed[j], bar[j], reach[j] = shortlist(
                    columns.pair, start, columns.start[j + 1], state, j, unit, reach[j], listed, here, worth
                )
                n_ranked = rank(listed, here, here + n_listed[j], state, j, unit, floor + 1, ranked)
            else:
                n_listed[j], bar[j] = 0, LIMIT
                pairs, at = columns.pair, start
                n_ranked = rank(pairs, start, columns.start[j + 1], state, j, unit, floor + 1, ranked)
        level = left_out(ranked, n_ranked, n_wanted, floor)
        now.price[j] = level
        for t in range(min(n_ranked, n_wanted)):
            pair, value = pairs[at + (ranked[t] & LOWER_HALF)], ranked[t] >> 32
            i = other(pair)
            rise = min(min(value - level, LARGEST_RISE * unit) + epsilon, value - floor)
            now.price[j] = max(now.price[j], value - rise)
            k = np.int64(state[2 * i + 1])
            state[2 * i] += rise
            state[2 * i + 1] = j
            n_open[j] -= 1
            if k >= 0:
                n_open[k] += 1
                if not waits[k]:
                    tail = head + n_queued
                    queue[tail if tail < n_mentors else tail - n_mentors] = k
                    waits[k] = True
                    n_queued += 1
            now.gain[i] = steps(pair) * unit
    for i in range(len(profit)):
        profit[i], now.mate[i] = state[2 * i], state[2 * i + 1]
    return n_queued == 0


@compiled
def _side_by_side(profit: Array, mate: Array) -> Array:
    """Return profit and mate of each learner side by side: they share a line of the cache."""
    state = np.empty(2 * len(profit), dtype=np.int32)
    for i in range(len(profit)):
        state[2 * i], state[2 * i + 1] = profit[i], mate[i]
    return state


@compiled
def rank(
    pairs: Array, start: int, stop: int, state: Array, j: int, unit: int, least: int, ranked: Array
) -> int:
    """Write down who sits elsewhere and is worth `least` or more to mentor j; return how many they are."""
    n_ranked = 0
    for t in range(start, stop):
        i = other(pairs[t])
        value = steps(pairs[t]) * unit - state[2 * i]
        ranked[n_ranked] = (value << 32) | np.int64(t - start)
        n_ranked += (state[2 * i + 1] != j) & (value >= least)
    return n_ranked


@compiled
def left_out(ranked: Array, n_ranked: int, n_wanted: int, floor: int) -> int:
    """Put the best `n_wanted` first; return what the best one left out is worth, at least `floor`."""
    if n_wanted == 1 and n_ranked > 1:
        best, second = max(ranked[0], ranked[1]), min(ranked[0], ranked[1])
        for t in range(2, n_ranked):
            second = max(second, min(best, ranked[t]))
            best = max(best, ranked[t])
        ranked[0] = best
        return int(second >> 32)
    if n_ranked > n_wanted:
        return largest(ranked, n_ranked, n_wanted) >> 32
    if floor > -LIMIT // 2 or n_ranked == 0:
        return floor
    return int(ranked[:n_ranked].min() >> 32)  # nobody is left out, and no worth is too small


@compiled
def shortlist(
    pair: Array,
    start: int,
    stop: int,
    state: Array,
    j: int,
    unit: int,
    reach: int,
    listed: Array,
    here: int,
    worth: Array,
) -> tuple[int, int, int]:
    """List the learners of mentor j's column who are worth no less than the best one by more than `reach`.

    Returns
    -------
    How many are listed, what no other learner is worth more than, and the `reach` that lists enough of them.
    """
    n, best = stop - start, -2 * LIMIT
    if n <= LISTED:
        for t in range(n):
            listed[here + t] = pair[start + t]
        return n, -LIMIT, reach
    for t in range(n):
        worth[t] = steps(pair[start + t]) * unit - state[2 * other(pair[start + t])]
    for t in range(n):
        if worth[t] > best and state[2 * other(pair[start + t]) + 1] != j:
            best = worth[t]
    reach, n_above = _reach(worth, n, best, reach)
    n_listed, n_level, end = 0, LISTED - n_above, np.int32(best - reach)
    for t in range(n):
        n_level -= worth[t] == end
        if worth[t] > end or (worth[t] == end and n_level >= 0):
            listed[here + n_listed] = pair[start + t]
            n_listed += 1
    return n_listed, max(best - reach, -LIMIT), max(reach, 1)


@compiled
def _reach(worth: Array, n: int, best: int, reach: int) -> tuple[int, int]:
    """Return how far below the best a list ends, to hold enough and not too many; how many are above that.

    Of those who are worth just as much as where it ends, it has as many as find room.
    """
    too_near, too_far = -1, 2 * LIMIT
    while True:
        n_near, n_above, end = 0, 0, np.int32(best - reach)
        for t in range(n):
            n_near += worth[t] >= end
            n_above += worth[t] > end
        if n_above > LISTED:
            too_far = reach
        elif n_near < FEWEST and reach < LIMIT:
            too_near = reach
        else:
            return reach, n_above
        if too_near < 0:
            reach = too_far // 2
        elif too_far > LIMIT:
            reach = 2 * reach + 1
        else:
            reach = (too_near + too_far) // 2
