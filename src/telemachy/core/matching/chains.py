"""Exact repair: the cheapest chains of moves that place who is left, one learner or one seat at a time.

Everything is in whole steps. Prices and profits keep `profit[i] + price[j] >= steps[i, j]` on every pair,
with equality on every pair of the matching, or short of it by what an auction left open. The
searches are Dijkstra's on the reduced costs, as in the successive shortest paths of Tomizawa (1971) and
Edmonds and Karp (1972): each search mends one violation and makes none, which bounds the work.
"""

from __future__ import annotations

import numpy as np

from telemachy.core.matching.compiled import Array, compiled
from telemachy.core.matching.heaps import pop, push, with_room
from telemachy.core.matching.seating import Columns, Rows, Seating, fetch, other, steps

FAR = np.int64(1) << 60
#: How many learners before their turn their pairs are asked for.
SOON = 8


@compiled
def place_learners(rows: Rows, order: Array, may_stay: bool, now: Seating) -> int:
    """Place every unmatched learner of `order` by the cheapest chain of moves; return how many failed.

    A chain ends at a seat that nobody holds or, where `may_stay` (seats are short), with a learner who stays
    unmatched once their profit has fallen to 0. Reached prices rise and profits fall.
    """
    first, holder, n_held, price = now.first, now.holder, now.n_held, now.price
    seat, mate, gain, profit = now.seat, now.mate, now.gain, now.profit
    n_mentors = len(n_held)
    distance = np.full(n_mentors, FAR, dtype=np.int64)
    via = np.empty(n_mentors, dtype=np.int32)
    via_steps = np.empty(n_mentors, dtype=np.int32)
    touched = np.empty(n_mentors, dtype=np.int32)
    done = np.empty(n_mentors, dtype=np.int32)
    keys, nodes = np.empty(1024, dtype=np.int64), np.empty(1024, dtype=np.int32)
    # The least a learner's other mentors cost beyond their score, when last looked at. Prices only rise here,
    # so no chain past the learner is cheaper, and most learners need no second look.
    elsewhere = np.full(len(mate), -FAR, dtype=np.int64)
    n_failed = 0
    for source in order:
        if mate[source] >= 0 or (may_stay and profit[source] <= 0):
            continue
        size, n_touched, n_done = np.int64(0), 0, 0
        limit, last, leaves = FAR, np.int64(-1), np.int64(-1)
        if may_stay:
            limit, leaves = profit[source], np.int64(source)
        i, base, at, stop = np.int64(source), np.int64(0), np.int64(0), np.int64(0)
        while True:
            # Look at one learner: the source first, then everybody with the nearest mentor.
            reach = base + profit[i]
            if may_stay and reach < limit:
                limit, leaves, last = reach, i, -1
            if reach + elsewhere[i] < limit:
                least, own = FAR, np.int64(mate[i])
                for e in range(rows.indptr[i], rows.indptr[i + 1]):
                    j = other(rows.pair[e])
                    cost = price[j] - steps(rows.pair[e])
                    least = min(least, cost if j != own else FAR)
                    new = reach + cost
                    if new < limit and new < distance[j]:
                        if distance[j] == FAR:
                            touched[n_touched] = j
                            n_touched += 1
                        distance[j], via[j], via_steps[j] = new, i, steps(rows.pair[e])
                        if n_held[j] < first[j + 1] - first[j]:
                            limit, last, leaves = new, j, -1
                        else:
                            keys, nodes = with_room(keys, nodes, size)
                            size = push(keys, nodes, size, new, j)
                elsewhere[i] = least
            while at == stop and size > 0 and keys[0] < limit:
                key, j = keys[0], np.int64(nodes[0])
                size = pop(keys, nodes, size)
                if key > distance[j]:
                    continue
                done[n_done] = j
                n_done += 1
                base, at, stop = key, first[j], first[j] + n_held[j]
            if at == stop:
                break
            i = np.int64(holder[at])
            at += 1
        if last < 0 and leaves < 0:
            n_failed += 1
        else:
            for t in range(n_done):
                j = np.int64(done[t])
                rise = limit - distance[j]
                price[j] += rise
                for s in range(first[j], first[j] + n_held[j]):
                    profit[holder[s]] -= rise
            profit[source] -= limit
            if last >= 0:
                j, free = last, first[last] + n_held[last]
                n_held[last] += 1
            else:
                j, free = np.int64(mate[leaves]), seat[leaves]
                mate[leaves], gain[leaves] = -1, 0
            while j >= 0:
                i = np.int64(via[j])
                left, left_free = np.int64(mate[i]), seat[i]
                holder[free] = i
                seat[i], mate[i], gain[i], elsewhere[i] = free, j, via_steps[j], -FAR
                j, free = left, left_free
        for t in range(n_touched):
            distance[touched[t]] = FAR
    return n_failed


