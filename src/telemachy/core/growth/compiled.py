"""Two passes over situations in bulk, compiled by numba: filtering a learner, and eliminating the learners.

`advance` is `filtering._advance` spelled out in loops; a test holds the two equal. `eliminate` is a step of
the population's fit: for given population effects each learner's own effects (theta and one delta for each
competency) are set to their mode by Newton steps; they leave the curvature of the population effects by a
Schur complement. The learner's block is an arrow matrix, so that this costs a few operations for each
competency (Laplace's method; Tierney & Kadane 1986; the elimination as in Bates & DebRoy 2004).

Import this module where it is needed only: numba takes a second to load, and few rows never need it.
"""

from __future__ import annotations

from math import exp, log, sqrt

import numpy as np
from numba import njit

from telemachy.core.growth.evidence import Floats, Ints
from telemachy.core.growth.priors import ASSIST, GROWTH, N_EFFECTS, UPHEAVAL

#: Steps of a learner's own effects are no longer than this; an unbounded one may overshoot for ever.
LONGEST_STEP = 1.5
MAX_STEPS, TOLERANCE = 30, 1e-8
#: A design has at most so many places that are not 0: the shared effects, theta, level, slope, item.
MAX_PLACES = N_EFFECTS + 4


@njit(cache=True, error_model="numpy")
def _design(
    at: Ints, x: Floats, difficulty: float, novelty: float, level: int, practice: Floats, since: float,
    level_at: int, slope_at: int,
) -> int:  # fmt: skip
    """Write places and values of a situation's design that are not 0; return how many.

    `practice` (5,) is that of the competency, whose level and slope stand at `level_at` and `slope_at`.
    """
    at[0], at[1], at[2], at[3] = 0, 1, 2, level_at
    x[0], x[1], x[2], x[3] = 1.0, difficulty - 3, novelty - 3, 1.0
    n_x = 4
    if level > 0:
        at[n_x], x[n_x] = ASSIST + level, 1.0
        n_x += 1
    total = 0.0
    for h in range(5):
        if practice[h] > 0:
            at[n_x], x[n_x] = GROWTH + h, practice[h]
            total += practice[h]
            n_x += 1
    if since > 0:
        at[n_x], x[n_x] = UPHEAVAL, since
        n_x += 1
    at[n_x], x[n_x] = slope_at, total
    return n_x + 1


@njit(cache=True, error_model="numpy")
def _practise(practice: Floats, n_before: Ints, cell: int, level: int) -> None:
    """Count a situation: log practice at its level, and one more before the next."""
    practice[cell, level] += log((n_before[cell] + 2) / (n_before[cell] + 1))
    n_before[cell] += 1


@njit(cache=True, error_model="numpy")
def _branch(
    weight: Floats, mean: Floats, covariance: Floats, jump_chance: float, jump_variance: float
) -> None:
    """Do as `filtering._branch` does."""
    n_pasts, d = mean.shape
    likely, lightest = weight.argmax(), weight.argmin()
    middle, spread = np.zeros(d), np.zeros((d, d))
    for m in range(n_pasts):
        for a in range(d):
            middle[a] += weight[m] * mean[m, a]
    for m in range(n_pasts):
        if weight[m] > 0:
            for a in range(d):
                off = mean[m, a] - middle[a]
                for b in range(d):
                    spread[a, b] += weight[m] * (covariance[m, a, b] + off * (mean[m, b] - middle[b]))
    share = weight[lightest] / (weight[likely] + weight[lightest])
    for a in range(d):
        off = mean[lightest, a] - mean[likely, a]
        for b in range(d):
            covariance[likely, a, b] += share * (covariance[lightest, a, b] - covariance[likely, a, b])
            covariance[likely, a, b] += share * (1 - share) * off * (mean[lightest, b] - mean[likely, b])
    for a in range(d):
        mean[likely, a] += share * (mean[lightest, a] - mean[likely, a])
    weight[likely] += weight[lightest]
    for m in range(n_pasts):
        weight[m] *= 1 - jump_chance
    weight[lightest] = jump_chance
    mean[lightest], covariance[lightest] = middle, spread
    covariance[lightest, N_EFFECTS, N_EFFECTS] += jump_variance


