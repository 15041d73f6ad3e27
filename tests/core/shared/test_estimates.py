"""Means and shares with intervals, and what is hidden."""

from __future__ import annotations

import pytest

from telemachy.core.shared.estimates import Estimate, mean, share, shown


def test_the_interval_of_a_mean_is_students() -> None:
    found = mean([1.0, 2.0, 3.0, 4.0, 5.0])
    assert (found.n, found.value) == (5, 3.0)
    assert found.low == pytest.approx(3 - 2.131847 * 1.5811388 / 5**0.5, abs=1e-5)
    assert mean([5.0, 5.0, 4.0], most=5).high == 5


def test_one_value_has_no_mean_that_says_anything() -> None:
    assert mean([3.0]) == Estimate(1)


def test_the_interval_of_a_share_stays_inside_and_is_never_a_point() -> None:
    found = share([1.0] * 10)
    assert found.value == 1.0
    assert found.high == 1.0
    assert found.low is not None
    assert 0.7 < found.low < 0.8


def groups(*sizes: int) -> list[Estimate]:
    return [Estimate(n, 0.5, 0.4, 0.6) for n in sizes]


@pytest.mark.parametrize(
    ("sizes", "seen"),
    [
        ((8, 9), [True, True]),
        ((3, 9), [False, False]),
        ((3, 9, 6), [False, True, False]),
        ((3, 2, 9), [False, False, True]),
        ((0, 9), [False, True]),
    ],
)
def test_what_could_be_worked_out_from_the_rest_is_hidden_too(sizes, seen) -> None:
    whole, parts = shown(Estimate(sum(sizes), 0.5, 0.4, 0.6), groups(*sizes))
    assert whole.value == 0.5
    assert [part.value is not None for part in parts] == seen


def test_a_whole_of_fewer_than_five_shows_nothing() -> None:
    whole, parts = shown(Estimate(4, 0.5, 0.4, 0.6), groups(4))
    assert whole.value is None
    assert parts[0].value is None
