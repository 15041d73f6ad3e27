"""Programmes that share mentors: the best for all of them together, within every limit."""

from __future__ import annotations

import numpy as np
import pytest

from telemachy.core import matching
from telemachy.core.matching import errors
from telemachy.core.matching.shared_mentors import Demand, assign_programmes
from telemachy.core.matching.shortage import Competition
from tests.core.matching.arrays import csr, matchings, steps_of_pool, total


def best_by_trying(pools, capacity, limits):
    """Return (most learners, highest total) over all programmes."""
    steps = np.concatenate(pools)
    of = np.repeat(np.arange(len(pools)), [len(pool) for pool in pools])
    best = (-1, 0)
    for chosen, _load in matchings(steps, capacity):
        pair = np.array(chosen, dtype=int)
        load = np.zeros_like(limits)
        np.add.at(load, (of[pair >= 0], pair[pair >= 0]), 1)
        if (load <= limits).all():
            best = max(best, (int((pair >= 0).sum()), total(steps, chosen)))
    return best


def test_the_programmes_together_get_what_trying_everything_finds():
    for seed in range(150):
        rng = np.random.default_rng(seed)
        n_mentors = int(rng.integers(1, 4))
        pools = [
            steps_of_pool(rng, int(rng.integers(0, 4)), n_mentors) for _ in range(int(rng.integers(1, 4)))
        ]
        capacity = rng.integers(1, 4, n_mentors)
        limits = (
            rng.integers(0, 4, (len(pools), n_mentors))
            if rng.random() < 0.8
            else np.tile(capacity, (len(pools), 1))
        )
        demands = [Demand(*csr(pool), at_most=limit) for pool, limit in zip(pools, limits, strict=True)]
        found = assign_programmes(demands, capacity, seed=seed)
        load = np.array([share.load for share in found.shares])
        assert (load <= limits).all()
        assert (load.sum(axis=0) <= capacity).all()
        assert (found.n_matched, round(found.total_score * 10_000)) == best_by_trying(
            pools, capacity, limits
        ), seed


def test_one_more_seat_of_one_programme_brings_what_matching_again_finds():
    for seed in range(60):
        rng = np.random.default_rng(seed)
        n_mentors, n_programmes = int(rng.integers(1, 5)), int(rng.integers(1, 4))
        pools = [steps_of_pool(rng, int(rng.integers(0, 7)), n_mentors) for _ in range(n_programmes)]
        capacity = rng.integers(1, 4, n_mentors)
        limits = rng.integers(0, 3, (n_programmes, n_mentors))

        def solved(capacity, limits, pools=pools, **more):
            demands = [Demand(*csr(pool), at_most=limit) for pool, limit in zip(pools, limits, strict=True)]
            return assign_programmes(demands, capacity, **more)

        found = solved(capacity, limits)
        fair = solved(capacity, limits, wishes=matching.Wishes(spread=0.3))
        for number, share in enumerate(found.shares):
            for mentor in range(n_mentors):
                one = np.arange(n_mentors) == mentor
                raised = limits.copy()
                raised[number, mentor] = min(limits[number, mentor], capacity[mentor]) + 1
                more = solved(capacity + one, raised)
                assert share.extra_matched[mentor] == more.n_matched - found.n_matched, seed
                gained = more.total_score - found.total_score
                assert share.price[mentor] == pytest.approx(gained, abs=1e-6), seed
                assert fair.shares[number].price[mentor] == share.price[mentor]


def test_who_competes_proves_that_somebody_is_left():
    """No matching of those who compete has more than their seats: so many too few, and no fewer."""
    n_seen = 0
    for seed in range(80):
        rng = np.random.default_rng(seed)
        pools = [steps_of_pool(rng, int(rng.integers(2, 7)), 3) for _ in range(2)]
        capacity, limits = rng.integers(1, 4, 3), rng.integers(0, 3, (2, 3))
        demands = [Demand(*csr(pool), at_most=limit) for pool, limit in zip(pools, limits, strict=True)]
        found = assign_programmes(demands, capacity, seed=seed)
        mentor = np.concatenate([share.mentor for share in found.shares])
        reach = np.concatenate([(pool >= 0).any(axis=1) for pool in pools])
        for learner in np.flatnonzero((mentor < 0) & reach).tolist():
            told = found.shortage.competition(learner)
            n_short = told.facts()["n_short"]
            assert 1 <= n_short <= (mentor < 0).sum(), seed
            assert told.n_learners <= reach.sum()
            n_seen += 1
    assert n_seen > 50


def test_a_limit_and_a_shared_seat_are_each_named_as_what_is_full():
    # Three learners of one programme want mentor 0, whose limit there is 1; the other's learner is with 1.
    three = Demand([0, 1, 2, 3], [0, 0, 0], [0.5, 0.6, 0.7], at_most=[1, 1])
    one = Demand([0, 2], [0, 1], [0.1, 0.9], at_most=[1, 1])
    found = assign_programmes([three, one], [2, 1])
    assert found.shortage.competition(0) == Competition(3, 1, 1)
    assert [share.extra_matched.tolist() for share in found.shares] == [[1, 0], [0, 0]]
    # Without the limit both seats of mentor 0 are taken, and mentor 1 is out of reach.
    free = assign_programmes([Demand([0, 1, 2, 3], [0, 0, 0], [0.5, 0.6, 0.7]), one], [2, 1])
    assert free.shortage.competition(0) == Competition(3, 2, 1)
    # A seat of mentor 0 for the other programme goes to the first.
    assert [share.extra_matched.tolist() for share in free.shares] == [[1, 0], [1, 0]]


