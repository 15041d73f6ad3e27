"""How far assessors agree beyond chance, with an interval, or why that cannot be said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from telemachy.core.shared.errors import BadInput

#: One unit as each assessor rated it, on levels 1..n_levels; None where an assessor gave no level.
Unit = Sequence[int | None]

#: Fewer units rated by two or more assessors (two recordings on eight competencies) tell too little: the
#: interval would be half the scale wide; docs/assessment.md says how often it holds what it should.
MIN_UNITS = 16
#: Resamples of the interval, and the share of them it holds. Competencies of one recording go together, so
#: resamples of units vary too little: 99.5 % of them hold the truth about nineteen times of twenty, 95 %
#: seventeen.
N_RESAMPLES = 2000
INTERVAL = 0.995
#: Resamples of units that all agree agree fully, too. So the interval reaches down at least to where as many
#: more units, rated one level apart, would bring it: none seen in n goes with up to 3 in n (rule of three).
MORE_APART = 3
#: The interval is refused when more of the resamples than this have no variation at all.
MOST_UNDEFINED = 0.05
#: Krippendorff 2019, p. 356: below this, draw no conclusions; below the higher, only tentative ones.
TENTATIVE, RELIABLE = 0.667, 0.8


class Refusal(StrEnum):
    """Why no agreement beyond chance is given."""

    ONE_ASSESSOR = "one_assessor"
    FEW_UNITS = "few_units"
    NO_VARIATION = "no_variation"


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far assessors agree.

    `n_units` counts the units that two or more assessors rated; `p_same` and `p_near` are the shares of
    pairs of ratings of the same unit that are equal, and at most one level apart (NaN without any).
    `alpha` is Krippendorff's for ordinal data, `low` to `high` its interval; `kappa` the mean over pairs of
    assessors of Cohen's with quadratic weights, each pair weighing as many units as it shares, None where no
    pair shares any. All four are None when `refusal` says why.
    """

    n_units: int
    n_assessors: int
    p_same: float
    p_near: float
    alpha: float | None = None
    low: float | None = None
    high: float | None = None
    kappa: float | None = None
    refusal: Refusal | None = None

    @property
    def is_low(self) -> bool:
        """Whether the figure is given and too low to build on: time for assessors to calibrate."""
        return self.alpha is not None and self.alpha < TENTATIVE


def agreement(units: Sequence[Unit], *, n_levels: int, seed: int = 0) -> Agreement:
    """Return how far assessors agree beyond chance, or why it is not said.

    Parameters
    ----------
    units : sequence of sequence of int or None
        Shape (n_units, n_assessors): what each assessor gave each unit, 1..n_levels, None for nothing.
    n_levels : int
        Number of levels, 2 or more.
    seed : int
        Of the resampling of units.

    Raises
    ------
    BadInput
        If a level is out of range or the units are of different lengths.
    """
    ratings = _matrix(units, n_levels)
    rated = ratings > 0
    pairable = ratings[rated.sum(axis=1) >= 2]
    coincidences = _coincidences(pairable, n_levels)
    n_assessors = int(rated.any(axis=0).sum())
    counts = Agreement(len(pairable), n_assessors, *_shares(coincidences.sum(axis=0)))
    refusal = _refusal(pairable, n_assessors)
    if refusal is not None:
        return _refused(counts, refusal)
    draws = _resamples(coincidences, seed)
    defined = draws[np.isfinite(draws)]
    if len(defined) < (1 - MOST_UNDEFINED) * len(draws):
        return _refused(counts, Refusal.NO_VARIATION)
    low, high = np.quantile(defined, ((1 - INTERVAL) / 2, (1 + INTERVAL) / 2))
    total = coincidences.sum(axis=0)
    return Agreement(
        n_units=counts.n_units,
        n_assessors=n_assessors,
        p_same=counts.p_same,
        p_near=counts.p_near,
        alpha=float(_alphas(total[np.newaxis])[0]),
        low=min(float(low), float(_alphas(_with_more_apart(total)[np.newaxis])[0])),
        high=float(high),
        kappa=_mean_kappa(pairable, n_levels),
    )


def krippendorff_alpha(units: Sequence[Unit], *, n_levels: int) -> float:
    """Return Krippendorff's alpha for ordinal levels; NaN when the ratings do not vary at all.

    1 is perfect agreement, 0 what chance gives, below 0 systematic disagreement. Units with fewer than two
    ratings carry no information and are left out.

    Parameters
    ----------
    units : sequence of sequence of int or None
        Shape (n_units, n_assessors), levels 1..n_levels, None for nothing.
    n_levels : int
        Number of levels, 2 or more.

    Raises
    ------
    BadInput
        If a level is out of range or the units are of different lengths.

    Notes
    -----
    Krippendorff 2019, Content Analysis, 4th ed., ch. 12: `alpha = 1 - D_o / D_e` from the coincidences of
    values within units; the ordinal distance of c and k is the number of ratings between them, half of
    those at either end included, squared.
    """
    ratings = _matrix(units, n_levels)
    pairable = ratings[(ratings > 0).sum(axis=1) >= 2]
    return float(_alphas(_coincidences(pairable, n_levels).sum(axis=0)[np.newaxis])[0])


