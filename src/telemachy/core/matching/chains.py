"""Exact repair: the cheapest chains of moves that place who is left, one learner or one seat at a time.

Everything is in whole steps. Prices and profits keep `profit[i] + price[j] >= steps[i, j]` on every pair,
with equality on every pair of the matching, or short of it by what an auction left open. The
searches are Dijkstra's on the reduced costs, as in the successive shortest paths of Tomizawa (1971) and
Edmonds and Karp (1972): each search mends one violation and makes none, which bounds the work.
"""

from __future__ import annotations

import numpy as np

from telemachy.core.matching.compiled import Array, compiled

FAR = np.int64(1) << 60


@compiled
def push(heap_key: Array, heap_node: Array, size: int, key: int, node: int) -> int:
    """Put a node onto a binary heap; return its new size."""
    at = size
    while at > 0:
        above = (at - 1) >> 1
        if heap_key[above] <= key:
            break
        heap_key[at], heap_node[at] = heap_key[above], heap_node[above]
        at = above
    heap_key[at], heap_node[at] = key, node
    return size + 1


@compiled
def pop(heap_key: Array, heap_node: Array, size: int) -> int:
    """Take the nearest node off a binary heap, which stays at position `size - 1`; return the new size."""
    size -= 1
    top_key, top_node = heap_key[0], heap_node[0]
    key, node = heap_key[size], heap_node[size]
    at = 0
    while True:
        below = 2 * at + 1
        if below >= size:
            break
        if below + 1 < size and heap_key[below + 1] < heap_key[below]:
            below += 1
        if heap_key[below] >= key:
            break
        heap_key[at], heap_node[at] = heap_key[below], heap_node[below]
        at = below
    heap_key[at], heap_node[at] = key, node
    heap_key[size], heap_node[size] = top_key, top_node
    return size


@compiled
def widened(heap_key: Array, heap_node: Array) -> tuple[Array, Array]:
    """Return the same heap with twice the room."""
    n = len(heap_key)
    key, node = np.empty(2 * n, dtype=np.int64), np.empty(2 * n, dtype=np.int32)
    key[:n], node[:n] = heap_key, heap_node
    return key, node


@compiled
def place_learners(
    indptr: Array,
    mentor: Array,
    steps: Array,
    slot_start: Array,
    slot_holder: Array,
    slot_of: Array,
    n_held: Array,
    price: Array,
    profit: Array,
    mate: Array,
    gain: Array,
    order: Array,
    may_stay: bool,
) -> int:
    """Place every unmatched learner of `order` by the cheapest chain of moves; return how many failed.

    A chain ends at a seat that nobody holds or, where `may_stay` (seats are short), with a learner who stays
    unmatched once their profit has fallen to 0. Reached prices rise and profits fall.
    """
    n_mentors = len(n_held)
    distance = np.full(n_mentors, FAR, dtype=np.int64)
    via = np.empty(n_mentors, dtype=np.int32)
    via_steps = np.empty(n_mentors, dtype=np.int32)
    touched = np.empty(n_mentors, dtype=np.int32)
    done = np.empty(n_mentors, dtype=np.int32)
    heap_key, heap_node = np.empty(1024, dtype=np.int64), np.empty(1024, dtype=np.int32)
    n_failed = 0
    for source in order:
        if mate[source] >= 0 or (may_stay and profit[source] <= 0):
            continue
        size, n_touched, n_done = 0, 0, 0
        limit, last, leaves = FAR, np.int64(-1), np.int64(-1)
        if may_stay:
            limit, leaves = profit[source], np.int64(source)
        i, base, at, stop = np.int64(source), np.int64(0), np.int64(0), np.int64(0)
        while True:
            # Scan one learner: the source first, then everybody with the nearest mentor.
            if may_stay and base + profit[i] < limit:
                limit, leaves, last = base + profit[i], i, -1
            reach = base + profit[i]
            for e in range(indptr[i], indptr[i + 1]):
                j = np.int64(mentor[e])
                new = reach - steps[e] + price[j]
                if new < limit and new < distance[j]:
                    if distance[j] == FAR:
                        touched[n_touched] = j
                        n_touched += 1
                    distance[j], via[j], via_steps[j] = new, i, steps[e]
                    if n_held[j] < slot_start[j + 1] - slot_start[j]:
                        limit, last, leaves = new, j, -1
                    else:
                        if size == len(heap_key):
                            heap_key, heap_node = widened(heap_key, heap_node)
                        size = push(heap_key, heap_node, size, new, j)
            while at == stop and size > 0 and heap_key[0] < limit:
                key = heap_key[0]
                j = np.int64(heap_node[0])
                size = pop(heap_key, heap_node, size)
                if key > distance[j]:
                    continue
                done[n_done] = j
                n_done += 1
                base, at, stop = key, slot_start[j], slot_start[j] + n_held[j]
            if at == stop:
                break
            i = np.int64(slot_holder[at])
            at += 1
        if last < 0 and leaves < 0:
            n_failed += 1
        else:
            for t in range(n_done):
                j = np.int64(done[t])
                rise = limit - distance[j]
                price[j] += rise
                for s in range(slot_start[j], slot_start[j] + n_held[j]):
                    profit[slot_holder[s]] -= rise
            profit[source] -= limit
            if last >= 0:
                j, slot = last, slot_start[last] + n_held[last]
                n_held[last] += 1
            else:
                j, slot = np.int64(mate[leaves]), slot_of[leaves]
                mate[leaves], gain[leaves] = -1, 0
            while j >= 0:
                i = np.int64(via[j])
                left, left_slot = np.int64(mate[i]), slot_of[i]
                slot_holder[slot] = i
                slot_of[i], mate[i], gain[i] = slot, j, via_steps[j]
                j, slot = left, left_slot
        for t in range(n_touched):
            distance[touched[t]] = FAR
    return n_failed