@compiled
def fill_seats(columns: Columns, must_fill: bool, now: Seating) -> int:
    """Settle every open seat by the cheapest chain of moves; return how many failed.

    A chain ends with an unmatched learner (where `must_fill`: seats are short) or at a mentor whose price has
    fallen to 0, who keeps the open seat (where seats are plenty). Reached prices fall and profits rise.
    """
    first, holder, n_held, price = now.first, now.holder, now.n_held, now.price
    seat, mate, gain, profit = now.seat, now.mate, now.gain, now.profit
    n_mentors = len(n_held)
    distance = np.full(n_mentors, FAR, dtype=np.int64)
    via = np.empty(n_mentors, dtype=np.int32)
    via_steps = np.empty(n_mentors, dtype=np.int32)
    moves_to = np.empty(n_mentors, dtype=np.int32)
    touched = np.empty(n_mentors, dtype=np.int32)
    done = np.empty(n_mentors, dtype=np.int32)
    keys, nodes = np.empty(1024, dtype=np.int64), np.empty(1024, dtype=np.int32)
    n_failed = 0
    for source in range(n_mentors):
        while n_held[source] < first[source + 1] - first[source] and (must_fill or price[source] > 0):
            n_touched, n_done = 1, 0
            touched[0] = source
            distance[source], moves_to[source] = 0, -1
            size = push(keys, nodes, np.int64(0), np.int64(0), source)
            limit, last, joins, joins_at, joins_steps = FAR, np.int64(-1), np.int64(-1), np.int64(-1), 0
            while size > 0 and keys[0] < limit:
                key = keys[0]
                j = np.int64(nodes[0])
                size = pop(keys, nodes, size)
                if key > distance[j]:
                    continue
                done[n_done] = j
                n_done += 1
                if not must_fill and key + price[j] < limit:
                    limit, last, joins = key + price[j], j, -1
                reach = key + price[j]
                for e in range(columns.start[j], columns.start[j + 1]):
                    i, worth = other(columns.pair[e]), steps(columns.pair[e])
                    new = reach + profit[i] - worth
                    if new >= limit:
                        continue
                    k = np.int64(mate[i])
                    if k < 0:
                        limit, joins, joins_at, joins_steps, last = new, i, j, worth, -1
                    elif k != j and new < distance[k]:
                        if distance[k] == FAR:
                            touched[n_touched] = k
                            n_touched += 1
                        distance[k], via[k], via_steps[k], moves_to[k] = new, i, worth, j
                        keys, nodes = with_room(keys, nodes, size)
                        size = push(keys, nodes, size, new, k)
            failed = last < 0 and joins < 0
            if not failed:
                for t in range(n_done):
                    j = np.int64(done[t])
                    fall = limit - distance[j]
                    price[j] -= fall
                    for s in range(first[j], first[j] + n_held[j]):
                        profit[holder[s]] += fall
                # The seat that opens travels from the source to the end of the chain; undo that journey.
                free = np.int64(-1)
                if joins >= 0:
                    k = joins_at
                    free = first[source] + n_held[source] if k == source else seat[via[k]]
                    holder[free] = joins
                    mate[joins], seat[joins], gain[joins] = k, free, joins_steps
                elif last != source:
                    k = last
                    free = seat[via[k]]
                    end = first[k] + n_held[k] - 1
                    holder[free] = holder[end]
                    seat[holder[free]] = free
                    n_held[k] -= 1
                else:
                    k = source
                if not (joins < 0 and last == source):
                    n_held[source] += 1
                    while k != source:
                        i, j = np.int64(via[k]), np.int64(moves_to[k])
                        free = first[source] + n_held[source] - 1 if j == source else seat[via[j]]
                        holder[free] = i
                        mate[i], seat[i], gain[i] = j, free, via_steps[k]
                        k = j
            for t in range(n_touched):
                distance[touched[t]] = FAR
            if failed:
                n_failed += 1
                break
    return n_failed


