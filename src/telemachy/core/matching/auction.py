"""Auctions: learners bid for seats (here), or mentors for learners, until everybody's best offer is taken.

After Bertsekas (1988; 1992 for more objects than bidders, with Castañon 1989 for seats that are alike). A
bid outdoes the second-best offer by `epsilon` steps, so every auction ends, and nobody is further than
`epsilon` from their best offer then. Prices, not matchings, carry over from one epsilon to the next.

Prices are int32 here for the sake of the cache; `LIMIT` stops an auction long before they could overflow,
and a budget bounds its time: `chains` finishes what an auction leaves.
"""

from __future__ import annotations

import numpy as np

from telemachy.core.matching.compiled import Array, compiled, prefetch
from telemachy.core.matching.seating import Rows, Seating, fetch, other, steps

#: Prices beyond this mean that the auction is the wrong tool; also the price of a seat that is not for sale.
LIMIT = 1 << 28
#: The most that one bid raises a price: a little more than the largest difference of two scores.
LARGEST_RISE = 10_001
#: So many learners look at their offers before the first of them bids, and pairs are asked for so many times
#: as many learners before their turn.
AT_ONCE, AHEAD = 16, 2
#: The seats of a mentor are a heap in which each has so many seats below: they share a line of the cache.
BRANCHES = 4
#: Below every offer; and what takes the mentor, or the pair, out of an offer.
NO_OFFER, LOWER_HALF = np.int64(-LIMIT << 32), np.int64(0xFFFFFFFF)


@compiled
def offer(rows: Rows, price: Array, i: int, unit: int) -> tuple[int, int]:
    """Return a learner's two best offers: what each leaves in the upper half, its mentor in the lower."""
    best, second = NO_OFFER, NO_OFFER
    for e in range(np.uint64(rows.indptr[i]), np.uint64(rows.indptr[i + 1])):
        j = other(rows.pair[e])
        value = ((steps(rows.pair[e]) * unit - price[np.uint64(j)]) << 32) | j
        second = max(second, min(best, value))
        best = max(best, value)
    return best, second


@compiled
def fill_heaps(price: Array, now: Seating) -> Array:
    """Return price and holder of each seat, side by side: each mentor's seats are a heap, open ones first.

    Nobody's `mate` is known from then on: it is set from the heaps when the bids are over.
    """
    holder, first = now.holder, now.first
    seats = np.empty(2 * len(holder), dtype=np.int32)
    for j in range(len(price)):
        first_open = first[j] < first[j + 1] and holder[first[j + 1] - 1] < 0
        for s in range(first[j], first[j + 1]):
            seats[2 * s] = price[j]
            seats[2 * s + 1] = holder[first[j] + first[j + 1] - 1 - s] if first_open else holder[s]
            if holder[s] >= 0:
                now.mate[holder[s]] = -1
    return seats


@compiled
def learners_bid(
    rows: Rows,
    price: Array,
    queue: Array,
    n_queued: int,
    unit: int,
    epsilon: int,
    floor: int,
    enough: int,
    budget: int,
    now: Seating,
) -> int:
    """Let queued learners bid for seats until no more than `enough` wait; return how many bids that took.

    `price` is what each mentor's cheapest seat costs, in int32; it rises. A learner to whom no seat is worth
    more than `floor` stays out. In the end `mate` holds where everybody sits who does.

    Bids come in rounds: who is outbid in one waits for the next. The next few learners look at their offers
    together, before the first of them bids: while one waits for memory, others are worked on. Who was outdone
    meanwhile looks again; that a second-best offer got dearer only makes a bid smaller than it could be.
    """
    first = now.first
    seats = fill_heaps(price, now)
    bidder, mentor = np.empty(AT_ONCE, dtype=np.int64), np.empty(AT_ONCE, dtype=np.int64)
    asked, rise = np.empty(AT_ONCE, dtype=np.int32), np.empty(AT_ONCE, dtype=np.int64)
    n_bids = np.int64(0)
    while n_queued > enough and n_bids < budget:
        n_round, n_queued, start, asked_for = n_queued, np.int64(0), 0, 0
        while start < n_round and n_bids < budget:
            while asked_for < min(start + (AHEAD + 1) * AT_ONCE, n_round):
                i = np.int64(queue[asked_for])
                fetch(rows.pair, rows.indptr[i], rows.indptr[i + 1])
                asked_for += 1
            n_now, n_bidders = min(AT_ONCE, n_round - start), 0
            for t in range(start, start + n_now):
                i = np.int64(queue[t])
                best, second = offer(rows, price, i, unit)
                j = best & LOWER_HALF
                if best >> 32 > floor:
                    bidder[n_bidders], mentor[n_bidders], asked[n_bidders] = i, j, price[j]
                    rise[n_bidders] = min((best >> 32) - max(second >> 32, floor), LARGEST_RISE * unit)
                    prefetch(first, j)
                    n_bidders += 1
            for t in range(n_bidders):
                prefetch(seats, 2 * first[mentor[t]])
                prefetch(seats, 2 * min(first[mentor[t]] + BRANCHES, first[mentor[t] + 1] - 1))
            for t in range(n_bidders):
                i, j = bidder[t], mentor[t]
                if price[j] - asked[t] > rise[t]:
                    best, second = offer(rows, price, i, unit)
                    if best >> 32 <= floor:
                        continue
                    j = best & LOWER_HALF
                    asked[t] = price[j]
                    rise[t] = min((best >> 32) - max(second >> 32, floor), LARGEST_RISE * unit)
                loser = seats[2 * first[j] + 1]
                replace_first(seats, first[j], first[j + 1], asked[t] + rise[t] + epsilon, i)
                price[j] = seats[2 * first[j]]
                if loser >= 0:
                    queue[n_queued] = loser
                    n_queued += 1
                if price[j] > LIMIT // 2:
                    budget = 0
            n_bids += n_now
            start += n_now
        for t in range(start, n_round):  # given up in the middle of a round
            queue[n_queued] = queue[t]
            n_queued += 1
    for j in range(len(price)):
        for s in range(first[j], first[j + 1]):
            if seats[2 * s + 1] >= 0:
                now.mate[seats[2 * s + 1]] = j
    return n_bids


@compiled
def replace_first(seats: Array, start: int, stop: int, price: int, learner: int) -> None:
    """Sell the cheapest seat, the first one of the heap at `[start:stop]`, to a learner."""
    at = start
    while True:
        below = start + BRANCHES * (at - start) + 1
        if below >= stop:
            break
        for beside in range(below + 1, min(below + BRANCHES, stop)):
            if seats[2 * beside] < seats[2 * below]:
                below = beside
        if seats[2 * below] >= price:
            break
        seats[2 * at], seats[2 * at + 1] = seats[2 * below], seats[2 * below + 1]
        at = below
    seats[2 * at], seats[2 * at + 1] = price, learner


@compiled
def largest(values: Array, n: int, rank: int) -> int:
    """Return the value that has the `rank` largest of `values[:n]` before it, and put them there."""
    low, high = np.int64(0), n - 1
    while low < high:
        pivot = values[(low + high) >> 1]
        left, right = low, high
        while left <= right:
            while values[left] > pivot:
                left += 1
            while values[right] < pivot:
                right -= 1
            if left <= right:
                values[left], values[right] = values[right], values[left]
                left += 1
                right -= 1
        if rank <= right:
            high = right
        elif rank >= left:
            low = left
        else:
            break
    return values[rank]
