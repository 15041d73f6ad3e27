"""The assignment agrees with solvers that share no code with it, on generated problems."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import LinearConstraint, milp

from telemachy.core import matching
from telemachy.core.matching import engine, solver


@dataclass(frozen=True)
class Instance:
    """A small problem: steps[i][m] is the score in steps of 1e-4, or None where the pair is no candidate."""

    steps: list[list[int | None]]
    capacity: list[int]
    locked: list[int]

    def arrays(self, capacity=None):
        rows = [[(m, s) for m, s in enumerate(row) if s is not None] for row in self.steps]
        indptr = np.cumsum([0] + [len(row) for row in rows])
        mentor = np.array([m for row in rows for m, _ in row], dtype=np.int32)
        score = np.array([s for row in rows for _, s in row]) / 10_000
        return indptr, mentor, score, self.capacity if capacity is None else capacity

    def solve(self, capacity=None, **options):
        return matching.assign(*self.arrays(capacity), locked=self.locked, **options)


@st.composite
def instances(draw, max_learners=6, max_mentors=4):
    n_mentors = draw(st.integers(1, max_mentors))
    score = st.one_of(st.none(), st.sampled_from([0, 1, 5_000, 10_000]), st.integers(0, 10_000))
    steps = draw(st.lists(st.lists(score, min_size=n_mentors, max_size=n_mentors), max_size=max_learners))
    capacity = draw(st.lists(st.integers(1, 3), min_size=n_mentors, max_size=n_mentors))
    left, locked = list(capacity), []
    for row in steps:
        open_to = [m for m, s in enumerate(row) if s is not None and left[m] > 0]
        kept = draw(st.sampled_from([-1, -1, *open_to]))
        if kept >= 0:
            left[kept] -= 1
        locked.append(kept)
    return Instance(steps, capacity, locked)


def brute_force(instance: Instance, capacity: list[int]) -> tuple[int, int]:
    """Return (most learners matched, highest total of steps) by trying everything."""

    def best(at: int, left: tuple[int, ...]) -> tuple[int, int]:
        if at == len(instance.steps):
            return 0, 0
        kept = instance.locked[at]
        results = [best(at + 1, left)] if kept < 0 else []
        for m, steps in enumerate(instance.steps[at]):
            if steps is None or left[m] == 0 or kept not in (-1, m):
                continue
            n, total = best(at + 1, (*left[:m], left[m] - 1, *left[m + 1 :]))
            results.append((n + 1, total + steps))
        return max(results, default=dead_end)

    dead_end = (-len(instance.steps) - 1, 0)
    return best(0, tuple(capacity))


def integer_programme(instance: Instance) -> tuple[int, int]:
    """Return the same by HiGHS: first the count, then the total with the count held."""
    indptr, mentor, score, capacity = instance.arrays()
    n_pairs = len(mentor)
    if n_pairs == 0:
        return 0, 0
    learner = np.repeat(np.arange(len(indptr) - 1), np.diff(indptr))
    one_each = (np.arange(len(indptr) - 1)[:, None] == learner).astype(float)
    seats = (np.arange(len(capacity))[:, None] == mentor).astype(float)
    fixed = np.array([instance.locked[i] == m for i, m in zip(learner, mentor, strict=True)], dtype=float)
    limits = [LinearConstraint(one_each, -np.inf, 1), LinearConstraint(seats, -np.inf, capacity)]
    common = {"integrality": np.ones(n_pairs), "bounds": (fixed, np.ones(n_pairs))}
    count = milp(-np.ones(n_pairs), constraints=limits, **common)
    n_matched = round(-count.fun)
    held = LinearConstraint(np.ones(n_pairs), n_matched, n_matched)
    steps = np.rint(score * 10_000)
    total = milp(-steps, constraints=[*limits, held], options={"mip_rel_gap": 0}, **common)
    return n_matched, round(-total.fun)


@given(instances(), st.integers(0, 3))
@settings(max_examples=200, deadline=None)
def test_the_result_is_what_trying_everything_finds_and_keeps_every_limit(instance, seed):
    result = instance.solve(seed=seed)
    assert (result.n_matched, round(result.total_score * 10_000)) == brute_force(instance, instance.capacity)
    assert result.is_optimal
    assert result.gap == 0
    assert result.upper_bound == result.total_score
    assert result.mentor.dtype == np.int32
    for learner, mentor in enumerate(result.mentor):
        assert mentor == -1 or instance.steps[learner][mentor] is not None
        assert instance.locked[learner] in (-1, mentor)
    held = np.bincount(result.mentor[result.mentor >= 0], minlength=len(instance.capacity))
    assert (held <= instance.capacity).all()
    assert result.n_matched == held.sum()


@given(instances(max_learners=14, max_mentors=8))
@settings(max_examples=60, deadline=None)
def test_the_result_is_what_an_integer_programme_finds(instance):
    result = instance.solve()
    assert (result.n_matched, round(result.total_score * 10_000)) == integer_programme(instance)


@given(instances(max_learners=5))
@settings(max_examples=100, deadline=None)
def test_the_price_of_a_mentor_is_what_one_more_seat_changes(instance):
    result = instance.solve()
    n_matched, total = brute_force(instance, instance.capacity)
    for m in range(len(instance.capacity)):
        more = [c + (at == m) for at, c in enumerate(instance.capacity)]
        n_with, total_with = brute_force(instance, more)
        assert result.extra_matched[m] == n_with - n_matched
        assert round(result.price[m] * 10_000) == total_with - total


def drawn(rng: np.random.Generator):
    """Return a small pool and its locks; scores are of any kind, tied, alike to all, or all the same."""
    n, m = rng.integers(1, 20), rng.integers(1, 10)
    listed = rng.random((n, m)) < rng.random()
    kinds = [
        rng.random((n, m)),
        rng.integers(0, 4, (n, m)) / 3,
        np.add.outer(rng.random(n), rng.random(m)) / 2,
        np.full((n, m), 0.5),
    ]
    indptr = np.concatenate([[0], np.cumsum(listed.sum(axis=1))])
    score = kinds[rng.integers(4)][listed]
    mentor, locked = np.nonzero(listed)[1].astype(np.int32), np.full(n, -1)
    if listed[0].any() and rng.random() < 0.5:
        locked[0] = rng.choice(mentor[: indptr[1]])
    return (indptr, mentor, score, rng.integers(1, rng.integers(2, 7), m)), locked


def test_the_engine_agrees_with_the_solver_of_small_pools(monkeypatch):
    # Small pools without a seat to spare are to take the way of large ones.
    monkeypatch.setattr(engine, "LAST", 2)
    monkeypatch.setattr(engine, "WIDE", 1)
    rng = np.random.default_rng(0)
    for _ in range(500):
        (pool, locked), gap = drawn(rng), 10 ** -rng.uniform(1, 5)
        monkeypatch.setattr(solver, "SMALL", 10**9)
        small = matching.assign(*pool, locked=locked)
        monkeypatch.setattr(solver, "SMALL", -1)
        large = matching.assign(*pool, locked=locked, exact=True)
        near = matching.assign(*pool, locked=locked, gap=gap)
        assert (small.n_matched, small.total_score) == (large.n_matched, large.total_score)
        assert (small.price == large.price).all()
        assert (small.extra_matched == large.extra_matched).all()
        assert (small.extra_matched == near.extra_matched).all()
        assert large.is_optimal
        assert near.n_matched == small.n_matched
        assert near.gap <= gap
        assert near.total_score <= small.total_score <= near.upper_bound


@given(instances(), st.integers(0, 5))
@settings(max_examples=50, deadline=None)
def test_the_same_seed_gives_the_same_pairs(instance, seed):
    assert (instance.solve(seed=seed).mentor == instance.solve(seed=seed).mentor).all()