@compiled
def lower_to_least(rows: Rows, order: Array, member: Array, seats_short: bool, now: Seating) -> None:
    """Lower optimal prices to the least ones that still prove the same matching.

    How far a price can fall is a shortest path of reduced costs: no further than to where a learner who sits
    elsewhere would come, whose own mentor's price may fall in turn; never below 0 where seats are plenty.
    """
    first, holder, n_held = now.first, now.holder, now.n_held
    price, mate, profit = now.price, now.mate, now.profit
    n_mentors = len(price)
    fall = np.full(n_mentors, FAR, dtype=np.int64)
    keys, nodes = np.empty(1024, dtype=np.int64), np.empty(1024, dtype=np.int32)
    size = np.int64(0)
    if not seats_short:
        for j in range(n_mentors):
            if member[j]:
                fall[j] = price[j]
    else:
        for i in order:
            if mate[i] < 0:
                for e in range(rows.indptr[i], rows.indptr[i + 1]):
                    j = other(rows.pair[e])
                    fall[j] = min(fall[j], profit[i] + price[j] - steps(rows.pair[e]))
    for j in range(n_mentors):
        if member[j] and n_held[j] > 0 and fall[j] < FAR:
            keys, nodes = with_room(keys, nodes, size)
            size = push(keys, nodes, size, fall[j], j)
    while size > 0:
        key = keys[0]
        k = np.int64(nodes[0])
        size = pop(keys, nodes, size)
        if key > fall[k]:
            continue
        stop = first[k] + n_held[k]
        for s in range(first[k], min(first[k] + SOON, stop)):
            fetch(rows.pair, rows.indptr[holder[s]], rows.indptr[holder[s] + 1])
        if size:
            i = holder[first[nodes[0]]]
            fetch(rows.pair, rows.indptr[i], rows.indptr[i + 1])
        for s in range(first[k], stop):
            if s + SOON < stop:
                i = holder[s + SOON]
                fetch(rows.pair, rows.indptr[i], rows.indptr[i + 1])
            i = holder[s]
            reach = key + profit[i]
            # Where seats are plenty no price falls below 0: a score up to here has nothing to say.
            least = np.int64(-1) if seats_short else reach
            for e in range(rows.indptr[i], rows.indptr[i + 1]):
                worth = steps(rows.pair[e])
                if worth <= least:
                    continue
                j = other(rows.pair[e])
                new = reach + price[j] - worth
                if new < fall[j] and member[j]:
                    fall[j] = new
                    if n_held[j] > 0:  # nobody else's price hangs on that of a mentor without learners
                        keys, nodes = with_room(keys, nodes, size)
                        size = push(keys, nodes, size, new, j)
    for j in range(n_mentors):
        if member[j] and 0 < fall[j] < FAR:
            price[j] -= fall[j]
            for s in range(first[j], first[j] + n_held[j]):
                profit[holder[s]] += fall[j]
