"""The interim growth model: a Beta posterior per learner and competency."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import NamedTuple

import numpy as np

from telemachy.core.growth.evidence import Bools, Evidence, Floats, Ints

MODEL_VERSION = "beta-1"

#: How much a success counts towards a situation one grade harder or more novel, per grade.
TRANSFER = 0.85

#: Fewer situations decided alone say nothing about a learner as a whole.
MIN_ALONE = 3

#: Tail on each side of the 90 % interval.
TAIL = 0.05


class Independence(NamedTuple):
    """Chance of handling a situation alone: mean and 90 % credible interval, all in (0, 1)."""

    p: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Posterior:
    """A Beta(1 + n_success, 1 + n_failure) distribution of a chance (uniform prior, Bayes 1763)."""

    n_success: float
    n_failure: float

    def interval(self) -> Independence:
        """Return the mean and the central 90 % interval."""
        from scipy.special import betaincinv  # here, so that a start without it takes seconds less

        a, b = 1 + self.n_success, 1 + self.n_failure
        return Independence(a / (a + b), float(betaincinv(a, b, TAIL)), float(betaincinv(a, b, 1 - TAIL)))

    def p_at_least(self, mark: float) -> float:
        """Return the probability that the chance is `mark` or more."""
        from scipy.special import betainc

        return float(1 - betainc(1 + self.n_success, 1 + self.n_failure, mark))


@dataclass(frozen=True, eq=False, slots=True)
class Model:
    """Evidence, ready to answer how likely a learner is to handle a situation alone."""

    evidence: Evidence

    def independence(
        self, learner: int, competency: int, difficulty: float = 4, novelty: float = 5
    ) -> Independence:
        """Return the chance that `learner` handles such a situation alone, with its 90 % interval.

        Parameters
        ----------
        learner, competency : int
            As in the evidence; unknown ones give the prior: 0.5 with the interval 0.05 to 0.95.
        difficulty, novelty : float
            Grades 1..5 of the situation asked about. A success in an easier situation counts
            0.85 per grade it falls short, a failure in a harder one 0.85 per grade it exceeds.

        Returns
        -------
        Independence
            `(p, low, high)`, never NaN, `low < p < high`.

        Notes
        -----
        Beta-binomial (Gelman et al. 2013, ch. 2) over situations decided without guidance. Evidence from
        other grades enters as a power prior (Ibrahim & Chen 2000), discounted rather than dropped.
        """
        return self._posterior(self.evidence.rows(learner, competency), difficulty, novelty).interval()

    def overall(
        self, learner: int, difficulty: float = 4, novelty: float = 5, *, until: float = inf
    ) -> Independence | None:
        """Return the chance of handling such a situation alone, pooled over all competencies of a learner.

        Parameters
        ----------
        learner : int
            As in the evidence.
        difficulty, novelty : float
            As in `independence`.
        until : float
            Use only situations up to this time, for example to see how things stood two months ago.

        Returns
        -------
        Independence or None
            None below three situations decided alone, which are too few to place a learner.
        """
        rows = np.flatnonzero((self.evidence.learner == learner) & (self.evidence.time <= until))
        if int(self.evidence.unguided()[rows].sum()) < MIN_ALONE:
            return None
        return self._posterior(rows, difficulty, novelty).interval()

    def _posterior(self, rows: Ints, difficulty: float, novelty: float) -> Posterior:
        rows = rows[self.evidence.unguided()[rows]]
        success, failure = transfer_weights(
            self.evidence.handled()[rows],
            self.evidence.difficulty[rows],
            self.evidence.novelty[rows],
            difficulty,
            novelty,
        )
        return Posterior(float(success.sum()), float(failure.sum()))


def transfer_weights(
    handled: Bools, difficulty: Floats, novelty: Floats, to_difficulty: float, to_novelty: float
) -> tuple[Floats, Floats]:
    """Return the weights of each row as success and as failure for a situation of other grades."""
    short = np.maximum(to_difficulty - difficulty, 0) + np.maximum(to_novelty - novelty, 0)
    excess = np.maximum(difficulty - to_difficulty, 0) + np.maximum(novelty - to_novelty, 0)
    success = np.where(handled, TRANSFER**short, 0.0)
    failure = np.where(handled, 0.0, TRANSFER**excess)
    return success, failure


def fit(evidence: Evidence) -> Model:
    """Return a model of the evidence; the interim model has nothing to estimate across learners."""
    return Model(evidence)