def quadratic_weighted_kappa(first: Unit, second: Unit, *, n_levels: int) -> float:
    """Return Cohen's kappa of two assessors with quadratic weights; NaN when neither varies.

    Parameters
    ----------
    first, second : sequence of int or None
        Shape (n_units,), levels 1..n_levels; units that one of them left out are not counted.
    n_levels : int
        Number of levels, 2 or more.

    Raises
    ------
    BadInput
        If a level is out of range or the two are of different lengths.

    Notes
    -----
    Cohen 1968, Psychological Bulletin 70, 213-220: `1 - sum(w o) / sum(w e)`, w the squared distance.
    """
    if len(first) != len(second):
        raise BadInput(f"{len(first)} ratings of one assessor but {len(second)} of the other.")
    ratings = _matrix(list(zip(first, second, strict=True)), n_levels)
    both = ratings[(ratings > 0).all(axis=1)] - 1
    if not len(both):
        return float("nan")
    table = np.zeros((n_levels, n_levels))
    np.add.at(table, (both[:, 0], both[:, 1]), 1.0 / len(both))
    levels = np.arange(n_levels)
    weights = (levels[:, np.newaxis] - levels) ** 2
    by_chance = float((weights * np.outer(table.sum(axis=1), table.sum(axis=0))).sum())
    return 1 - float((weights * table).sum()) / by_chance if by_chance else float("nan")


def _matrix(units: Sequence[Unit], n_levels: int) -> NDArray[np.int64]:
    """Return the ratings with 0 for nothing."""
    if n_levels < 2:
        raise BadInput("Agreement needs two or more levels.", field="n_levels")
    if len({len(unit) for unit in units}) > 1:
        raise BadInput("Each unit needs a place for every assessor.", field="units")
    if any(level is not None and not 1 <= level <= n_levels for unit in units for level in unit):
        raise BadInput(f"A level lies between 1 and {n_levels}.", field="units")
    n_assessors = len(units[0]) if units else 0
    return np.array([[level or 0 for level in unit] for unit in units], dtype=np.int64).reshape(
        len(units), n_assessors
    )


def _coincidences(ratings: NDArray[np.int64], n_levels: int) -> NDArray[np.float64]:
    """Return each unit's coincidences of levels, shape (n_units, n_levels, n_levels)."""
    counts = (ratings[:, :, np.newaxis] == np.arange(1, n_levels + 1)).sum(axis=1).astype(float)
    pairs = counts[:, :, np.newaxis] * counts[:, np.newaxis, :]
    pairs -= counts[:, :, np.newaxis] * np.eye(n_levels)
    others = np.maximum(counts.sum(axis=1) - 1, 1)
    return np.asarray(pairs / others[:, np.newaxis, np.newaxis], dtype=float)


def _alphas(coincidences: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return alpha of each sum of coincidences, shape (n, n_levels, n_levels) -> (n,)."""
    margins = coincidences.sum(axis=2)
    below = np.cumsum(margins, axis=1) - margins / 2
    distances = (below[:, :, np.newaxis] - below[:, np.newaxis, :]) ** 2
    observed = (coincidences * distances).sum(axis=(1, 2))
    expected = (margins[:, :, np.newaxis] * margins[:, np.newaxis, :] * distances).sum(axis=(1, 2))
    n = margins.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(expected > 0, 1 - (n - 1) * observed / expected, np.nan)


def _resamples(coincidences: NDArray[np.float64], seed: int) -> NDArray[np.float64]:
    """Return alpha of as many units drawn with replacement, N_RESAMPLES times."""
    n_units = len(coincidences)
    times = np.random.default_rng(seed).multinomial(n_units, np.full(n_units, 1 / n_units), N_RESAMPLES)
    flat = coincidences.reshape(n_units, -1)
    return _alphas((times @ flat).reshape(N_RESAMPLES, *coincidences.shape[1:]))


def _with_more_apart(total: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the coincidences with `MORE_APART` units more, rated the commonest level and its neighbour."""
    level = int(total.sum(axis=1).argmax())
    other = level + 1 if level + 1 < len(total) else level - 1
    more = np.zeros_like(total)
    more[level, other] = more[other, level] = MORE_APART
    return total + more


def _shares(coincidences: NDArray[np.float64]) -> tuple[float, float]:
    """Return the shares of pairs that are equal, and at most one level apart."""
    total = coincidences.sum()
    if not total:
        return float("nan"), float("nan")
    near = sum(float(np.trace(coincidences, offset=offset)) for offset in (-1, 0, 1))
    return float(np.trace(coincidences) / total), near / float(total)


def _mean_kappa(ratings: NDArray[np.int64], n_levels: int) -> float | None:
    columns = [[int(level) or None for level in column] for column in ratings.T]
    found = []
    for first, second in combinations(columns, 2):
        kappa = quadratic_weighted_kappa(first, second, n_levels=n_levels)
        if np.isfinite(kappa):
            found.append((kappa, sum(None not in pair for pair in zip(first, second, strict=True))))
    n_shared = sum(n for _kappa, n in found)
    return sum(kappa * n for kappa, n in found) / n_shared if found else None


def _refusal(ratings: NDArray[np.int64], n_assessors: int) -> Refusal | None:
    if n_assessors < 2:
        return Refusal.ONE_ASSESSOR
    if len(ratings) < MIN_UNITS:
        return Refusal.FEW_UNITS
    given = ratings[ratings > 0]
    return Refusal.NO_VARIATION if given.min() == given.max() else None


def _refused(counts: Agreement, refusal: Refusal) -> Agreement:
    return Agreement(counts.n_units, counts.n_assessors, counts.p_same, counts.p_near, refusal=refusal)
