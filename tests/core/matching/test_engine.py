"""The compiled engine against a solver that shares no code with it, on many small and some hard pools."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from telemachy.core import matching
from telemachy.core.matching import (
    auction,
    cardinality,
    chains,
    engine,
    mentor_auction,
    seating,
    solver,
    swap_search,
)


@pytest.fixture(autouse=True)
def _always_the_engine(monkeypatch):
    monkeypatch.setattr(solver, "SMALL", -1)


def as_pool(steps, candidate, capacity):
    """Return the arrays of `assign` from a table of steps and one of who may be matched."""
    indptr = np.concatenate([[0], np.cumsum(candidate.sum(axis=1))])
    return indptr, np.nonzero(candidate)[1].astype(np.int32), steps[candidate] / 10_000, capacity


def random_pool(rng):
    """Return a small pool: sparse or dense, with scores all different, few different, or all the same."""
    n_learners, n_mentors = rng.integers(1, 13), rng.integers(1, 8)
    candidate = rng.random((n_learners, n_mentors)) < rng.choice([0.2, 0.5, 1])
    highest, unit = [(10_000, 1), (2, 1), (0, 1), (1, 10_000), (4, 2_500)][rng.integers(5)]
    steps = rng.integers(0, highest + 1, (n_learners, n_mentors)) * unit
    if rng.random() < 0.2:
        steps = np.outer(np.linspace(0, 100, n_learners), np.linspace(0, 100, n_mentors)).astype(int)
    return steps, candidate, rng.integers(1, 4, n_mentors)


def best_possible(steps, candidate, capacity):
    """Return (most learners matched, highest total) by scipy on a table with a column per seat."""
    bonus = 20_000 * (len(steps) + 1)
    table = np.repeat(np.where(candidate, steps + bonus, 0), np.minimum(capacity, len(steps)), axis=1)
    learner, seat = linear_sum_assignment(table, maximize=True)
    return divmod(int(table[learner, seat].sum()), bonus)


def proven_bound(result, steps, candidate, capacity):
    """Return (learners, steps) that no matching can beat, from the prices alone, by weak duality."""
    bonus = 10**9
    price = np.rint(result.price * 10_000).astype(np.int64) + bonus * result.extra_matched
    worth = np.where(candidate, steps + bonus - price, 0)
    return divmod(int((price * capacity).sum() + worth.max(axis=1, initial=0).clip(0).sum()), bonus)


def check(result, steps, candidate, capacity):
    """Check a result against the optimum; return the optimum."""
    n_matched, total = best_possible(steps, candidate, capacity)
    matched = np.flatnonzero(result.mentor >= 0)
    assert candidate[matched, result.mentor[matched]].all()
    assert (np.bincount(result.mentor[matched], minlength=len(capacity)) <= capacity).all()
    assert result.n_matched == len(matched) == n_matched
    assert round(result.total_score * 10_000) == steps[matched, result.mentor[matched]].sum() <= total
    assert round(result.upper_bound * 10_000) >= total
    assert proven_bound(result, steps, candidate, capacity) == (n_matched, round(result.upper_bound * 10_000))
    return total


@pytest.mark.parametrize("seed", range(3))
def test_small_pools_of_every_kind_are_solved_to_the_proven_optimum(seed):
    rng = np.random.default_rng(seed)
    for _ in range(250):
        steps, candidate, capacity = random_pool(rng)
        result = matching.assign(*as_pool(steps, candidate, capacity), exact=True, seed=seed)
        total = check(result, steps, candidate, capacity)
        assert result.is_optimal
        assert round(result.total_score * 10_000) == total


@pytest.mark.parametrize("gap", [0.0, 1e-4, 1e-3, 0.05, 0.5])
def test_a_certified_result_is_within_the_gap_that_was_asked_for(gap):
    rng = np.random.default_rng(int(gap * 10_000))
    for _ in range(100):
        steps, candidate, capacity = random_pool(rng)
        result = matching.assign(*as_pool(steps, candidate, capacity), gap=gap)
        total = check(result, steps, candidate, capacity)
        assert result.gap <= gap
        assert result.is_optimal == (result.upper_bound == result.total_score)
        assert result.total_score * 10_000 >= total * (1 - gap) - 1e-6


def hard_pool(kind, rng, n_learners=600, n_mentors=200):
    """Return a pool on which a plain auction takes long."""
    candidate = rng.random((n_learners, n_mentors)) < 0.1
    steps = rng.integers(0, 10_001, candidate.shape)
    capacity = np.full(n_mentors, 4)
    if kind == "everybody wants the same":
        steps = 5 * np.sort(rng.integers(0, 1_000, n_mentors)) + rng.integers(0, 50, candidate.shape)
    elif kind == "product":
        steps = np.outer(rng.integers(0, 101, n_learners), rng.integers(0, 101, n_mentors))
    elif kind == "no seat to spare":
        capacity = np.full(n_mentors, 3)
    elif kind == "too few seats":
        capacity = np.full(n_mentors, 1)
    elif kind == "too few seats, the same wanted":
        capacity = rng.integers(1, 3, n_mentors)
        steps = 5 * np.sort(rng.integers(0, 1_000, n_mentors)) + rng.integers(0, 50, (n_learners, 1))
    elif kind == "one chain":
        candidate = np.eye(n_learners, n_learners + 1, dtype=bool) | np.eye(
            n_learners, n_learners + 1, 1, dtype=bool
        )
        steps = np.tile(np.arange(n_learners + 1) % 2 * 10_000, (n_learners, 1))
        capacity = np.ones(n_learners + 1, dtype=int)
        capacity[0], candidate[0, 0] = 1, False
    elif kind == "one mentor holds most seats":
        capacity = np.ones(n_mentors, dtype=int)
        capacity[0], candidate[:, 0] = n_learners - n_mentors, True
    elif kind == "one mentor holds most seats, too few":
        capacity = np.ones(n_mentors, dtype=int)
        capacity[0], candidate[:, 0] = n_learners // 2, True
    elif kind == "yes or no":
        capacity = np.full(n_mentors, 3)
        steps = 10_000 * (rng.random(candidate.shape) < 0.05)
    elif kind == "short here, plenty there":
        capacity[0] = 1_000_000
        candidate[:400, 40:] = False
        candidate[:400, :40] |= rng.random((400, 40)) < 0.3
    return steps, candidate, capacity


@pytest.mark.parametrize(
    "kind",
    [
        "everybody wants the same",
        "product",
        "no seat to spare",
        "too few seats",
        "too few seats, the same wanted",
        "one chain",
        "one mentor holds most seats",
        "one mentor holds most seats, too few",
        "yes or no",
        "short here, plenty there",
    ],
)
def test_pools_on_which_auctions_take_long_are_solved_too(kind):
    pool = hard_pool(kind, np.random.default_rng(5))
    exact = matching.assign(*as_pool(*pool), exact=True)
    assert round(exact.total_score * 10_000) == check(exact, *pool)
    assert exact.is_optimal
    certified = matching.assign(*as_pool(*pool))
    check(certified, *pool)
    assert certified.gap <= 1e-3


def test_mentors_fill_the_last_seats_where_none_is_to_spare(monkeypatch):
    monkeypatch.setattr(engine, "LAST", 4)
    monkeypatch.setattr(engine, "WIDE", 1)
    fill, left = engine._Part.fill_last, []
    monkeypatch.setattr(
        engine._Part, "fill_last", lambda part, epsilon: (left.append(part.last), fill(part, epsilon))[1]
    )
    rng = np.random.default_rng(11)
    for capacity in (np.full(200, 3), 1 + rng.multinomial(400, np.full(200, 1 / 200))):
        pool = *hard_pool("any", rng)[:2], capacity
        result = matching.assign(*as_pool(*pool))
        check(result, *pool)
        assert result.gap <= 1e-3
        assert result.price.min() >= 0
    assert 150 in left


def test_the_same_seed_gives_the_same_pairs_and_another_one_other_winners():
    steps, candidate = np.full((300, 40), 5_000), np.ones((300, 40), dtype=bool)
    pool = as_pool(steps, candidate, np.full(40, 2))
    first = matching.assign(*pool, seed=1)
    assert (first.mentor == matching.assign(*pool, seed=1).mentor).all()
    assert (first.mentor != matching.assign(*pool, seed=2).mentor).any()


def test_locked_learners_stay_and_the_rest_is_best_around_them():
    rng = np.random.default_rng(3)
    steps, candidate, capacity = rng.integers(0, 10_001, (60, 20)), np.ones((60, 20), bool), np.full(20, 3)
    locked = np.full(60, -1)
    locked[:20] = np.arange(20)
    result = matching.assign(*as_pool(steps, candidate, capacity), exact=True, locked=locked)
    assert (result.mentor[:20] == np.arange(20)).all()
    n_free, total = best_possible(steps[20:], candidate[20:], capacity - 1)
    assert result.n_matched == n_free + 20
    assert round(result.total_score * 10_000) == total + steps[np.arange(20), np.arange(20)].sum()
    assert result.is_optimal


@pytest.mark.parametrize("score_type", [np.float32, np.float64])
@pytest.mark.parametrize("mentor_type", [np.int32, np.int64])
def test_every_width_of_numbers_gives_the_same_result_and_no_input_is_changed(score_type, mentor_type):
    rng = np.random.default_rng(4)
    steps, candidate, capacity = (
        rng.integers(0, 10_001, (600, 100)),
        np.ones((600, 100), bool),
        np.full(100, 6),
    )
    indptr, mentor, score, capacity = as_pool(steps, candidate, capacity)
    given = indptr.astype(np.int32), mentor.astype(mentor_type), score.astype(score_type), capacity
    for array in given:
        array.flags.writeable = False
    result = matching.assign(*given, exact=True)
    assert round(result.total_score * 10_000) == best_possible(steps, candidate, capacity)[1]


@pytest.mark.parametrize(
    ("at", "value", "error"),
    [("score", np.nan, "ScoreOutOfRange"), ("score", 1.01, "ScoreOutOfRange"), ("mentor", 1, "DuplicatePair"),
     ("mentor", -1, "UnknownMentor"), ("mentor", 100, "UnknownMentor")],
)  # fmt: skip
def test_large_pools_are_checked_as_well(at, value, error):
    rng = np.random.default_rng(4)
    pool = as_pool(rng.integers(0, 10_001, (600, 100)), np.ones((600, 100), bool), np.full(100, 6))
    given = dict(zip(("indptr", "mentor", "score", "capacity"), pool, strict=True))
    given[at][52_000] = value
    with pytest.raises(getattr(matching.errors, error), match="earner 520"):
        matching.assign(**given)


def _noted(kernel, name, run):
    """Return the kernel, which adds its name to `run` when it is called."""

    def noted(*given):
        run.add(name)
        return kernel(*given)

    return noted


def test_warming_up_runs_every_kernel_so_that_no_match_waits_for_one(monkeypatch):
    run = set()
    kernels = {
        auction: ("learners_bid",),
        mentor_auction: ("mentors_bid",),
        cardinality: ("greedy", "fill", "augment"),
        chains: ("place_learners", "fill_seats", "lower_to_least"),
        swap_search: ("nearest", "shortest_chain"),
        seating: (
            "pack",
            "take_seats",
            "sort_columns",
            "best_offers",
            "best_elsewhere",
            "dismiss",
            "price_unsold",
        ),
    }
    for module, names in kernels.items():
        for name in names:
            monkeypatch.setattr(module, name, _noted(getattr(module, name), name, run))
    solver.warm_up()
    assert run == {name for names in kernels.values() for name in names}
