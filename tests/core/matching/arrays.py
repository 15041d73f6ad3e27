"""Small random pools as arrays, for tests against solvers that share no code with the engine."""

from __future__ import annotations

import numpy as np


def steps_of_pool(rng, n_learners: int, n_mentors: int, share: float = 0.7):
    """Return steps of 1e-4 of every pair, -1 where it is no candidate; half of the time with many ties."""
    if rng.random() < 0.5:
        steps = rng.choice([0, 1, 3_000, 5_000, 9_000, 10_000], (n_learners, n_mentors))
    else:
        steps = rng.integers(0, 10_001, (n_learners, n_mentors))
    return np.where(rng.random((n_learners, n_mentors)) < share, steps, -1)


def csr(steps):
    """Return indptr, mentor and score as `assign` takes them."""
    known = steps >= 0
    indptr = np.concatenate([[0], np.cumsum(known.sum(axis=1))])
    return indptr, np.nonzero(known)[1], steps[known] / 10_000


def matchings(steps, capacity, locked=None):
    """Yield (mentor of each learner, load of each mentor) of every matching within the capacities."""
    n_learners, n_mentors = steps.shape
    chosen, load = [-1] * n_learners, [0] * n_mentors
    kept = [-1] * n_learners if locked is None else locked

    def place(at: int):
        if at == n_learners:
            yield tuple(chosen), tuple(load)
            return
        if kept[at] < 0:
            yield from place(at + 1)
        for mentor in range(n_mentors):
            if steps[at, mentor] >= 0 and load[mentor] < capacity[mentor] and kept[at] in (-1, mentor):
                chosen[at], load[mentor] = mentor, load[mentor] + 1
                yield from place(at + 1)
                chosen[at], load[mentor] = -1, load[mentor] - 1

    return place(0)


def total(steps, chosen) -> int:
    """Return the sum of steps of a matching."""
    return int(sum(steps[learner, mentor] for learner, mentor in enumerate(chosen) if mentor >= 0))
