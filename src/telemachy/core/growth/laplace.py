"""One pass over the learners: gradient and curvature of the population effects, learners integrated out.

For given population effects each learner's own effects (theta and one delta for each competency) are set to
their mode by Newton steps; they leave the curvature of the population effects by a Schur complement. The
learner's block is an arrow matrix, so that this costs a few operations for each competency (Laplace's method;
Tierney & Kadane 1986; the elimination as in Bates & DebRoy 2004).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from math import exp, log
from typing import Any

import numpy as np

from telemachy.core.growth.evidence import Floats, Ints
from telemachy.core.growth.priors import ASSIST, GROWTH, N_EFFECTS

#: Steps of a learner's own effects are no longer than this; an unbounded one may overshoot for ever.
LONGEST_STEP = 1.5
MAX_STEPS, TOLERANCE = 30, 1e-8


def _eliminate(
    starts: Ints, competency: Ints, difficulty: Floats, novelty: Floats, level: Ints, success: Floats,
    item: Ints, n_competencies: int, n_items: int, beta: Floats, learner_precision: float, cell_precision:
    float,
) -> tuple[Floats, Floats, Floats]:  # fmt: skip
    """Return gradient (p,), curvature (p, p) and (sum theta^2, n learners, sum delta^2, n cells).

    Rows are sorted by learner, learner i has rows `starts[i]:starts[i + 1]`. `item` is empty or numbers
    items from 0, -1 for a row without one. Sums of squares are posterior expectations, for EM.
    """
    p = N_EFFECTS + 2 * n_competencies + n_items
    gradient, curvature, squares = np.zeros(p), np.zeros((p, p)), np.zeros(4)
    n_rows_max = 0
    for i in range(len(starts) - 1):
        n_rows_max = max(n_rows_max, starts[i + 1] - starts[i])
    n_cells_max = min(n_competencies, n_rows_max)
    q_max = N_EFFECTS + 2 * n_cells_max + min(n_items, n_rows_max)

    cell_of = np.full(n_competencies, -1)
    local_of_item = np.full(n_items, -1)
    column = np.zeros(q_max, dtype=np.int64)
    practice = np.zeros((n_cells_max, 5))
    n_before = np.zeros(n_cells_max)
    base, cell, at_item = np.zeros(n_rows_max), np.zeros(n_rows_max, np.int64), np.zeros(n_rows_max, np.int64)
    delta, weight, pull = np.zeros(n_cells_max), np.zeros(n_cells_max), np.zeros(n_cells_max)
    cross, cross_learner = np.zeros((n_cells_max, q_max)), np.zeros(q_max)
    block, slope = np.zeros((q_max, q_max)), np.zeros(q_max)
    at, x = np.zeros(N_EFFECTS + 3, dtype=np.int64), np.zeros(N_EFFECTS + 3)
    for j in range(N_EFFECTS):
        column[j] = j

    for i in range(len(starts) - 1):
        first, last = starts[i], starts[i + 1]
        if first == last:
            continue
        # Number the competencies and items that the learner met.
        n_cells = 0
        for r in range(first, last):
            k = competency[r]
            if cell_of[k] < 0:
                cell_of[k] = n_cells
                column[N_EFFECTS + 2 * n_cells] = N_EFFECTS + k
                column[N_EFFECTS + 2 * n_cells + 1] = N_EFFECTS + n_competencies + k
                n_cells += 1
            cell[r - first] = cell_of[k]
        q = N_EFFECTS + 2 * n_cells
        if n_items > 0:
            for r in range(first, last):
                j = item[r]
                at_item[r - first] = -1
                if j >= 0:
                    if local_of_item[j] < 0:
                        local_of_item[j] = q
                        column[q] = N_EFFECTS + 2 * n_competencies + j
                        q += 1
                    at_item[r - first] = local_of_item[j]

        # The part of the predictor that does not depend on the learner's own effects.
        practice[:n_cells] = 0.0
        n_before[:n_cells] = 0.0
        for r in range(first, last):
            s = cell[r - first]
            g = level[r]
            eta = beta[0] + beta[1] * (difficulty[r] - 3) + beta[2] * (novelty[r] - 3)
            if g > 0:
                eta += beta[ASSIST + g]
            total = 0.0
            for h in range(5):
                eta += beta[GROWTH + h] * practice[s, h]
                total += practice[s, h]
            eta += beta[N_EFFECTS + competency[r]] + beta[N_EFFECTS + n_competencies + competency[r]] * total
            if n_items > 0 and item[r] >= 0:
                eta += beta[N_EFFECTS + 2 * n_competencies + item[r]]
            base[r - first] = eta
            practice[s, g] += log((n_before[s] + 2) / (n_before[s] + 1))
            n_before[s] += 1

        # The mode of the learner's own effects.
        theta = 0.0
        delta[:n_cells] = 0.0
        for _ in range(MAX_STEPS):
            weight[:n_cells] = 0.0
            pull[:n_cells] = 0.0
            for r in range(last - first):
                s = cell[r]
                mu = 1 / (1 + exp(-(base[r] + theta + delta[s])))
                weight[s] += mu * (1 - mu)
                pull[s] += success[first + r] - mu
            g_theta, a_theta = -theta * learner_precision, learner_precision
            for s in range(n_cells):
                kept = cell_precision / (weight[s] + cell_precision)
                own = pull[s] - delta[s] * cell_precision
                a_theta += weight[s] * kept
                g_theta += pull[s] - weight[s] / (weight[s] + cell_precision) * own
            step = min(max(g_theta / a_theta, -LONGEST_STEP), LONGEST_STEP)
            longest = abs(step)
            for s in range(n_cells):
                own = (pull[s] - delta[s] * cell_precision - weight[s] * step) / (weight[s] + cell_precision)
                own = min(max(own, -LONGEST_STEP), LONGEST_STEP)
                delta[s] += own
                longest = max(longest, abs(own))
            theta += step
            if longest < TOLERANCE:
                break

        # Gradient and curvature of the population effects in the learner's own columns. Each pair of
        # columns is added once, on either side of the diagonal, and the diagonal by half: the sum with
        # the transpose is the whole.
        block[:q, :q] = 0.0
        slope[:q] = 0.0
        cross[:n_cells, :q] = 0.0
        weight[:n_cells] = 0.0
        practice[:n_cells] = 0.0
        n_before[:n_cells] = 0.0
        for r in range(first, last):
            s, g = cell[r - first], level[r]
            at[0], at[1], at[2] = 0, 1, 2
            x[0], x[1], x[2] = 1.0, difficulty[r] - 3, novelty[r] - 3
            m = 3
            if g > 0:
                at[m], x[m] = ASSIST + g, 1.0
                m += 1
            total = 0.0
            for h in range(5):
                if practice[s, h] > 0:
                    at[m], x[m] = GROWTH + h, practice[s, h]
                    total += practice[s, h]
                    m += 1
            at[m], x[m] = N_EFFECTS + 2 * s, 1.0
            at[m + 1], x[m + 1] = N_EFFECTS + 2 * s + 1, total
            m += 2
            if n_items > 0 and at_item[r - first] >= 0:
                at[m], x[m] = at_item[r - first], 1.0
                m += 1
            mu = 1 / (1 + exp(-(base[r - first] + theta + delta[s])))
            w, residual = mu * (1 - mu), success[r] - mu
            weight[s] += w
            for a in range(m):
                slope[at[a]] += residual * x[a]
                cross[s, at[a]] += w * x[a]
                block[at[a], at[a]] += 0.5 * w * x[a] * x[a]
                for b in range(a):
                    block[at[a], at[b]] += w * x[a] * x[b]
            practice[s, g] += log((n_before[s] + 2) / (n_before[s] + 1))
            n_before[s] += 1

        a_theta = learner_precision
        cross_learner[:q] = 0.0
        for s in range(n_cells):
            c = weight[s] + cell_precision
            a_theta += weight[s] * cell_precision / c
            for a in range(q):
                if cross[s, a] != 0.0:
                    cross_learner[a] += cross[s, a] * cell_precision / c
                    block[a, a] -= 0.5 * cross[s, a] * cross[s, a] / c
                    for b in range(a):
                        block[a, b] -= cross[s, a] * cross[s, b] / c
        for a in range(q):
            block[a, a] -= 0.5 * cross_learner[a] * cross_learner[a] / a_theta
            for b in range(a):
                block[a, b] -= cross_learner[a] * cross_learner[b] / a_theta

        for a in range(q):
            gradient[column[a]] += slope[a]
            for b in range(q):
                curvature[column[a], column[b]] += block[a, b]

        squares[0] += theta * theta + 1 / a_theta
        squares[1] += 1
        for s in range(n_cells):
            c = weight[s] + cell_precision
            squares[2] += delta[s] * delta[s] + 1 / c + (weight[s] / c) ** 2 / a_theta
            squares[3] += 1
        for r in range(first, last):
            cell_of[competency[r]] = -1
            if n_items > 0 and item[r] >= 0:
                local_of_item[item[r]] = -1
    return gradient, curvature + curvature.T, squares


@cache
def compiled() -> Callable[..., Any]:
    """Return the pass, compiled; numba is loaded here because small evidence never needs it."""
    import numba

    return numba.njit(cache=True, error_model="numpy")(_eliminate)
