"""One learner's situations, one after the other: a bank of Gaussian filters, one for each likely past.

The state of a learner holds the twelve shared effects (as far as other learners leave them open), theta, and
for each competency the learner met its level (mu_k + delta_ik) and its slope omega_k. Each situation updates
mean and covariance by matching the moments of the posterior along the one direction that it informs (assumed
density filtering; Opper 1998, Minka 2001). Theta drifts a little from situation to situation. It may also
jump, a setback or a breakthrough: before each situation one more filter starts in which it just did, and what
follows weighs them against each other (Harrison & Stevens 1976). None is dropped: the lightest is joined to
the likeliest by matching moments (collapsing; West & Harrison 1997), for many light ones together are what
may well have happened. Where an upheaval of the whole programme is likely, two filters start: with it and
without.
"""

from __future__ import annotations

from collections.abc import Callable
from math import erf, exp, inf, log, sqrt, tau

import numpy as np

from telemachy.core.growth.evidence import Floats, Ints
from telemachy.core.growth.priors import (
    ASSIST,
    GROWTH,
    N_EFFECTS,
    STRUCK_APART,
    UPHEAVAL,
    Upheaval,
    Volatility,
)

#: Where theta stands in the state; the competencies' levels follow, then their slopes.
THETA = N_EFFECTS
#: A standard normal lies within this of 0 with probability 0.9.
Z_90 = 1.6448536269514722
#: Filters kept at most.
N_PASTS = 6
#: From this many rows on, compiling the filter pays.
COMPILE_FROM = 50_000

#: Nodes and weights that integrate over a standard normal distribution.
NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(15)
WEIGHTS = WEIGHTS / WEIGHTS.sum()


def _advance(
    cell: Ints, difficulty: Floats, novelty: Floats, level: Ints, success: Floats, shift: Floats,
    since: Floats, weight: Floats, mean: Floats, covariance: Floats, practice: Floats, n_before: Ints,
    nodes: Floats, node_weights: Floats, drift: float, jump_chance: Floats, jump_variance: float,
) -> Floats:  # fmt: skip
    """Advance the state over the rows in place; return (n,) the chance of success of each row before it.

    `cell` numbers the learner's competencies, `shift` is the effect of each row's item, `since` (n,) 1 from
    an upheaval on, `jump_chance` (n,) the chance of a jump before the row. The state:
    `weight` (m,), `mean` (m, d), `covariance` (m, d, d), `practice` (n_cells, 5), `n_before` (n_cells,).
    """
    n_cells = len(n_before)
    x = np.zeros(mean.shape[1])
    chance = np.zeros(len(cell))
    fresh = not n_before.any()
    for r in range(len(cell)):
        s, g = cell[r], level[r]
        _design(x, s, n_cells, difficulty[r], novelty[r], g, practice[s], since[r])
        if not fresh:
            covariance[:, THETA, THETA] += drift
            _branch(weight, mean, covariance, jump_chance[r], jump_variance)
        fresh = False

        along = covariance @ x
        variance = along @ x
        eta = mean @ x
        off = np.sqrt(variance)[:, None] * nodes
        likelihood = 1 / (1 + np.exp(-(off + (eta + shift[r])[:, None])))
        chance[r] = weight @ (likelihood @ node_weights)

        likelihood = (success[r] * likelihood + (1 - success[r]) * (1 - likelihood)) * node_weights
        total = likelihood.sum(axis=1)
        first = (likelihood * off).sum(axis=1) / total
        second = (likelihood * off * off).sum(axis=1) / total
        mean += along * (first / variance)[:, None]
        shrink = (second - first * first - variance) / (variance * variance)
        covariance += (along * shrink[:, None])[:, :, None] * along[:, None, :]
        weight *= total
        weight /= weight.sum()

        practice[s, g] += log((n_before[s] + 2) / (n_before[s] + 1))
        n_before[s] += 1
    return chance


def _branch(
    weight: Floats, mean: Floats, covariance: Floats, jump_chance: float, jump_variance: float
) -> None:
    """Let the place of the lightest filter, joined to the likeliest, start anew where theta just jumped."""
    all_mean, all_covariance = collapsed(weight, mean, covariance)
    likely, lightest = weight.argmax(), weight.argmin()
    pair = [likely, lightest]
    share = weight[pair].sum()
    mean[likely], covariance[likely] = collapsed(weight[pair] / share, mean[pair], covariance[pair])
    weight[likely] = share
    mean[lightest], covariance[lightest] = all_mean, all_covariance
    covariance[lightest, THETA, THETA] += jump_variance
    weight *= 1 - jump_chance
    weight[lightest] = jump_chance


def collapsed(weight: Floats, mean: Floats, covariance: Floats) -> tuple[Floats, Floats]:
    """Return mean (d,) and covariance (d, d) of a mixture of m normals, whose weights sum to 1."""
    middle = weight @ mean
    apart = mean - middle
    spread = (weight @ covariance.reshape(len(weight), -1)).reshape(covariance.shape[1:])
    return middle, spread + (apart.T * weight) @ apart


def _design(
    x: Floats,
    cell: int,
    n_cells: int,
    difficulty: float,
    novelty: float,
    level: int,
    practice: Floats,
    since: float,
) -> None:
    """Write the design of a situation into x (d,)."""
    x[:] = 0.0
    x[0], x[1], x[2] = 1.0, difficulty - 3, novelty - 3
    if level > 0:
        x[ASSIST + level] = 1.0
    x[GROWTH : GROWTH + 5] = practice
    x[UPHEAVAL] = since
    x[THETA] = x[THETA + 1 + cell] = 1.0
    x[THETA + 1 + n_cells + cell] = practice.sum()


