"""Circles of peers: sizes as equal as can be, near the best division, nobody beside whom they must not be."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from telemachy.core.matching import errors
from telemachy.core.matching.circles import circle_sizes, form_circles


def divisions(people, sizes):
    """Yield every division of `people` into circles of these sizes."""
    if not sizes:
        yield []
        return
    first, *rest = people
    for n in set(sizes):
        left = list(sizes)
        left.remove(n)
        for others in combinations(rest, n - 1):
            remaining = [person for person in rest if person not in others]
            for more in divisions(remaining, left):
                yield [(first, *others), *more]


def inside(weights, division):
    return sum(int(weights[a, b]) for circle in division for a in circle for b in circle if a < b)


def pool(rng, n):
    weights = np.triu(rng.integers(0, 10_001, (n, n)), 1)
    first, second = np.triu_indices(n, 1)
    return weights, first, second, weights[first, second] / 10_000


def test_circles_are_near_what_trying_everything_finds_and_below_the_bound():
    n_best = 0
    for seed in range(60):
        rng = np.random.default_rng(seed)
        n = int(rng.integers(3, 10))
        weights, first, second, score = pool(rng, n)
        size = int(rng.integers(3, 6))
        found = form_circles(first, second, score, n, size=size, seed=seed)
        sizes = circle_sizes(n, size).tolist()
        best = max(inside(weights, division) for division in divisions(list(range(n)), sizes))
        total = round(found.total_score * 10_000)
        assert sorted(found.sizes.tolist()) == sorted(sizes)
        assert total <= best <= round(found.upper_bound * 10_000)
        by_hand = [np.flatnonzero(found.circle == at).tolist() for at in range(len(sizes))]
        assert inside(weights, by_hand) == total
        n_best += total == best
    assert n_best >= 54


def test_sizes_are_equal_but_for_one_and_between_3_and_8():
    for n in range(3, 60):
        for size in range(3, 9):
            sizes = circle_sizes(n, size)
            assert sizes.sum() == n
            assert sizes.min() >= 3
            assert sizes.max() <= 8
            assert sizes.max() - sizes.min() <= 1


def test_people_kept_apart_never_share_a_circle():
    for seed in range(60):
        rng = np.random.default_rng(seed)
        n = int(rng.integers(3, 12))
        first, second = np.nonzero(np.triu(rng.random((n, n)) < 0.7, 1))
        found = form_circles(first, second, rng.random(len(first)), n, size=3, seed=seed)
        may = set(zip(first.tolist(), second.tolist(), strict=True))
        for one in range(n):
            for other in range(one + 1, n):
                if found.circle[one] == found.circle[other] >= 0:
                    assert (one, other) in may
        assert found.n_left_out == (found.circle < 0).sum()
        assert found.outcome == ("partial" if found.n_left_out else "complete")
        assert all(n_members >= 3 for n_members in found.sizes)


def test_who_suits_the_others_is_not_left_out_because_somebody_else_is():
    # Seven people in circles of four and three; nobody suits the last, and two alone are no circle.
    first, second = np.triu_indices(6, 1)
    found = form_circles(first, second, np.full(len(first), 0.5), 7, size=4)
    assert (found.circle[6], found.n_left_out) == (-1, 1)
    assert found.total_score <= found.upper_bound
    n_left = 0
    for seed in range(200):
        rng = np.random.default_rng(seed)
        n, apart = int(rng.integers(6, 12)), int(rng.integers(0, 4))
        first, second = np.triu_indices(n - apart, 1)
        found = form_circles(
            first, second, rng.random(len(first)), n, size=int(rng.integers(3, 6)), seed=seed
        )
        assert found.n_left_out >= apart
        assert found.total_score <= found.upper_bound + 1e-9
        n_left += found.n_left_out - apart if n - apart >= 3 else 0
    assert n_left == 0


def test_no_three_are_left_over_who_could_make_a_circle():
    for seed in range(60):
        rng = np.random.default_rng(seed)
        n = int(rng.integers(6, 14))
        may = np.triu(rng.random((n, n)) < 0.4, 1)
        found = form_circles(*np.nonzero(may), rng.random(may.sum()), n, size=3, seed=seed)
        left = np.flatnonzero(found.circle < 0).tolist()
        assert not [one for one in combinations(left, 3) if all(may[pair] for pair in combinations(one, 2))]
        assert found.total_score <= found.upper_bound + 1e-9


def test_two_families_find_each_other():
    first, second = np.triu_indices(8, 1)
    score = np.where(first % 2 == second % 2, 0.9, 0.1)
    found = form_circles(first, second, score, 8, size=4)
    assert (found.circle == found.circle[np.arange(8) % 2]).all()
    assert found.total_score == pytest.approx(found.upper_bound)


def test_too_few_people_is_a_named_outcome():
    assert form_circles([0], [1], [0.5], 2).outcome == "too_few_people"
    assert form_circles([], [], [], 0).outcome == "too_few_people"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"size": 2}, errors.GroupSizesInconsistent),
        ({"size": 9}, errors.GroupSizesInconsistent),
        ({"n_people": 5_001}, errors.PoolTooLarge),
        ({"score": [2.0]}, errors.ScoreOutOfRange),
        ({"second": [0]}, errors.PairsInconsistent),
        ({"second": [9]}, errors.UnknownPerson),
    ],
)
def test_bad_input_is_refused_by_name(changes, error):
    with pytest.raises(error):
        form_circles(**{"first": [0], "second": [1], "score": [0.5], "n_people": 4, **changes})


def test_people_who_stay_together_share_a_circle_and_the_rest_is_near_the_best():
    n_best = 0
    for seed in range(30):
        rng = np.random.default_rng(seed)
        n = int(rng.integers(6, 9))
        weights, first, second, score = pool(rng, n)
        together = np.full(n, -1)
        together[rng.choice(n, 4, replace=False)] = [3, 3, 8, 8]
        found = form_circles(first, second, score, n, size=4, together=together, seed=seed)
        sizes = circle_sizes(n, 4).tolist()
        held = [set(np.flatnonzero(together == number).tolist()) for number in (3, 8)]
        best = max(
            inside(weights, division)
            for division in divisions(list(range(n)), sizes)
            if all(any(those <= set(circle) for circle in division) for those in held)
        )
        total = round(found.total_score * 10_000)
        assert all(len(set(found.circle[list(those)])) == 1 for those in held)
        assert total <= best
        n_best += total == best
    assert n_best >= 27


def test_those_kept_together_stay_although_kept_apart_by_a_rule():
    first, second = np.triu_indices(6, 1)
    listed = (first != 0) | (second != 1)
    found = form_circles(
        first[listed], second[listed], np.full(14, 0.5), 6, size=3, together=[0, 0, *[-1] * 4]
    )
    assert found.n_left_out == 0
    assert found.circle[0] == found.circle[1]


@pytest.mark.parametrize(
    ("together", "words"),
    [([0] * 4 + [-1] * 2, "up to 4 people"), ([0, 0], "for each of 6"), ([-2] * 6, "from 0 on")],
)
def test_people_who_cannot_stay_together_are_refused(together, words):
    first, second = np.triu_indices(6, 1)
    with pytest.raises(errors.LockNotPossible, match=words):
        form_circles(first, second, np.full(15, 0.5), 6, size=3, together=together)