@compiled
def fill_seats(
    column_start: Array,
    learner: Array,
    steps: Array,
    slot_start: Array,
    slot_holder: Array,
    slot_of: Array,
    n_held: Array,
    price: Array,
    profit: Array,
    mate: Array,
    gain: Array,
    must_fill: bool,
) -> int:
    """Settle every open seat by the cheapest chain of moves; return how many failed.

    A chain ends with an unmatched learner (where `must_fill`: seats are short) or at a mentor whose price has
    fallen to 0, who keeps the open seat (where seats are plenty). Reached prices fall and profits rise.
    """
    n_mentors = len(n_held)
    distance = np.full(n_mentors, FAR, dtype=np.int64)
    via = np.empty(n_mentors, dtype=np.int32)
    via_steps = np.empty(n_mentors, dtype=np.int32)
    moves_to = np.empty(n_mentors, dtype=np.int32)
    touched = np.empty(n_mentors, dtype=np.int32)
    done = np.empty(n_mentors, dtype=np.int32)
    heap_key, heap_node = np.empty(1024, dtype=np.int64), np.empty(1024, dtype=np.int32)
    n_failed = 0
    for source in range(n_mentors):
        while n_held[source] < slot_start[source + 1] - slot_start[source] and (
            must_fill or price[source] > 0
        ):
            n_touched, n_done = 1, 0
            touched[0] = source
            distance[source], moves_to[source] = 0, -1
            size = push(heap_key, heap_node, 0, np.int64(0), source)
            limit, last, joins, joins_at, joins_steps = FAR, np.int64(-1), np.int64(-1), np.int64(-1), 0
            while size > 0 and heap_key[0] < limit:
                key = heap_key[0]
                j = np.int64(heap_node[0])
                size = pop(heap_key, heap_node, size)
                if key > distance[j]:
                    continue
                done[n_done] = j
                n_done += 1
                if not must_fill and key + price[j] < limit:
                    limit, last, joins = key + price[j], j, -1
                reach = key + price[j]
                for e in range(column_start[j], column_start[j + 1]):
                    i = np.int64(learner[e])
                    new = reach + profit[i] - steps[e]
                    if new >= limit:
                        continue
                    k = np.int64(mate[i])
                    if k < 0:
                        limit, joins, joins_at, joins_steps, last = new, i, j, np.int64(steps[e]), -1
                    elif k != j and new < distance[k]:
                        if distance[k] == FAR:
                            touched[n_touched] = k
                            n_touched += 1
                        distance[k], via[k], via_steps[k], moves_to[k] = new, i, steps[e], j
                        if size == len(heap_key):
                            heap_key, heap_node = widened(heap_key, heap_node)
                        size = push(heap_key, heap_node, size, new, k)
            failed = last < 0 and joins < 0
            if not failed:
                for t in range(n_done):
                    j = np.int64(done[t])
                    fall = limit - distance[j]
                    price[j] -= fall
                    for s in range(slot_start[j], slot_start[j] + n_held[j]):
                        profit[slot_holder[s]] += fall
                # The seat that opens travels from the source to the end of the chain; undo that journey.
                slot = np.int64(-1)
                if joins >= 0:
                    k = joins_at
                    slot = slot_start[source] + n_held[source] if k == source else slot_of[via[k]]
                    slot_holder[slot] = joins
                    mate[joins], slot_of[joins], gain[joins] = k, slot, joins_steps
                elif last != source:
                    k = last
                    slot = slot_of[via[k]]
                    end = slot_start[k] + n_held[k] - 1
                    slot_holder[slot] = slot_holder[end]
                    slot_of[slot_holder[slot]] = slot
                    n_held[k] -= 1
                else:
                    k = source
                if not (joins < 0 and last == source):
                    n_held[source] += 1
                    while k != source:
                        i, j = np.int64(via[k]), np.int64(moves_to[k])
                        slot = slot_start[source] + n_held[source] - 1 if j == source else slot_of[via[j]]
                        slot_holder[slot] = i
                        mate[i], slot_of[i], gain[i] = j, slot, via_steps[k]
                        k = j
            for t in range(n_touched):
                distance[touched[t]] = FAR
            if failed:
                n_failed += 1
                break
    return n_failed


