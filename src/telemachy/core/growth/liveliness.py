"""How much the learners of a programme move, from how well each answer predicts what they did next."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from telemachy.core.growth.beliefs import places_of
from telemachy.core.growth.evidence import Floats
from telemachy.core.growth.filtering import THETA, State
from telemachy.core.growth.history import History, advance
from telemachy.core.growth.population import Population
from telemachy.core.growth.priors import N_EFFECTS, UPHEAVAL, VOLATILITIES, Volatility

#: So many situations are tried in all, of each learner the first.
TRIED = 15_000


def volatility_of(histories: Sequence[History], population: Population) -> Volatility:
    """Return how lively learners are, given the situations of some of them.

    The settings on offer are averaged by the chance that each gave to all that happened. A population that
    was fitted as if nobody moved takes part of what they do for spread, and would find them calm. So each
    setting starts from the priors, and learns the population anew as it passes from learner to learner:
    what it says of a learner's situation rests on earlier ones of the same learner, and on earlier learners
    (prequential evidence: Dawid 1984).

    Parameters
    ----------
    histories : sequence of History
        With the effects of items as the population has them.
    population : Population
        Gives the priors, the spread, and an upheaval with its chance.
    """
    tried = [history.part(0, TRIED // len(histories)) for history in histories]
    weights, struck = _weights(tried, population), population.struck
    if struck is not None and struck.upheaval is not None:
        weights += struck.upheaval.chance * (_weights(tried, struck) - weights)
    averages = np.average([moves for moves, _ in VOLATILITIES], axis=0, weights=weights)
    return Volatility(*averages.tolist())


def _weights(histories: Sequence[History], population: Population) -> Floats:
    """Return the chance of each setting, with or without an upheaval, as the population has it."""
    scores = np.array([_evidence(histories, population, moves) + np.log(p) for moves, p in VOLATILITIES])
    weights: Floats = np.exp(scores - np.logaddexp.reduce(scores))
    return weights


def _evidence(histories: Sequence[History], population: Population, moves: Volatility) -> float:
    """Return the log of the chance of all that happened, by learners who move like this."""
    kept = N_EFFECTS + 2 * len(population.competencies)
    mean, variance = population.prior_mean[:kept], 1 / population.prior_precision[:kept]
    variance[UPHEAVAL] *= population.upheaval is not None
    covariance, found = np.diag(variance), 0.0
    for history in histories:
        state, pick, into = _stranger(mean, covariance, population, moves, history)
        before, within = state.mean[0, into], state.covariance[0][np.ix_(into, into)]
        chance = advance(state, history, compiled=True)
        found += float(np.log(np.where(history.success > 0, chance, 1 - chance)).sum())
        # What the state knows now of the shared effects, said to all of them (Rauch, Tung & Striebel 1965).
        after, spread = state.joined()
        share = np.linalg.pinv(within, hermitian=True) @ covariance[pick]
        mean = mean + share.T @ (after[into] - before)
        covariance = covariance + share.T @ (spread[np.ix_(into, into)] - within) @ share
    return found


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
