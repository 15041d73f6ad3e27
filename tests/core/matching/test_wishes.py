"""Wishes beyond the total: each is what trying every matching finds best."""

from __future__ import annotations

import numpy as np
import pytest

from telemachy.core import matching
from telemachy.core.matching import errors
from telemachy.core.matching.wishes import Wishes, assign_with
from tests.core.matching.arrays import csr, matchings, steps_of_pool, total


class Pool:
    """A random small pool with random wishes, and every matching of it."""

    def __init__(self, seed: int) -> None:
        self.rng = rng = np.random.default_rng(seed)
        self.n, self.n_mentors = int(rng.integers(1, 6)), int(rng.integers(1, 4))
        self.steps = steps_of_pool(rng, self.n, self.n_mentors, share=rng.choice([0.4, 0.8]))
        self.capacity = rng.integers(1, 4, self.n_mentors)
        self.waited, self.previous = np.zeros(self.n, dtype=int), np.full(self.n, -1)
        self.gain = self.spread = 0
        self.locked = np.full(self.n, -1)
        open_to = np.flatnonzero(self.steps[0] >= 0)
        if len(open_to) and rng.random() < 0.3:
            self.locked[0] = rng.choice(open_to)

    def value(self, chosen, load) -> int:
        n_kept = sum(m >= 0 and m == p for m, p in zip(chosen, self.previous, strict=True))
        uneven = sum(n * (n - 1) // 2 for n in load)
        free_kept = n_kept - int(((self.locked >= 0) & (self.locked == self.previous)).sum())
        held = np.bincount(self.locked[self.locked >= 0], minlength=self.n_mentors)
        return (
            total(self.steps, chosen)
            + self.gain * free_kept
            - self.spread * (uneven - int((held * (held - 1) // 2).sum()))
        )

    def served(self, chosen):
        """Return how many learners of each waiting time are matched, the longest first."""
        return tuple(
            sum(m >= 0 and w == rounds for m, w in zip(chosen, self.waited, strict=True))
            for rounds in sorted(set(self.waited.tolist()), reverse=True)
        )

    def ways(self):
        """Return (matched, served, value, matching) of every matching."""
        return [
            (sum(m >= 0 for m in chosen), self.served(chosen), self.value(chosen, load), chosen)
            for chosen, load in matchings(self.steps, self.capacity, self.locked)
        ]

    def solve(self, **wishes):
        found = assign_with(
            *csr(self.steps),
            self.capacity,
            Wishes(**wishes),
            locked=self.locked,
            seed=int(self.rng.integers(9)),
        )
        mentor = found.assignment.mentor
        load = np.bincount(mentor[mentor >= 0], minlength=self.n_mentors)
        assert (load <= self.capacity).all()
        assert found.assignment.n_matched == (mentor >= 0).sum()
        assert round(found.assignment.total_score * 10_000) == total(self.steps, mentor)
        assert round(found.value * 10_000) == self.value(mentor, load)
        return found, (found.assignment.n_matched, self.served(mentor), round(found.value * 10_000))


def test_those_who_waited_longest_go_first_and_nobody_fewer_is_matched():
    for seed in range(100):
        pool = Pool(seed)
        pool.waited = pool.rng.integers(0, 4, pool.n)
        _found, key = pool.solve(waited=pool.waited)
        if (pool.locked >= 0).any():
            assert key[0] == max(n for n, *_ in pool.ways())
        else:
            assert key == max(pool.ways())[:3], seed


def test_a_move_must_earn_its_gain():
    for seed in range(100):
        pool = Pool(seed)
        pool.previous = pool.rng.integers(-1, pool.n_mentors, pool.n)
        pool.gain = int(pool.rng.choice([0, 500, 3_000, 10_000]))
        _found, key = pool.solve(previous=pool.previous, gain=pool.gain / 10_000)
        assert (key[0], key[2]) == max((n, value) for n, _, value, _ in pool.ways()), seed


def test_loads_are_evened_out_where_it_costs_less_than_it_is_worth():
    for seed in range(100):
        pool = Pool(seed)
        pool.spread = int(pool.rng.choice([100, 3_000, 10_000]))
        _found, key = pool.solve(spread=pool.spread / 10_000)
        assert (key[0], key[2]) == max((n, value) for n, _, value, _ in pool.ways()), seed


def test_the_floor_is_the_highest_within_the_loss():
    for seed in range(100):
        pool = Pool(seed)
        loss = float(pool.rng.choice([0.01, 0.1, 0.5, 1.0]))
        found, key = pool.solve(fairness_loss=loss)
        most = max(n for n, *_ in pool.ways())
        locked = total(pool.steps, pool.locked)
        fullest = [(value - locked, chosen) for n, _, value, chosen in pool.ways() if n == most]
        best = max(value for value, _ in fullest)
        ceiling = pool.steps.max(axis=1)
        free = pool.steps[pool.locked < 0]
        floors = [0, *free[free >= 0].tolist()]

        def holds(chosen, floor, pool=pool, ceiling=ceiling):
            return all(
                m < 0 or k >= 0 or pool.steps[i, m] >= min(floor, ceiling[i])
                for i, (m, k) in enumerate(zip(chosen, pool.locked, strict=True))
            )

        floor = max(f for f in floors if any(v >= best - loss * best and holds(c, f) for v, c in fullest))
        assert round(found.floor * 10_000) == floor, seed
        assert key[2] - locked == max(v for v, c in fullest if holds(c, floor)), seed


def test_all_wishes_at_once_keep_their_order():
    for seed in range(100):
        pool = Pool(seed)
        pool.locked[:] = -1
        pool.waited = pool.rng.integers(0, 3, pool.n)
        pool.previous, pool.gain, pool.spread = pool.rng.integers(-1, pool.n_mentors, pool.n), 2_000, 1_000
        wishes = {"waited": pool.waited, "previous": pool.previous, "gain": 0.2, "spread": 0.1}
        _found, key = pool.solve(**wishes)
        assert key == max(pool.ways())[:3], seed
        found, fair = pool.solve(**wishes, fairness_loss=0.3)
        assert fair[:2] == key[:2]
        assert fair[2] >= key[2] - 0.3 * abs(key[2]) - 1e-9
        assert found.floor >= 0


def test_without_wishes_nothing_changes():
    for seed in range(30):
        pool = Pool(seed)
        plain = matching.assign(*csr(pool.steps), pool.capacity, locked=pool.locked)
        found, _key = pool.solve()
        assert found.assignment.total_score == found.plain_total == plain.total_score
        assert (found.assignment.gap, found.floor) == (0.0, None)


@pytest.mark.parametrize(
    ("arrays", "outcome"),
    [
        (([0], [], [], []), "no_learners"),
        (([0], [], [], [1, 1]), "no_learners"),
        (([0, 0, 0], [], [], []), "no_mentors"),
        (([0, 0, 0], [], [], [3]), "no_candidates"),
    ],
)
def test_an_empty_pool_is_a_named_outcome_with_every_wish(arrays, outcome):
    n = len(arrays[0]) - 1
    every = Wishes(fairness_loss=0.1, spread=0.1, waited=[1] * n, previous=[-1] * n, gain=0.1)
    found = assign_with(*arrays, every)
    assert found.assignment.outcome == outcome
    assert found.assignment.mentor.tolist() == [-1] * n
    assert (found.floor, found.value) == (0.0, 0.0)


@pytest.mark.parametrize(
    "wishes",
    [
        {"fairness_loss": -0.1},
        {"fairness_loss": float("nan")},
        {"spread": 1.1},
        {"gain": -1},
        {"waited": [0]},
        {"waited": [0, -1]},
        {"previous": [0, 2]},
        {"previous": [-2, 0]},
    ],
)
def test_impossible_wishes_are_refused(wishes):
    with pytest.raises(errors.OptionOutOfRange, match=r"must be|entries"):
        assign_with([0, 1, 2], [0, 1], [0.5, 0.5], [1, 1], Wishes(**wishes))
