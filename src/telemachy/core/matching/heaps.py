"""Binary heaps over flat arrays, the smallest key first."""

from __future__ import annotations

import numpy as np

from telemachy.core.matching.compiled import Array, compiled


@compiled
def replace_first(keys: Array, nodes: Array, start: int, stop: int, key: int, node: int) -> None:
    """Put an entry in place of the first one of the heap at `[start:stop]`."""
    at = start
    while True:
        below = 2 * at + 1 - start
        if below >= stop:
            break
        if below + 1 < stop and keys[below + 1] < keys[below]:
            below += 1
        if keys[below] >= key:
            break
        keys[at], nodes[at] = keys[below], nodes[below]
        at = below
    keys[at], nodes[at] = key, node


@compiled
def push(keys: Array, nodes: Array, size: int, key: int, node: int) -> int:
    """Add an entry to a heap of `size`, which starts at position 0; return its new size."""
    at = size
    while at > 0:
        above = (at - 1) >> 1
        if keys[above] <= key:
            break
        keys[at], nodes[at] = keys[above], nodes[above]
        at = above
    keys[at], nodes[at] = key, node
    return size + 1


@compiled
def pop(keys: Array, nodes: Array, size: int) -> int:
    """Take the first entry off a heap that starts at position 0; return its new size."""
    replace_first(keys, nodes, 0, size - 1, keys[size - 1], nodes[size - 1])
    return size - 1


@compiled
def with_room(keys: Array, nodes: Array, size: int) -> tuple[Array, Array]:
    """Return the heap, in arrays twice as long if it fills its own."""
    if size < len(keys):
        return keys, nodes
    wider_keys, wider_nodes = np.empty(2 * size, dtype=keys.dtype), np.empty(2 * size, dtype=nodes.dtype)
    for at in range(size):
        wider_keys[at], wider_nodes[at] = keys[at], nodes[at]
    return wider_keys, wider_nodes
