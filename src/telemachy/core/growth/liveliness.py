"""Learners who move: how much they do, and what a programme teaches once that is reckoned with.

A population that was fitted as if nobody moved takes part of what learners do for spread between them, finds
them calm, and believes too firmly what it learned. Here each setting of how lively they are starts from the
priors, and learns the population anew as it passes from learner to learner: what it says of a situation rests
on earlier ones of the same learner, and on earlier learners. How likely it found what happened is its weight
(prequential evidence: Dawid 1984).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from telemachy.core.growth.beliefs import FEW_LEARNERS, places_of
from telemachy.core.growth.evidence import Floats
from telemachy.core.growth.filtering import THETA, State, collapsed
from telemachy.core.growth.history import History, advance, history_of
from telemachy.core.growth.population import Population, Rows
from telemachy.core.growth.priors import EFFECT_SDS, N_EFFECTS, UPHEAVAL, VOLATILITIES, Volatility

#: With more rows, or more learners than `FEW_LEARNERS`, some learners tell how lively all are, and the rest
#: stays as it was fitted: of so many rows it is known well enough.
FEW_ROWS, SOME_LEARNERS = 15_000, 60


def among_moving(rows: Rows, population: Population) -> Population:
    """Return the population with what its learners tell of how lively they are.

    Parameters
    ----------
    rows : Rows
        The situations that it was fitted to, of two learners or more.
    population : Population
        Fitted as if nobody moved; what it found of spreads and of an upheaval is kept.
    """
    is_small = len(rows.learners) <= FEW_LEARNERS and rows.starts[-1] <= FEW_ROWS
    tried = _all(rows, population) if is_small else _some(rows, population)
    weights, learned = _learned(tried, population)
    struck = population.struck
    if struck is not None and struck.upheaval is not None:
        chance = struck.upheaval.chance
        weights_struck, struck = _learned(tried, struck)
        weights += chance * (weights_struck - weights)
    moves = np.average([moves for moves, _ in VOLATILITIES], axis=0, weights=weights)
    volatility = Volatility(*moves.tolist())
    if not is_small or len(population.items):
        return replace(population, volatility=volatility)
    return replace(learned, volatility=volatility, struck=struck)


def _all(rows: Rows, population: Population) -> list[History]:
    learners = range(len(rows.learners))
    return [history_of(rows.some(i, i + 1), population.competencies, population) for i in learners]


def _some(rows: Rows, population: Population) -> list[History]:
    """Return the first situations of some learners."""
    few = rows.every(-(-len(rows.learners) // SOME_LEARNERS))
    return [history.part(0, FEW_ROWS // len(few.learners)) for history in _all(few, population)]


def _learned(histories: Sequence[History], population: Population) -> tuple[Floats, Population]:
    """Return the weight of each setting, and the population that they teach, averaged by it."""
    passed = [_passed(histories, population, moves) for moves, _ in VOLATILITIES]
    scores, means, covariances = (np.array(part) for part in zip(*passed, strict=True))
    scores += np.log([chance for _, chance in VOLATILITIES])
    weights: Floats = np.exp(scores - np.logaddexp.reduce(scores))
    mean, covariance = collapsed(weights, means, covariances)
    if population.upheaval is None:
        covariance[UPHEAVAL, UPHEAVAL] = EFFECT_SDS[UPHEAVAL] ** 2
    return weights, replace(population, mean=mean, precision=np.linalg.inv(covariance))


def _passed(
    histories: Sequence[History], population: Population, moves: Volatility
) -> tuple[float, Floats, Floats]:
    """Return the log of the chance of all that happened, by learners who move so, and what they teach."""
    kept = N_EFFECTS + 2 * len(population.competencies)
    mean, variance = population.prior_mean[:kept], 1 / population.prior_precision[:kept]
    variance[UPHEAVAL] *= population.upheaval is not None
    covariance, score = np.diag(variance), 0.0
    for history in histories:
        state, pick, into = _stranger(mean, covariance, population, moves, history)
        before, within = state.mean[0, into], state.covariance[0][np.ix_(into, into)]
        chance = advance(state, history, compiled=True)
        score += float(np.log(np.where(history.success > 0, chance, 1 - chance)).sum())
        # What the state knows now of the effects it holds, said to all (Rauch, Tung & Striebel 1965).
        after, spread = state.together()
        share = np.linalg.pinv(within, hermitian=True) @ covariance[pick]
        mean = mean + share.T @ (after[into] - before)
        covariance = covariance + share.T @ (spread[np.ix_(into, into)] - within) @ share
    return score, mean, covariance


def _stranger(
    mean: Floats, covariance: Floats, population: Population, moves: Volatility, history: History
) -> tuple[State, list[int], list[int]]:
    """Return the state of a learner of whom nothing is known, and where it holds which shared effects."""
    names = np.unique(history.competency).tolist()
    pick, into = places_of(population.competencies, names)
    d = N_EFFECTS + 1 + 2 * len(names)
    first, within = np.zeros(d), np.zeros((d, d))
    first[into], within[np.ix_(into, into)] = mean[pick], covariance[np.ix_(pick, pick)]
    levels = range(THETA + 1, THETA + 1 + len(names))
    within[THETA, THETA] = population.spread.learner**2
    within[levels, levels] += population.spread.cell**2
    return State(names, first, within, moves, population.upheaval), pick, into
