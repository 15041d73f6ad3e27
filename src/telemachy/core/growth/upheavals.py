"""Sudden changes that strike everybody: all learners together tell them at once, one alone late.

For moments spread over the evidence, by the calendar and by the place in the course, it is asked how much
likelier the evidence becomes when everything is harder or easier by the same amount from there on.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from telemachy.core.growth.evidence import Floats, Ints
from telemachy.core.growth.population import Population, Rows, contribution
from telemachy.core.growth.priors import UPHEAVAL, Upheaval

#: The chance before the evidence that there was one, at one of these shares of all situations.
P_UPHEAVAL = 0.4
MOMENTS = np.arange(0.2, 0.96, 0.05)


def upheaval_of(rows: Rows, population: Population) -> Upheaval | None:
    """Return the likeliest upheaval, with the chance that there was one at all.

    Parameters
    ----------
    rows : Rows
        Situations of two learners or more.
    population : Population
        Fitted to these rows, without an upheaval.

    Returns
    -------
    Upheaval or None
        None where everything happened at the same moment.

    Notes
    -----
    Bayes factors by Laplace's method. All moments are compared by one Newton step away from the fit without
    an upheaval; the likeliest is weighed by two, as one takes a leap to where nearly all succeed for small.
    """
    # Where all began together both clocks say the same, and the first is taken: that it was the place. Growth
    # of another form than the model's looks like an upheaval too, and whoever comes next would be thought to
    # begin after it.
    moments = [
        *(Upheaval("place", at) for at in _spread_over(_places(rows))),
        *(Upheaval("time", at) for at in _spread_over(rows.time)),
    ]
    if not moments:
        return None
    covariance = np.linalg.inv(population.precision)
    gains = np.array([_gain(rows, replace(population, upheaval=one), covariance) for one in moments])
    best = int(gains.argmax())
    gains[best] = _gain_of_leap(rows, replace(population, upheaval=moments[best]))
    odds = np.exp(np.minimum(gains, 500)).sum() / len(moments) * P_UPHEAVAL / (1 - P_UPHEAVAL)
    return moments[best]._replace(chance=float(odds / (1 + odds)))


def _gain(rows: Rows, population: Population, covariance: Floats) -> float:
    """Return the log Bayes factor of the upheaval by one step; `covariance` (p, p) is that without it."""
    gradient, curvature = contribution(rows, population)
    prior, cross = population.prior_precision[UPHEAVAL], curvature[UPHEAVAL].copy()
    own, cross[UPHEAVAL] = cross[UPHEAVAL], 0.0
    variance = 1 / (own + prior - cross @ covariance @ cross)
    return float((gradient[UPHEAVAL] ** 2 * variance + np.log(variance * prior)) / 2)


def _gain_of_leap(rows: Rows, population: Population) -> float:
    """Return the log Bayes factor of the upheaval by two steps, the gradient even between them."""
    step, start, without = _newton(rows, population)
    without[UPHEAVAL] = without[:, UPHEAVAL] = 0.0
    without[UPHEAVAL, UPHEAVAL] = population.prior_precision[UPHEAVAL]
    rest, end, precision = _newton(rows, replace(population, mean=population.mean + step))
    log_dets = np.linalg.slogdet(without)[1] - np.linalg.slogdet(precision)[1]
    return float(((start + end) @ step + end @ rest + log_dets) / 2)


def _newton(rows: Rows, population: Population) -> tuple[Floats, Floats, Floats]:
    """Return a Newton step (p,), the gradient (p,) and the precision (p, p) where it starts."""
    gradient, curvature = contribution(rows, population)
    gradient -= population.prior_precision * (population.mean - population.prior_mean)
    precision = curvature + np.diag(population.prior_precision)
    return np.linalg.solve(precision, gradient), gradient, precision


def _places(rows: Rows) -> Ints:
    """Return (n,) how many situations of the same learner came before each."""
    return np.arange(len(rows.time)) - np.repeat(rows.starts[:-1], np.diff(rows.starts))


def _spread_over(values: Floats | Ints) -> list[float]:
    ordered = np.sort(values)
    at = np.unique(ordered[(MOMENTS * len(values)).astype(int)])
    return [float(one) for one in at if one > ordered[0]]