@compiled
def lower_to_least(
    indptr: Array,
    mentor: Array,
    steps: Array,
    order: Array,
    member: Array,
    slot_start: Array,
    slot_holder: Array,
    n_held: Array,
    price: Array,
    profit: Array,
    mate: Array,
    seats_short: bool,
) -> None:
    """Lower optimal prices to the least ones that still prove the same matching.

    How far a price can fall is a shortest path of reduced costs: no further than to where a learner who sits
    elsewhere would come, whose own mentor's price may fall in turn; never below 0 where seats are plenty.
    """
    n_mentors = len(price)
    fall = np.full(n_mentors, FAR, dtype=np.int64)
    heap_key, heap_node = np.empty(1024, dtype=np.int64), np.empty(1024, dtype=np.int32)
    size = 0
    if not seats_short:
        for j in range(n_mentors):
            if member[j]:
                fall[j] = price[j]
    else:
        for i in order:
            if mate[i] < 0:
                for e in range(indptr[i], indptr[i + 1]):
                    j = mentor[e]
                    fall[j] = min(fall[j], profit[i] + price[j] - steps[e])
    for j in range(n_mentors):
        if member[j] and n_held[j] > 0 and fall[j] < FAR:
            if size == len(heap_key):
                heap_key, heap_node = widened(heap_key, heap_node)
            size = push(heap_key, heap_node, size, fall[j], j)
    while size > 0:
        key = heap_key[0]
        k = np.int64(heap_node[0])
        size = pop(heap_key, heap_node, size)
        if key > fall[k]:
            continue
        for s in range(slot_start[k], slot_start[k] + n_held[k]):
            i = slot_holder[s]
            reach = key + profit[i]
            for e in range(indptr[i], indptr[i + 1]):
                j = np.int64(mentor[e])
                new = reach + price[j] - steps[e]
                if member[j] and new < fall[j]:
                    fall[j] = new
                    if size == len(heap_key):
                        heap_key, heap_node = widened(heap_key, heap_node)
                    size = push(heap_key, heap_node, size, new, j)
    for j in range(n_mentors):
        if member[j] and 0 < fall[j] < FAR:
            price[j] -= fall[j]
            for s in range(slot_start[j], slot_start[j] + n_held[j]):
                profit[slot_holder[s]] += fall[j]
