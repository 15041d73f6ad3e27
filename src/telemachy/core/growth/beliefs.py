"""What is believed of a learner before the first situation: the population, as far as others taught it."""

from __future__ import annotations

import numpy as np

from telemachy.core.growth.evidence import Floats, Ints
from telemachy.core.growth.filtering import THETA, State
from telemachy.core.growth.history import History
from telemachy.core.growth.population import Population
from telemachy.core.growth.priors import (
    ASSIST,
    DIFFICULTY,
    GROWTH,
    INTERCEPT,
    N_EFFECTS,
    NOVELTY,
    UPHEAVAL,
)

#: Among more learners than this, what one taught about the population is not taken out again for that one.
FEW_LEARNERS = 300
#: Newton steps of a learner's own effects, none longer than the last.
N_STEPS, LONGEST_STEP = 30, 1.5


def start_of(population: Population, names: list[int], own: History) -> State:
    """Return the state of a learner before any situation.

    Parameters
    ----------
    population : Population
        What was learned; where it may have been struck by an upheaval, the state starts two filters.
    names : list of int
        The competencies that the learner will meet, sorted; those unknown to the population start anew.
    own : History
        The learner's situations that the population was learned from. What they taught is taken out again:
        they enter the state one by one, and counted twice they would make intervals too narrow.
    """
    struck = population.struck
    upheaval = None if struck is None else struck.upheaval
    state = State(names, *_beliefs(population, names, own), population.volatility, upheaval)
    if struck is not None and upheaval is not None:
        state.weight[:2] = 1 - upheaval.chance, upheaval.chance
        state.mean[1], state.covariance[1] = _beliefs(struck, names, own)
    return state


def _beliefs(population: Population, names: list[int], own: History) -> tuple[Floats, Floats]:
    """Return mean (d,) and covariance (d, d) of the state."""
    n, spread = len(names), population.spread
    mean, covariance = _shared(population, names)
    if len(own.time) and population.n_learners <= FEW_LEARNERS:
        mean, covariance = _without(mean, covariance, population, names, own)
    covariance[THETA, THETA] = spread.learner**2
    levels = range(THETA + 1, THETA + 1 + n)
    covariance[levels, levels] += spread.cell**2
    if population.upheaval is None:
        covariance[UPHEAVAL, UPHEAVAL] = 0.0
    return mean, covariance


def _shared(population: Population, names: list[int]) -> tuple[Floats, Floats]:
    """Return mean and covariance of what learners share, in the order of the state; theta is left at 0."""
    n, spread = len(names), population.spread
    mean = np.zeros(N_EFFECTS + 1 + 2 * n)
    variances = np.repeat([0.0, spread.competency**2, spread.slope**2], [N_EFFECTS + 1, n, n])
    pick, into = places_of(population.competencies, names)
    variances[into] = 0.0
    covariance = np.diag(variances)
    mean[into] = population.mean[pick]
    covariance[np.ix_(into, into)] = population.covariance[np.ix_(pick, pick)]
    return mean, covariance


def places_of(known: Ints, names: list[int]) -> tuple[list[int], list[int]]:
    """Return where the effects that a learner's state shares stand in the population, and in the state."""
    n = len(names)
    pick, into = list(range(N_EFFECTS)), list(range(N_EFFECTS))
    for s, (name, k) in enumerate(zip(names, np.searchsorted(known, names).tolist(), strict=True)):
        if k < len(known) and known[k] == name:
            pick += [N_EFFECTS + k, N_EFFECTS + len(known) + k]
            into += [THETA + 1 + s, THETA + 1 + n + s]
    return pick, into


def _without(
    mean: Floats, covariance: Floats, population: Population, names: list[int], own: History
) -> tuple[Floats, Floats]:
    """Return the shared beliefs without what one learner taught, to second order around the mode.

    The cavity of expectation propagation (Minka 2001). The population may have been learned from a little
    less than `own` says, when a rating was changed since; where it then would know less than nothing, the
    beliefs stay as they are.
    """
    x = _designs(population, names, own)
    shared = np.delete(np.arange(len(mean)), THETA)
    n = len(names)
    precisions = np.repeat([population.spread.learner**-2, population.spread.cell**-2], [1, n])
    effects = x[:, THETA : THETA + 1 + n]
    x = x[:, shared]
    offset, u = x @ mean[shared] + own.shift, np.zeros(1 + n)
    for _ in range(N_STEPS):
        p = 1 / (1 + np.exp(-(offset + effects @ u)))
        inner = effects.T @ (effects * (p * (1 - p))[:, None]) + np.diag(precisions)
        step = np.linalg.solve(inner, effects.T @ (own.success - p) - precisions * u)
        u += np.clip(step, -LONGEST_STEP, LONGEST_STEP)
        if abs(step).max() < 1e-8:
            break
    weighted = x * (p * (1 - p))[:, None]
    cross = effects.T @ weighted
    curvature = x.T @ weighted - cross.T @ np.linalg.solve(inner, cross)
    left = np.linalg.inv(covariance[np.ix_(shared, shared)]) - curvature
    if np.linalg.eigvalsh(left).min() <= 0:
        return mean, covariance
    mean, covariance = mean.copy(), covariance.copy()
    covariance[np.ix_(shared, shared)] = found = np.linalg.inv(left)
    mean[shared] -= found @ (x.T @ (own.success - p))
    return mean, covariance


def _designs(population: Population, names: list[int], own: History) -> Floats:
    """Return (n, d) the designs of a learner's situations; theta and levels stand for the own effects."""
    rows, n = np.arange(len(own.time)), len(names)
    cell = np.searchsorted(names, own.competency)
    x = np.zeros((len(rows), N_EFFECTS + 1 + 2 * n))
    x[:, INTERCEPT], x[:, DIFFICULTY], x[:, NOVELTY] = 1.0, own.difficulty - 3, own.novelty - 3
    helped = own.level > 0
    x[rows[helped], ASSIST + own.level[helped]] = 1.0
    if population.upheaval is not None:
        x[:, UPHEAVAL] = population.upheaval.passed(own.time, rows)
    x[:, THETA] = x[rows, THETA + 1 + cell] = 1.0
    for s in range(n):
        here = rows[cell == s]
        n_before = np.arange(len(here))
        gained = np.zeros((len(here), 5))
        gained[n_before, own.level[here]] = np.log((n_before + 2) / (n_before + 1))
        practice = gained.cumsum(axis=0) - gained
        x[here, GROWTH : GROWTH + 5] = practice
        x[here, THETA + 1 + n + s] = practice.sum(axis=1)
    return x
