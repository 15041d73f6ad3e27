"""Shortest chains of moves between mentors, by Dijkstra's search on the reduced costs.

Nodes are the mentors and "nobody"; a learner who moves from mentor x to mentor y is an arc from x to y. Its
length is what the move loses beyond the prices of the seats, never negative around an optimal matching
(Tomizawa 1971; Edmonds & Karp 1972).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from telemachy.core.matching.compiled import Array, compiled
from telemachy.core.matching.heaps import pop, push, with_room

FAR = np.int64(1) << 60


class Moves(NamedTuple):
    """Who could come to each mentor from another: mentor y's are `[start[y]:start[y + 1]]`, shape (n_moves,).

    Attributes
    ----------
    start : int64 (n_mentors + 1,)
    origin : int32, the mentor whom the learner leaves
    length : int64, what the move loses in worths beyond the prices of both seats, at least 0
    """

    start: Array
    origin: Array
    length: Array


@compiled
def nearest(moves: Moves, length: Array) -> Array:
    """Return the shortest distance of every mentor to an end, given `length`, that of ending right there."""
    n_mentors = len(length)
    distance = length.copy()
    keys, nodes = np.empty(1024, dtype=np.int64), np.empty(1024, dtype=np.int32)
    size = np.int64(0)
    for j in range(n_mentors):
        if distance[j] < FAR:
            keys, nodes = with_room(keys, nodes, size)
            size = push(keys, nodes, size, distance[j], j)
    while size > 0:
        key, j = keys[0], np.int64(nodes[0])
        size = pop(keys, nodes, size)
        if key > distance[j]:
            continue
        for e in range(moves.start[j], moves.start[j + 1]):
            k, new = moves.origin[e], key + moves.length[e]
            if new < distance[k]:
                distance[k] = new
                keys, nodes = with_room(keys, nodes, size)
                size = push(keys, nodes, size, new, k)
    return distance


@compiled
def shortest_chain(
    moves: Moves,
    source: int,
    end: int,
    from_nobody: Array,
    until_nobody: int,
    most_moves: int,
    distance: Array,
) -> tuple[int, bool]:
    """Return the length of the shortest chain of moves from mentor `source` to mentor `end`.

    The search goes backwards from `end`, and no further than a chain that passes "nobody" is long.

    Parameters
    ----------
    from_nobody : int64 (n_mentors,)
        From "nobody" to each mentor.
    until_nobody : int
        From `source` to "nobody".
    most_moves : int
        Moves that may be looked at.
    distance : int64 (n_mentors,)
        All FAR; used, and left so.

    Returns
    -------
    The length, and whether no chain is shorter.
    """
    touched = np.empty(1024, dtype=np.int32)
    keys, nodes = np.empty(1024, dtype=np.int64), np.empty(1024, dtype=np.int32)
    touched[0], n_touched = end, 1
    distance[end] = 0
    size = push(keys, nodes, np.int64(0), np.int64(0), end)
    found, n_moves, is_exact = FAR, 0, True
    while size > 0 and keys[0] < found:
        key, j = keys[0], np.int64(nodes[0])
        size = pop(keys, nodes, size)
        if key > distance[j]:
            continue
        if j == source:
            found = key
            break
        found = min(found, key + from_nobody[j] + until_nobody)
        n_moves += moves.start[j + 1] - moves.start[j]
        if n_moves > most_moves:
            found, is_exact = min(found, distance[source]), False
            break
        for e in range(moves.start[j], moves.start[j + 1]):
            k, new = moves.origin[e], key + moves.length[e]
            if new < distance[k] and new < found:
                if distance[k] == FAR:
                    if n_touched == len(touched):
                        touched = np.concatenate((touched, np.empty(n_touched, dtype=np.int32)))
                    touched[n_touched] = k
                    n_touched += 1
                distance[k] = new
                keys, nodes = with_room(keys, nodes, size)
                size = push(keys, nodes, size, new, k)
    found = min(found, distance[source])
    for t in range(n_touched):
        distance[touched[t]] = FAR
    return found, is_exact
