"""Agreement against published examples, another implementation, and what must hold of any ratings."""

from __future__ import annotations

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from telemachy.core.assessment import (
    MIN_UNITS,
    Refusal,
    agreement,
    krippendorff_alpha,
    quadratic_weighted_kappa,
)
from telemachy.core.shared.errors import BadInput

_ = None
#: Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section E: four observers, twelve units.
PUBLISHED = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
    [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
]
#: Fleiss, Levin & Paik, Statistical Methods for Rates and Proportions (2003), table 18.1: two raters of 100
#: subjects in three categories.
TABLE = [[75, 1, 4], [5, 4, 1], [0, 0, 10]]


def by_unit(by_assessor: list[list[int | None]]) -> list[list[int | None]]:
    return [list(unit) for unit in zip(*by_assessor, strict=True)]


def test_alpha_of_the_published_example() -> None:
    assert krippendorff_alpha(by_unit(PUBLISHED), n_levels=5) == pytest.approx(0.815, abs=5e-4)


def test_kappa_with_quadratic_weights_of_a_table_worked_by_hand() -> None:
    first, second = [], []
    for i, row in enumerate(TABLE):
        for j, n in enumerate(row):
            first += [i + 1] * n
            second += [j + 1] * n
    # Squared distances: observed (1 + 5 + 1 + 4 * 4) / 100; the margins are (80, 10, 10) and (80, 5, 15).
    observed = 0.23
    by_chance = 0.8 * 0.05 + 0.1 * 0.8 + 0.1 * 0.15 + 0.1 * 0.05 + 4 * (0.8 * 0.15 + 0.1 * 0.8)
    assert quadratic_weighted_kappa(first, second, n_levels=3) == pytest.approx(1 - observed / by_chance)


ratings = st.integers(2, 6).flatmap(
    lambda n_levels: st.tuples(
        st.just(n_levels),
        st.integers(2, 4).flatmap(
            lambda n_assessors: st.lists(
                st.lists(st.none() | st.integers(1, n_levels), min_size=n_assessors, max_size=n_assessors),
                min_size=2,
                max_size=25,
            )
        ),
    )
)


@given(ratings)
@settings(max_examples=40, deadline=None)
def test_alpha_is_what_the_library_of_that_name_says(case: tuple[int, list[list[int | None]]]) -> None:
    n_levels, units = case
    data = np.array([[np.nan if one is None else one for one in unit] for unit in units], dtype=float).T
    pairable = [[one for one in unit if one] for unit in units if sum(one is not None for one in unit) > 1]
    assume(len({one for unit in pairable for one in unit}) > 1)
    theirs = krippendorff.alpha(
        reliability_data=data, level_of_measurement="ordinal", value_domain=np.arange(1, n_levels + 1)
    )
    assert krippendorff_alpha(units, n_levels=n_levels) == pytest.approx(theirs)


@given(ratings, st.randoms(use_true_random=False))
@settings(max_examples=15, deadline=None)
def test_the_order_of_units_and_assessors_does_not_matter(case, chance) -> None:
    n_levels, units = case
    columns = list(range(len(units[0])))
    chance.shuffle(columns)
    mixed = [[unit[column] for column in columns] for unit in units]
    chance.shuffle(mixed)
    ours, again = (agreement(one, n_levels=n_levels) for one in (units, mixed))
    assert (ours.n_units, ours.n_assessors, ours.refusal) == (again.n_units, again.n_assessors, again.refusal)
    assert ours.alpha == pytest.approx(again.alpha)
    assert ours.kappa == pytest.approx(again.kappa)


def test_turning_the_scale_round_changes_nothing() -> None:
    units = by_unit(PUBLISHED)
    turned = [[None if one is None else 6 - one for one in unit] for unit in units]
    assert krippendorff_alpha(turned, n_levels=5) == pytest.approx(krippendorff_alpha(units, n_levels=5))


def test_the_interval_holds_the_figure_and_is_the_same_each_time() -> None:
    twice = by_unit(PUBLISHED) * 2
    found = agreement(twice, n_levels=5)
    assert found.refusal is None
    assert found.n_units == 22
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.alpha < found.high
    assert agreement(twice, n_levels=5) == found


def test_equal_ratings_agree_fully_and_opposite_ones_disagree() -> None:
    levels = [1, 2, 3, 4] * 4
    same = agreement([(one, one) for one in levels], n_levels=4)
    assert (same.alpha, same.kappa, same.p_same) == (1, 1, 1)
    opposite = agreement([(one, 5 - one) for one in levels], n_levels=4)
    assert opposite.alpha < -0.5
    assert opposite.is_low


def test_full_agreement_on_little_is_no_certainty() -> None:
    few, many = (agreement([(one, one) for one in [2, 3] * n], n_levels=4) for n in (8, 200))
    assert few.low < 0.8
    assert many.low > 0.95


def test_the_interval_holds_the_truth_about_nineteen_times_of_twenty() -> None:
    """Three recordings on eight competencies that go together, as `docs/assessment.md` has it."""
    rng = np.random.default_rng(3)

    def rated(n_recordings: int):
        heard = np.sqrt(0.4) * rng.normal(size=(n_recordings, 1, 1))
        heard = heard + np.sqrt(0.6) * rng.normal(size=(n_recordings, 8, 1))
        noisy = heard + 0.62 * rng.normal(size=(n_recordings, 8, 3))
        return (1 + (noisy[..., np.newaxis] > [-1.51, -0.15, 1.22]).sum(axis=-1)).reshape(-1, 3).tolist()

    truth = krippendorff_alpha(rated(4000), n_levels=4)
    found = [agreement(rated(3), n_levels=4) for _study in range(150)]
    held = [one.low <= truth <= one.high for one in found if one.low is not None]
    assert np.mean(held) > 0.9


def test_a_pair_that_shares_little_weighs_little_in_kappa() -> None:
    shared = [(level, level, None) for level in (1, 2, 3, 4)] * 10
    found = agreement([*shared, (1, 1, 4), (4, 4, 1)], n_levels=4)
    assert found.kappa > 0.8


@pytest.mark.parametrize(
    ("units", "refusal"),
    [
        ([], Refusal.ONE_ASSESSOR),
        ([(1,), (2,), (3,)] * 5, Refusal.ONE_ASSESSOR),
        ([(1, None), (2, None)] * 10, Refusal.ONE_ASSESSOR),
        ([(1, None), (None, 2)] * 20, Refusal.FEW_UNITS),
        ([(1, 2)] * (MIN_UNITS - 1), Refusal.FEW_UNITS),
        ([(3, 3)] * 40, Refusal.NO_VARIATION),
        ([(3, 3)] * 39 + [(3, 4)], Refusal.NO_VARIATION),
    ],
)
def test_too_little_to_say_is_refused_with_the_reason(units, refusal) -> None:
    found = agreement(units, n_levels=4)
    assert found.refusal == refusal
    assert (found.alpha, found.low, found.high, found.kappa) == (None,) * 4


def test_what_can_be_counted_is_counted_even_without_agreement_beyond_chance() -> None:
    found = agreement([(1, 1), (1, 2), (1, 3), (2, 2)], n_levels=3)
    assert (found.n_units, found.p_same, found.p_near) == (4, 0.5, 0.75)


@pytest.mark.parametrize("units", [[(0, 1)], [(1, 5)], [(1, 2), (1,)]])
def test_impossible_ratings_are_named(units) -> None:
    with pytest.raises(BadInput):
        agreement(units, n_levels=4)
