"""`filtering._advance` once more, spelled out in loops for the compiler: for evidence in bulk."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from math import exp, log, sqrt
from typing import Any

import numpy as np

from telemachy.core.growth.evidence import Floats, Ints
from telemachy.core.growth.priors import ASSIST, GROWTH, N_EFFECTS


def _advance(
    cell: Ints, difficulty: Floats, novelty: Floats, level: Ints, success: Floats, shift: Floats,
    weight: Floats, mean: Floats, covariance: Floats, practice: Floats, n_before: Ints,
    nodes: Floats, node_weights: Floats, drift: float, jump_chance: float, jump_variance: float,
) -> Floats:  # fmt: skip
    """Do as `filtering._advance` does."""
    n_pasts, d = mean.shape
    n_cells = len(n_before)
    at, x = np.zeros(12, np.int64), np.zeros(12)
    along = np.zeros(d)
    chance = np.zeros(len(cell))
    fresh = True
    for s in range(n_cells):
        if n_before[s] > 0:
            fresh = False
    for r in range(len(cell)):
        # The design, as the places and values that are not 0.
        s, g = cell[r], level[r]
        at[0], at[1], at[2], at[3], at[4] = 0, 1, 2, N_EFFECTS, N_EFFECTS + 1 + s
        x[0], x[1], x[2], x[3], x[4] = 1.0, difficulty[r] - 3, novelty[r] - 3, 1.0, 1.0
        n_x = 5
        if g > 0:
            at[n_x], x[n_x] = ASSIST + g, 1.0
            n_x += 1
        total_practice = 0.0
        for h in range(5):
            if practice[s, h] > 0:
                at[n_x], x[n_x] = GROWTH + h, practice[s, h]
                total_practice += practice[s, h]
                n_x += 1
        at[n_x], x[n_x] = N_EFFECTS + 1 + n_cells + s, total_practice
        n_x += 1

        if not fresh:
            likely, lightest = 0, 0
            for m in range(n_pasts):
                covariance[m, N_EFFECTS, N_EFFECTS] += drift
                if weight[m] > weight[likely]:
                    likely = m
                if weight[m] < weight[lightest]:
                    lightest = m
            rest = 0.0
            for m in range(n_pasts):
                if m != lightest:
                    rest += weight[m]
            for a in range(d):
                mean[lightest, a] = mean[likely, a]
                for b in range(d):
                    covariance[lightest, a, b] = covariance[likely, a, b]
            covariance[lightest, N_EFFECTS, N_EFFECTS] += jump_variance
            for m in range(n_pasts):
                weight[m] *= (1 - jump_chance) / rest
            weight[lightest] = jump_chance
        fresh = False

        sum_of_weights = 0.0
        for m in range(n_pasts):
            eta, variance = 0.0, 0.0
            for a in range(d):
                along[a] = 0.0
                for j in range(n_x):
                    along[a] += covariance[m, a, at[j]] * x[j]
            for j in range(n_x):
                eta += mean[m, at[j]] * x[j]
                variance += along[at[j]] * x[j]
            sd = sqrt(variance)
            total, first, second, p_success = 0.0, 0.0, 0.0, 0.0
            for j in range(len(nodes)):
                off = sd * nodes[j]
                p = 1 / (1 + exp(-(eta + shift[r] + off)))
                p_success += p * node_weights[j]
                likelihood = (success[r] * p + (1 - success[r]) * (1 - p)) * node_weights[j]
                total += likelihood
                first += likelihood * off
                second += likelihood * off * off
            chance[r] += weight[m] * p_success
            first, second = first / total, second / total
            shrink = (second - first * first - variance) / (variance * variance)
            for a in range(d):
                mean[m, a] += along[a] * first / variance
                for b in range(d):
                    covariance[m, a, b] += shrink * along[a] * along[b]
            weight[m] *= total
            sum_of_weights += weight[m]
        for m in range(n_pasts):
            weight[m] /= sum_of_weights

        practice[s, g] += log((n_before[s] + 2) / (n_before[s] + 1))
        n_before[s] += 1
    return chance


@cache
def compiled() -> Callable[..., Any]:
    """Return the loops, compiled; numba is loaded here because few rows never need it."""
    import numba

    return numba.njit(cache=True, error_model="numpy")(_advance)
