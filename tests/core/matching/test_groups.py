"""Groups with a smallest size: the best there is, and a name for what cannot be."""

from __future__ import annotations

import numpy as np
import pytest

from telemachy.core.matching import errors, group_search
from telemachy.core.matching.groups import assign_groups
from tests.core.matching.arrays import csr, matchings, steps_of_pool, total


def best_by_trying(steps, capacity, least, locked):
    values = [
        (sum(mentor >= 0 for mentor in chosen), total(steps, chosen))
        for chosen, load in matchings(steps, capacity, locked)
        if all(n == 0 or n >= few for n, few in zip(load, least, strict=True))
    ]
    return max(values, default=None)


def random_groups(seed):
    rng = np.random.default_rng(seed)
    n_learners, n_mentors = int(rng.integers(1, 7)), int(rng.integers(1, 4))
    steps = steps_of_pool(rng, n_learners, n_mentors)
    capacity = rng.integers(1, 5, n_mentors)
    least = np.array([rng.integers(1, seats + 1) for seats in capacity])
    locked = np.full(n_learners, -1)
    open_to = np.flatnonzero(steps[0] >= 0)
    if len(open_to) and rng.random() < 0.3:
        locked[0] = rng.choice(open_to)
    return steps, capacity, least, locked


def test_groups_are_what_trying_everything_finds():
    for seed in range(150):
        steps, capacity, least, locked = random_groups(seed)
        best = best_by_trying(steps, capacity, least, locked)
        if best is None:
            with pytest.raises(errors.GroupNotFillable):
                assign_groups(*csr(steps), capacity, minimum=least, locked=locked)
            continue
        found = assign_groups(*csr(steps), capacity, minimum=least, locked=locked, seed=seed)
        assert (found.n_matched, round(found.total_score * 10_000)) == best, seed
        assert found.is_optimal
        assert (found.n_matched_bound, round(found.upper_bound * 10_000)) == best
        load = np.bincount(found.mentor[found.mentor >= 0], minlength=len(capacity))
        assert ((load == 0) | (load >= least)).all()
        assert (found.runs == (load > 0)).all()


def test_closing_and_filling_keeps_the_sizes_and_its_bounds_hold(monkeypatch):
    monkeypatch.setattr(group_search, "MOST_PAIRS", 0)
    n_best = 0
    for seed in range(100):
        steps, capacity, least, locked = random_groups(seed)
        best = best_by_trying(steps, capacity, least, locked)
        if best is None:
            continue
        found = assign_groups(*csr(steps), capacity, minimum=least, locked=locked)
        load = np.bincount(found.mentor[found.mentor >= 0], minlength=len(capacity))
        assert ((load == 0) | (load >= least)).all()
        value = found.n_matched, round(found.total_score * 10_000)
        assert value <= best
        assert found.n_matched_bound >= best[0]
        assert value[0] < best[0] or round(found.upper_bound * 10_000) >= best[1]
        assert not found.is_optimal or value == best
        n_best += value == best
    assert n_best > 75


def test_a_group_that_nobody_can_fill_does_not_run_and_says_how_many_were_there():
    found = assign_groups([0, 1, 2], [0, 0], [0.9, 0.8], [5], minimum=3)
    assert found.outcome == "no_group_filled"
    assert found.mentor.tolist() == [-1, -1]
    assert (found.runs.tolist(), found.n_in_reach.tolist()) == ([False], [2])


def test_two_half_groups_become_one():
    found = assign_groups([0, 2, 4, 6], [0, 1, 0, 1, 0, 1], [0.9, 0.1, 0.9, 0.1, 0.1, 0.9], [3, 3], minimum=2)
    assert found.mentor.tolist() == [0, 0, 0]
    assert (found.outcome, found.total_score) == ("complete", pytest.approx(1.9))


@pytest.mark.parametrize("minimum", [0, 3, [1], [1, 5], [1, -1]])
def test_sizes_that_contradict_are_refused(minimum):
    with pytest.raises(errors.GroupSizesInconsistent, match=r"smallest|minimum"):
        assign_groups([0, 1], [0], [0.5], [2, 2], minimum=minimum)


def test_a_lock_into_a_group_that_cannot_fill_is_refused():
    with pytest.raises(errors.GroupNotFillable, match="smallest size: 0"):
        assign_groups([0, 1], [0], [0.5], [3], minimum=2, locked=[0])


@pytest.mark.parametrize(
    ("arrays", "outcome"),
    [
        (([0], [], [], []), "no_learners"),
        (([0, 0], [], [], []), "no_mentors"),
        (([0, 0], [], [], [3]), "no_candidates"),
    ],
)
def test_an_empty_pool_is_a_named_outcome(arrays, outcome):
    assert assign_groups(*arrays, minimum=1).outcome == outcome
