"""Means and shares of a group with their interval, and which groups are too small to be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, sqrt

import numpy as np
from scipy.special import stdtrit

#: Groups of fewer people or pairs are not shown.
SMALLEST_GROUP = 5
#: A standard normal lies within this of 0 with probability 0.9.
Z_90 = 1.6448536269514722


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean or a share over `n` with its 90 % interval; all but `n` are None where it is not shown."""

    n: int
    value: float | None = None
    low: float | None = None
    high: float | None = None


def mean(values: Sequence[float], least: float = -inf, most: float = inf) -> Estimate:
    """Return the mean of two values or more with Student's interval, inside of what is possible at all."""
    n = len(values)
    if n < 2:
        return Estimate(n)
    centre = float(np.mean(values))
    margin = float(stdtrit(n - 1, 0.95) * np.std(values, ddof=1) / sqrt(n))
    return Estimate(n, centre, max(centre - margin, least), min(centre + margin, most))


def share(values: Sequence[float]) -> Estimate:
    """Return the share of ones among zeros and ones, with Wilson's score interval (Wilson 1927)."""
    n = len(values)
    if n == 0:
        return Estimate(0)
    found, squared = float(np.mean(values)), Z_90**2
    centre = (found + squared / (2 * n)) / (1 + squared / n)
    margin = Z_90 * sqrt(found * (1 - found) / n + squared / (4 * n * n)) / (1 + squared / n)
    return Estimate(n, found, max(centre - margin, 0.0), min(centre + margin, 1.0))


def shown(whole: Estimate, parts: Sequence[Estimate]) -> tuple[Estimate, tuple[Estimate, ...]]:
    """Hide groups of fewer than five, and so many more that nobody can work one out from the rest.

    Where a single small part is hidden, it is the whole less the others: then the smallest of the others
    is hidden too, until what is hidden counts five or more.
    """
    if whole.n < SMALLEST_GROUP:
        return Estimate(whole.n), tuple(Estimate(part.n) for part in parts)
    hidden = {i for i, part in enumerate(parts) if part.n < SMALLEST_GROUP}
    rest = sorted(set(range(len(parts))) - hidden, key=lambda i: parts[i].n)
    while rest and 0 < sum(parts[i].n for i in hidden) < SMALLEST_GROUP:
        hidden.add(rest.pop(0))
    return whole, tuple(Estimate(part.n) if i in hidden else part for i, part in enumerate(parts))