def best_wish_by_trying(pools, capacity, limits, waited, spread):
    """Return the best (most learners, longest waits first, value) over all programmes."""
    steps = np.concatenate(pools)
    of = np.repeat(np.arange(len(pools)), [len(pool) for pool in pools])
    best = ()
    for chosen, _load in matchings(steps, capacity):
        pair = np.array(chosen, dtype=int)
        load = np.zeros_like(limits)
        np.add.at(load, (of[pair >= 0], pair[pair >= 0]), 1)
        if (load > limits).any():
            continue
        held = load.sum(axis=0)
        value = total(steps, chosen) - spread * int((held * (held - 1) // 2).sum())
        served = tuple(int(((pair >= 0) & (waited >= rounds)).sum()) for rounds in (2, 1))
        best = max(best, (int((pair >= 0).sum()), served, value))
    return best


@pytest.mark.parametrize("spread", [0.0, 0.2])
@pytest.mark.parametrize("waits", [False, True])
def test_wishes_of_programmes_together_are_what_trying_everything_finds(spread, waits):
    for seed in range(40):
        rng = np.random.default_rng(seed)
        n_mentors = int(rng.integers(1, 4))
        pools = [steps_of_pool(rng, int(rng.integers(1, 4)), n_mentors) for _ in range(2)]
        capacity = rng.integers(1, 4, n_mentors)
        limits = rng.integers(0, 3, (2, n_mentors)) if seed % 4 else np.tile(capacity, (2, 1))
        waited = rng.integers(0, 3, sum(map(len, pools))) * waits
        demands = [Demand(*csr(pool), at_most=limit) for pool, limit in zip(pools, limits, strict=True)]
        wishes = matching.Wishes(spread=spread, waited=waited if waits else None)
        found = assign_programmes(demands, capacity, seed=seed, wishes=wishes)
        load = np.array([share.load for share in found.shares])
        assert (load <= limits).all()
        mentor = np.concatenate([share.mentor for share in found.shares])
        held = load.sum(axis=0)
        value = round(found.total_score * 10_000) - round(spread * 10_000) * int(
            (held * (held - 1) // 2).sum()
        )
        served = tuple(int(((mentor >= 0) & (waited >= rounds)).sum()) for rounds in (2, 1))
        best = best_wish_by_trying(pools, capacity, limits, waited, round(spread * 10_000))
        assert (found.n_matched, served, value) == best, seed
        assert found.total_score <= found.plain_total + 1e-9


@pytest.mark.parametrize("seats", [1, 2])
def test_the_weakest_of_all_programmes_is_raised_within_the_loss(seats):
    """With two seats the limit of one in each programme binds."""
    pools = [np.array([[10_000, 5_000]]), np.array([[6_000, 1_500]])]
    demands = [Demand(*csr(pool), at_most=[1, 1]) for pool in pools]
    for loss, mentors in ((0.01, [0, 1]), (0.1, [1, 0])):
        found = assign_programmes(demands, [1, seats], wishes=matching.Wishes(fairness_loss=loss))
        assert [share.mentor[0] for share in found.shares] == mentors
        assert found.plain_total == pytest.approx(1.15)


def test_one_programme_without_limits_is_a_plain_assignment():
    for seed in range(30):
        rng = np.random.default_rng(seed)
        pool = csr(steps_of_pool(rng, 6, 3))
        shared = assign_programmes([Demand(*pool)], [2, 1, 2])
        plain = matching.assign(*pool, [2, 1, 2])
        assert (shared.n_matched, shared.total_score) == (plain.n_matched, pytest.approx(plain.total_score))


def test_a_lock_takes_a_seat_from_every_programme():
    one, other = Demand([0, 1], [0], [0.1], locked=[0]), Demand([0, 1], [0], [0.9])
    found = assign_programmes([one, other], [1])
    assert [share.mentor.tolist() for share in found.shares] == [[0], [-1]]


@pytest.mark.parametrize(
    ("demands", "error"),
    [
        ([Demand([0, 1], [0], [0.5], at_most=[-1])], errors.CapacityTooSmall),
        ([Demand([0, 1], [0], [0.5], at_most=[1, 1])], errors.PairsInconsistent),
        ([Demand([0, 1], [0], [0.5], at_most=[0], locked=[0])], errors.LockOverCapacity),
        ([Demand([0, 1], [0], [0.5], locked=[0])] * 2, errors.LockOverCapacity),
        ([Demand([0, 1], [3], [0.5])], errors.UnknownMentor),
        ([Demand([0, 1], [0], [float("nan")])], errors.ScoreOutOfRange),
    ],
)
def test_bad_input_is_refused_by_name(demands, error):
    with pytest.raises(error):
        assign_programmes(demands, [1])


def test_empty_programmes_are_no_trouble():
    assert assign_programmes([], [1, 2]).n_matched == 0
    assert assign_programmes([Demand([0], [], []), Demand([0, 0], [], [])], []).n_matched == 0
