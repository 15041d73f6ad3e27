"""How many learners can be matched at most, and which mentors are why not more."""

from __future__ import annotations

import numpy as np

from telemachy.core.matching.compiled import Array, compiled


@compiled
def greedy(
    indptr: Array,
    mentor: Array,
    steps: Array,
    order: Array,
    slot_start: Array,
    slot_holder: Array,
    n_held: Array,
    mate: Array,
) -> None:
    """Give each learner in turn the best mentor with an open seat."""
    for i in order:
        best, at = -1, -1
        for e in range(indptr[i], indptr[i + 1]):
            j = mentor[e]
            if n_held[j] < slot_start[j + 1] - slot_start[j] and steps[e] > best:
                best, at = np.int64(steps[e]), np.int64(j)
        if at >= 0:
            slot_holder[slot_start[at] + n_held[at]] = i
            n_held[at] += 1
            mate[i] = at


@compiled
def augment(
    indptr: Array,
    mentor: Array,
    order: Array,
    slot_start: Array,
    slot_holder: Array,
    slot_of: Array,
    n_held: Array,
    mate: Array,
) -> Array:
    """Match as many learners as possible by shortest augmenting paths; return who cannot get more seats.

    A search that fails has met only full mentors whose learners can go nowhere else. No later path
    enters there, so those mentors are left out from then on: each is searched in vain once. What remains
    marked is the over-demanded part of Dulmage and Mendelsohn (1958): the mentors with too few seats.

    Returns
    -------
    bool (n_mentors,)
        Mentors reached by an alternating path from an unmatched learner.
    """
    n_mentors = len(n_held)
    seen = np.zeros(n_mentors, dtype=np.bool_)
    via = np.empty(n_mentors, dtype=np.int32)
    met = np.empty(n_mentors, dtype=np.int32)
    queue = np.empty(len(mate), dtype=np.int32)
    for source in order:
        if mate[source] >= 0:
            continue
        n_met, head, tail = 0, 0, 1
        queue[0] = source
        free = -1
        while head < tail and free < 0:
            i = queue[head]
            head += 1
            for e in range(indptr[i], indptr[i + 1]):
                j = np.int64(mentor[e])
                if seen[j]:
                    continue
                seen[j] = True
                met[n_met] = j
                n_met += 1
                via[j] = i
                if n_held[j] < slot_start[j + 1] - slot_start[j]:
                    free = j
                    break
                for s in range(slot_start[j], slot_start[j] + n_held[j]):
                    queue[tail] = slot_holder[s]
                    tail += 1
        if free < 0:
            continue
        for t in range(n_met):
            seen[met[t]] = False
        slot = slot_start[free] + n_held[free]
        n_held[free] += 1
        j = np.int64(free)
        while j >= 0:
            i = via[j]
            left, left_slot = np.int64(mate[i]), slot_of[i]
            slot_holder[slot] = i
            slot_of[i], mate[i] = slot, j
            j, slot = left, left_slot
    return seen