@njit(cache=True, error_model="numpy")
def advance(
    cell: Ints, difficulty: Floats, novelty: Floats, level: Ints, success: Floats, shift: Floats,
    since: Floats, weight: Floats, mean: Floats, covariance: Floats, practice: Floats, n_before: Ints,
    nodes: Floats, node_weights: Floats, drift: float, jump_chance: Floats, jump_variance: float,
) -> Floats:  # fmt: skip
    """Do as `filtering._advance` does."""
    n_pasts, d = mean.shape
    n_cells = len(n_before)
    at, x = np.zeros(MAX_PLACES, np.int64), np.zeros(MAX_PLACES)
    along = np.zeros(d)
    chance = np.zeros(len(cell))
    fresh = True
    for s in range(n_cells):
        if n_before[s] > 0:
            fresh = False
    for r in range(len(cell)):
        s, g = cell[r], level[r]
        n_x = _design(
            at,
            x,
            difficulty[r],
            novelty[r],
            g,
            practice[s],
            since[r],
            N_EFFECTS + 1 + s,
            N_EFFECTS + 1 + n_cells + s,
        )
        at[n_x], x[n_x] = N_EFFECTS, 1.0
        n_x += 1

        if not fresh:
            for m in range(n_pasts):
                covariance[m, N_EFFECTS, N_EFFECTS] += drift
            _branch(weight, mean, covariance, jump_chance[r], jump_variance)
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

        _practise(practice, n_before, s, g)
    return chance


@njit(cache=True, error_model="numpy")
def _since(clock: Floats, upheaval_at: float, first: int, row: int) -> float:
    """Return 1 from the upheaval on: by the clock if there is one, else by the place in the course."""
    now = clock[row] if len(clock) > 0 else row - first
    return 1.0 if now >= upheaval_at else 0.0


@njit(cache=True, error_model="numpy")
def eliminate(
    starts: Ints, competency: Ints, difficulty: Floats, novelty: Floats, level: Ints, success: Floats,
    item: Ints, clock: Floats, upheaval_at: float, n_competencies: int, n_items: int, beta: Floats,
    learner_precision: float, cell_precision: float,
) -> tuple[Floats, Floats, Floats]:  # fmt: skip
    """Return gradient (p,), curvature (p, p) and (sum theta^2, n learners, sum delta^2, n cells).

    Rows are sorted by learner, learner i has rows `starts[i]:starts[i + 1]`. `item` is empty or numbers
    items from 0, -1 for a row without one; `clock` is the time of each row, or empty if the upheaval is
    `upheaval_at` situations after each start. Sums of squares are posterior expectations, for EM.
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
    n_before = np.zeros(n_cells_max, np.int64)
    base, cell, at_item = np.zeros(n_rows_max), np.zeros(n_rows_max, np.int64), np.zeros(n_rows_max, np.int64)
    delta, weight, pull = np.zeros(n_cells_max), np.zeros(n_cells_max), np.zeros(n_cells_max)
    cross, cross_learner = np.zeros((n_cells_max, q_max)), np.zeros(q_max)
    block, slope = np.zeros((q_max, q_max)), np.zeros(q_max)
    at, x = np.zeros(MAX_PLACES, np.int64), np.zeros(MAX_PLACES)
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
        n_before[:n_cells] = 0
        for r in range(first, last):
            s, k = cell[r - first], competency[r]
            m = _design(
                at, x, difficulty[r], novelty[r], level[r], practice[s],
                _since(clock, upheaval_at, first, r), N_EFFECTS + k,
                N_EFFECTS + n_competencies + k,
            )  # fmt: skip
            eta = 0.0
            for a in range(m):
                eta += beta[at[a]] * x[a]
            if n_items > 0 and item[r] >= 0:
                eta += beta[N_EFFECTS + 2 * n_competencies + item[r]]
            base[r - first] = eta
            _practise(practice, n_before, s, level[r])

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
        n_before[:n_cells] = 0
        for r in range(first, last):
            s = cell[r - first]
            m = _design(
                at,
                x,
                difficulty[r],
                novelty[r],
                level[r],
                practice[s],
                _since(clock, upheaval_at, first, r),
                N_EFFECTS + 2 * s,
                N_EFFECTS + 2 * s + 1,
            )
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
            _practise(practice, n_before, s, level[r])

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
