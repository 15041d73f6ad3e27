"""One learner's situations, one after the other: a bank of Gaussian filters, one for each past that is likely.

The state of a learner holds the twelve shared effects (as far as other learners leave them open), theta, and
for each competency the learner met its level (mu_k + delta_ik) and its slope omega_k. Each situation updates
mean and covariance by matching the moments of the posterior along the one direction that it informs (assumed
density filtering; Opper 1998, Minka 2001). Theta drifts a little from situation to situation. It may also jump,
a setback or a breakthrough: before each situation one more filter starts in which it just did, and what
follows weighs them against each other; the lightest is forgotten (Harrison & Stevens 1976; Adams & MacKay 2007).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from math import erf, log, sqrt
from typing import Any

import numpy as np

from telemachy.core.growth.evidence import Floats, Ints
from telemachy.core.growth.priors import ASSIST, GROWTH, N_EFFECTS

#: Where theta stands in the state; the competencies' levels follow, then their slopes.
THETA = N_EFFECTS
#: Filters kept at most.
N_PASTS = 6
#: Variance that theta gains from one situation to the next, in logits squared.
DRIFT = 0.01
#: Chance of a jump before a situation, and its standard deviation in logits.
JUMP_CHANCE, JUMP_SD = 0.03, 1.5
#: From this many rows on, compiling the filter pays.
COMPILE_FROM = 3000

#: Nodes and weights that integrate over a standard normal distribution.
NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(15)
WEIGHTS = WEIGHTS / WEIGHTS.sum()


def _advance(
    cell: Ints, difficulty: Floats, novelty: Floats, level: Ints, success: Floats, shift: Floats,
    weight: Floats, mean: Floats, covariance: Floats, practice: Floats, n_before: Ints,
    nodes: Floats, node_weights: Floats, drift: float, jump_chance: float, jump_variance: float,
) -> Floats:  # fmt: skip
    """Advance the state over the rows in place; return (n,) the chance of success of each row before it.

    `cell` numbers the learner's competencies, `shift` is the effect of each row's item. The state: `weight` (m,),
    `mean` (m, d), `covariance` (m * d, d), `practice` (n_cells, 5), `n_before` (n_cells,).
    """
    n_pasts, d = mean.shape
    n_cells = len(n_before)
    x = np.zeros(d)
    chance = np.zeros(len(cell))
    for r in range(len(cell)):
        s, g = cell[r], level[r]
        x[:] = 0.0
        x[0], x[1], x[2] = 1.0, difficulty[r] - 3, novelty[r] - 3
        if g > 0:
            x[ASSIST + g] = 1.0
        x[GROWTH : GROWTH + 5] = practice[s]
        x[THETA] = x[THETA + 1 + s] = 1.0
        x[THETA + 1 + n_cells + s] = practice[s].sum()

        if n_before.sum() > 0:
            for m in range(n_pasts):
                covariance[m * d + THETA, THETA] += drift
            likely, lightest = np.argmax(weight), np.argmin(weight)
            mean[lightest] = mean[likely]
            covariance[lightest * d : (lightest + 1) * d] = covariance[likely * d : (likely + 1) * d]
            covariance[lightest * d + THETA, THETA] += jump_variance
            weight[lightest] = 0.0
            weight *= (1 - jump_chance) / weight.sum()
            weight[lightest] = jump_chance

        along = (covariance @ x).reshape(n_pasts, d)
        variance = along @ x
        eta = mean @ x
        at = eta.reshape(n_pasts, 1) + np.sqrt(variance).reshape(n_pasts, 1) * nodes
        p = 1 / (1 + np.exp(-at - shift[r]))
        chance[r] = (weight * (p @ node_weights)).sum()

        likelihood = success[r] * p + (1 - success[r]) * (1 - p)
        total = likelihood @ node_weights
        new_eta = ((likelihood * at) @ node_weights) / total
        off = at - new_eta.reshape(n_pasts, 1)
        new_variance = ((likelihood * off * off) @ node_weights) / total
        mean += along * ((new_eta - eta) / variance).reshape(n_pasts, 1)
        shrink = (new_variance - variance) / (variance * variance)
        for m in range(n_pasts):
            covariance[m * d : (m + 1) * d] += shrink[m] * along[m].reshape(d, 1) * along[m]
        weight *= total
        weight /= weight.sum()

        practice[s, g] += log((n_before[s] + 2) / (n_before[s] + 1))
        n_before[s] += 1
    return chance


@cache
def _compiled() -> Callable[..., Any]:
    import numba

    return numba.njit(cache=True)(_advance)  # type: ignore[no-any-return]


class State:
    """What is known of one learner: the bank of filters and the practice behind it; changes in place."""

    __slots__ = ("competencies", "covariance", "mean", "n_before", "practice", "weight")

    def __init__(self, competencies: list[int], mean: Floats, covariance: Floats) -> None:
        """Start from N(mean (d,), covariance (d, d)) without any situation yet."""
        self.competencies = competencies
        self.weight = np.zeros(N_PASTS)
        self.weight[0] = 1.0
        self.mean = np.tile(mean, (N_PASTS, 1))
        self.covariance = np.tile(covariance, (N_PASTS, 1))
        self.practice = np.zeros((len(competencies), 5))
        self.n_before = np.zeros(len(competencies), dtype=np.int64)

    def advance(
        self, cell: Ints, difficulty: Floats, novelty: Floats, level: Ints, success: Floats, shift: Floats,
        *, compiled: bool = False,
    ) -> Floats:  # fmt: skip
        """Take in the rows, oldest first; return (n,) the chance of success of each before it was known."""
        run = _compiled() if compiled or len(cell) >= COMPILE_FROM else _advance
        chance: Floats = run(
            cell, difficulty, novelty, level, success, shift,
            self.weight, self.mean, self.covariance, self.practice, self.n_before,
            NODES, WEIGHTS, DRIFT, JUMP_CHANCE, JUMP_SD**2,
        )  # fmt: skip
        return chance

    def direction(self, competency: int, difficulty: float, novelty: float, level: int = 0) -> Floats:
        """Return (d,) the design of a situation at this moment."""
        s = self.competencies.index(competency)
        x = np.zeros(self.mean.shape[1])
        x[0], x[1], x[2] = 1.0, difficulty - 3, novelty - 3
        if level > 0:
            x[ASSIST + level] = 1.0
        x[GROWTH : GROWTH + 5] = self.practice[s]
        x[THETA] = x[THETA + 1 + s] = 1.0
        x[THETA + 1 + len(self.competencies) + s] = self.practice[s].sum()
        return x

    def chance(self, x: Floats) -> tuple[float, float, float]:
        """Return the chance of success in direction x (d,) with its central 90 % interval."""
        eta, sd = self._eta(x)
        p = _mean_chance(self.weight, eta, sd)
        low, high = (_logistic(_quantile(self.weight, eta, sd, q)) for q in (0.05, 0.95))
        return p, min(low, p), max(high, p)

    def mean_chance(self, x: Floats) -> float:
        """Return the chance of success in direction x (d,) alone, which is quicker."""
        return _mean_chance(self.weight, *self._eta(x))

    def _eta(self, x: Floats) -> tuple[Floats, Floats]:
        variance = (self.covariance @ x).reshape(self.mean.shape) @ x
        return self.mean @ x, np.sqrt(np.maximum(variance, 1e-12))


def _mean_chance(weight: Floats, eta: Floats, sd: Floats) -> float:
    return float(weight @ ((1 / (1 + np.exp(-eta[:, None] - sd[:, None] * NODES))) @ WEIGHTS))


def _logistic(eta: float) -> float:
    return float(1 / (1 + np.exp(-eta)))


def _quantile(weight: Floats, mean: Floats, sd: Floats, q: float) -> float:
    """Return the quantile q of a mixture of normal distributions by bisection, to 1e-6."""
    parts = [(w / 2, m, s * sqrt(2)) for w, m, s in zip(weight, mean, sd, strict=True) if w > 1e-9]
    low, high = float((mean - 6 * sd).min()), float((mean + 6 * sd).max())
    while high - low > 1e-6:
        middle = (low + high) / 2
        if sum(w * (1 + erf((middle - m) / s)) for w, m, s in parts) < q:
            low = middle
        else:
            high = middle
    return (low + high) / 2