def _compiled() -> Callable[..., Floats]:
    from telemachy.core.growth import compiled

    return compiled.advance


class State:
    """What is known of one learner: the bank of filters and the practice behind it; changes in place."""

    __slots__ = (
        "competencies", "covariance", "mean", "n_before", "practice", "since", "upheaval",
        "volatility", "weight",
    )  # fmt: skip

    def __init__(
        self,
        competencies: list[int],
        mean: Floats,
        covariance: Floats,
        volatility: Volatility,
        upheaval: Upheaval | None = None,
    ) -> None:
        """Start from N(mean (d,), covariance (d, d)) without any situation yet."""
        self.volatility = volatility
        self.upheaval = upheaval
        #: 1 from the upheaval on. Who comes after one knows nothing else; a place in the course lies ahead.
        self.since = float(upheaval is not None and upheaval.clock == "time")
        self.competencies = competencies
        self.weight = np.zeros(N_PASTS)
        self.weight[0] = 1.0
        self.mean = np.tile(mean, (N_PASTS, 1))
        self.covariance = np.tile(covariance, (N_PASTS, 1, 1))
        self.practice = np.zeros((len(competencies), 5))
        self.n_before = np.zeros(len(competencies), dtype=np.int64)

    def advance(
        self, time: Floats, cell: Ints, difficulty: Floats, novelty: Floats, level: Ints, success: Floats,
        shift: Floats, *, compiled: bool = False,
    ) -> Floats:  # fmt: skip
        """Take in the rows, oldest first; return (n,) the chance of success of each before it was known."""
        run = _compiled() if compiled or len(cell) >= COMPILE_FROM else _advance
        moves = self.volatility
        since = self._since(time)
        chance: Floats = run(
            cell, difficulty, novelty, level, success, shift, since[1:],
            self.weight, self.mean, self.covariance, self.practice, self.n_before,
            NODES, WEIGHTS, moves.drift, self._jump_chances(since), moves.jump_variance,
        )  # fmt: skip
        self.since = float(since[-1])
        return chance

    def _since(self, time: Floats) -> Floats:
        """Return (n + 1,) 1 from the upheaval on: for the last situation so far and each of the next."""
        if self.upheaval is None:
            return np.zeros(len(time) + 1)
        places = self.n_before.sum() + np.arange(len(time))
        return np.append(self.since, self.upheaval.passed(time, places).astype(np.float64))

    def _jump_chances(self, since: Floats) -> Floats:
        """Return (n,) the chance of a jump before each situation, which `since` (n + 1,) may have parted."""
        stays = np.full(len(since) - 1, 1 - self.volatility.jump_chance)
        if self.upheaval is not None:
            stays[np.diff(since) > 0] *= 1 - STRUCK_APART * self.upheaval.chance
        return 1 - stays

    def together(self) -> tuple[Floats, Floats]:
        """Return mean (d,) and covariance (d, d) of what all filters say together."""
        return collapsed(self.weight, self.mean, self.covariance)

    def direction(self, competency: int, difficulty: float, novelty: float, level: int = 0) -> Floats:
        """Return (d,) the design of a situation at this moment."""
        s = self.competencies.index(competency)
        x = np.zeros(self.mean.shape[1])
        _design(x, s, len(self.competencies), difficulty, novelty, level, self.practice[s], self.since)
        return x

    def chance(self, x: Floats) -> tuple[float, float, float]:
        """Return the chance of success in direction x (d,) with its central 90 % interval."""
        eta, sd = self._eta(x)
        p = _mean_chance(self.weight, eta, sd)
        low, high = (_logistic(_quantile(self.weight, eta, sd, q)) for q in (-Z_90, Z_90))
        return p, min(low, p), max(high, p)

    def mean_chance(self, x: Floats) -> float:
        """Return the chance of success in direction x (d,) alone, which is quicker."""
        return _mean_chance(self.weight, *self._eta(x))

    def _eta(self, x: Floats) -> tuple[Floats, Floats]:
        variance = (self.covariance @ x) @ x
        return self.mean @ x, np.sqrt(np.maximum(variance, 1e-12))


def _mean_chance(weight: Floats, eta: Floats, sd: Floats) -> float:
    return float(weight @ ((1 / (1 + np.exp(-eta[:, None] - sd[:, None] * NODES))) @ WEIGHTS))


def _logistic(eta: float) -> float:
    return float(1 / (1 + np.exp(-eta)))


def _quantile(weight: Floats, mean: Floats, sd: Floats, z: float) -> float:
    """Return the quantile of a mixture of normals where a standard normal has z, to 1e-4.

    It lies between the smallest and the largest of the same quantiles of the parts. Newton's steps find it
    in a few turns; one that leaves what is known to hold it, or comes no nearer, is replaced by halving.
    """
    parts = list(zip(weight.tolist(), mean.tolist(), sd.tolist(), strict=True))
    quantiles = [m + z * s for _w, m, s in parts]
    low, high = min(quantiles), max(quantiles)
    x: float = sum(w * q for (w, _m, _s), q in zip(parts, quantiles, strict=True))
    share, last = (1 + erf(z / sqrt(2))) / 2, inf
    while high - low > 1e-4 and last > 1e-5:
        above, density = -share, 0.0
        for w, m, s in parts:
            off = (x - m) / s
            above += w * (1 + erf(off / sqrt(2))) / 2
            density += w * exp(-off * off / 2) / (s * sqrt(tau))
        low, high = (low, x) if above > 0 else (x, high)
        step = above / density if density else inf
        if not low <= x - step <= high or abs(step) > last / 2:
            step = x - (low + high) / 2
        x, last = x - step, abs(step)
    return x
