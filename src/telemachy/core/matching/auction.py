"""Auctions: learners bid for seats, or mentors bid for learners, until everybody's best offer is taken.

After Bertsekas (1988; 1992 for more objects than bidders, with Castañon 1989 for seats that are alike). A
bid outdoes the second-best offer by `epsilon` steps, so every auction ends, and nobody is further than
`epsilon` from their best offer then. Prices, not matchings, carry over from one epsilon to the next.

Prices are int32 here for the sake of the cache; `LIMIT` stops an auction long before they could overflow,
and a budget bounds its time: `chains` finishes what an auction leaves.
"""

from __future__ import annotations

import numpy as np

from telemachy.core.matching.compiled import Array, compiled
from telemachy.core.matching.heaps import replace_first
from telemachy.core.matching.seating import Columns, Rows, Seating, fetch

#: Prices beyond this mean that the auction is the wrong tool; also the price of a seat that is not for sale.
LIMIT = 1 << 28
#: The most that one bid raises a price: a little more than the largest difference of two scores.
LARGEST_RISE = 10_001
#: The pairs of the learner so many places behind in the queue are asked for while another one bids.
AHEAD = 3


@compiled
def learners_bid(
    rows: Rows,
    price: Array,
    queue: Array,
    n_queued: int,
    epsilon: int,
    floor: int,
    budget: int,
    now: Seating,
) -> int:
    """Let queued learners bid for seats until nobody waits; return how many still do, at the queue's front.

    `price` is what each mentor's cheapest seat costs, in int32; it rises. Each mentor's seats
    are a heap by price. A learner to whom no seat is worth more than `floor` stays out.
    """
    mate, holder, first = now.mate, now.holder, now.first
    seat_price = np.empty(len(holder), dtype=np.int32)
    for j in range(len(price)):
        seat_price[first[j] : first[j + 1]] = price[j]
        if holder[first[j + 1] - 1] < 0:  # open seats are sold first
            holder[first[j] : first[j + 1]] = holder[first[j] : first[j + 1]][::-1].copy()
    room = len(queue)
    head, n_bids = 0, 0
    while n_queued > 0 and n_bids < budget:
        i = queue[head]
        if n_queued > AHEAD:
            at = head + AHEAD
            fetch(rows, queue[at if at < room else at - room])
        head = head + 1 if head + 1 < room else 0
        n_queued -= 1
        best, second, at = np.int32(-LIMIT), np.int32(-LIMIT), np.int64(-1)
        for e in range(rows.indptr[i], rows.indptr[i + 1]):
            value = np.int32(np.int32(rows.steps[e]) - price[rows.mentor[e]])
            second = max(second, min(best, value))
            at = e if value > best else at
            best = max(best, value)
        n_bids += 1
        if best <= floor:
            continue
        j = np.int64(rows.mentor[at])
        rise = min(np.int64(best) - max(np.int64(second), np.int64(floor)), LARGEST_RISE) + epsilon
        loser = holder[first[j]]
        replace_first(seat_price, holder, first[j], first[j + 1], np.int32(price[j] + rise), i)
        price[j] = seat_price[first[j]]
        mate[i] = j
        if loser >= 0:
            mate[loser] = -1
            tail = head + n_queued
            queue[tail if tail < room else tail - room] = loser
            n_queued += 1
        if price[j] > LIMIT // 2:
            break
    waiting = np.empty(n_queued, dtype=queue.dtype)
    for t in range(n_queued):
        at = head + t
        waiting[t] = queue[at if at < room else at - room]
    queue[:n_queued] = waiting
    return n_queued


@compiled
def largest(values: Array, n: int, rank: int) -> int:
    """Return the value with `rank` of `values[:n]` before it in falling order; reorders them."""
    low, high = 0, n - 1
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


@compiled
def mentors_bid(columns: Columns, profit: Array, epsilon: int, floor: int, budget: int, now: Seating) -> bool:
    """Let mentors with open seats bid for learners; return whether all of them are content.

    A mentor bids for as many learners at once as seats are open, and raises each one's profit to where the
    best learner left out is worth as much, plus `epsilon`. No learner is worth less than `floor` to a mentor:
    0 where seats may stay open. `profit`, in int32, rises; of a learner who takes no part it is LIMIT.
    """
    mate, holder, first, n_held = now.mate, now.holder, now.first, now.n_held
    n_mentors = len(n_held)
    queue = np.empty(n_mentors, dtype=np.int32)
    waits = np.zeros(n_mentors, dtype=np.bool_)
    n_queued, head = 0, 0
    widest = 0
    for j in range(n_mentors):
        widest = max(widest, columns.start[j + 1] - columns.start[j])
        if n_held[j] < first[j + 1] - first[j]:
            queue[n_queued] = j
            waits[j] = True
            n_queued += 1
    worth = np.empty(widest, dtype=np.int32)
    ranked = np.empty(widest, dtype=np.int32)
    n_scanned = np.int64(0)
    while n_queued > 0 and n_scanned < budget:
        j = np.int64(queue[head])
        head = head + 1 if head + 1 < n_mentors else 0
        n_queued -= 1
        waits[j] = False
        n_open = first[j + 1] - first[j] - n_held[j]
        start, stop = columns.start[j], columns.start[j + 1]
        n_scanned += stop - start
        n_ranked = 0
        for e in range(start, stop):
            i = columns.learner[e]
            value = np.int32(np.int32(columns.steps[e]) - profit[i])
            worth[e - start] = value
            if value > floor and mate[i] != j:
                ranked[n_ranked] = value
                n_ranked += 1
        level = np.int64(floor)
        if n_ranked > n_open:
            level = np.int64(largest(ranked, n_ranked, n_open))
        elif floor <= -LIMIT // 2 and n_ranked > 0:
            level = np.int64(largest(ranked, n_ranked, n_ranked - 1))
        n_taken = 0
        for strict in range(2):
            for e in range(start, stop):
                value = worth[e - start]
                if n_taken == n_open:
                    break
                if value <= floor or (value <= level if strict == 0 else value != level):
                    continue
                i = columns.learner[e]
                k = np.int64(mate[i])
                if k == j:
                    continue
                if k >= 0:
                    seat = now.seat[i]
                    end = first[k] + n_held[k] - 1
                    holder[seat] = holder[end]
                    now.seat[holder[seat]] = seat
                    n_held[k] -= 1
                    if not waits[k]:
                        tail = head + n_queued
                        queue[tail if tail < n_mentors else tail - n_mentors] = k
                        waits[k] = True
                        n_queued += 1
                seat = first[j] + n_held[j]
                n_held[j] += 1
                holder[seat] = i
                now.seat[i], mate[i], now.gain[i] = seat, j, columns.steps[e]
                rise = min(np.int64(value) - level, LARGEST_RISE) + epsilon
                profit[i] += min(rise, np.int64(value) - floor)
                n_taken += 1
    return n_queued == 0
