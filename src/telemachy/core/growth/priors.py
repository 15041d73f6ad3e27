"""What is believed before any evidence: the population effects of the growth model and their spread.

One row of evidence has the linear predictor

    b0 + b_d (difficulty - 3) + b_n (novelty - 3) + a_level + mu_k + omega_k L + theta_i + delta_ik
       + sum_g gamma_g C_g + item_j

and P(handled) is its logistic. `EFFECTS` fixes the order of the thirteen effects that everybody shares.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np

from telemachy.core.growth.evidence import Floats

#: The shared effects in order: intercept, difficulty, novelty, assistance of levels 1..4 in the moment,
#: growth per unit of log practice at levels 0..4.
EFFECTS = (
    "intercept", "difficulty", "novelty",
    "assist_1", "assist_2", "assist_3", "assist_4",
    "growth_0", "growth_1", "growth_2", "growth_3", "growth_4", "upheaval",
)  # fmt: skip
N_EFFECTS = len(EFFECTS)
INTERCEPT, DIFFICULTY, NOVELTY = 0, 1, 2
#: `ASSIST + level` for levels 1..4; level 0 has no offset: that is what "alone" means.
ASSIST = 2
#: `GROWTH + level` for levels 0..4.
GROWTH = 7
#: What changed for everybody at once, if anything did.
UPHEAVAL = 12

#: Means and standard deviations of the shared effects, in logits. Wide enough to be overruled by
#: some dozens of situations; narrow enough that a handful does not call for the extremes.
EFFECT_MEANS = np.array([0.3, -0.4, -0.25, 0.1, 0.5, 1.0, 2.0, 0.5, 0.5, 0.5, 0.4, 0.3, 0.0])
EFFECT_SDS = np.array([1.2, 0.25, 0.2, 0.2, 0.4, 0.5, 0.7, 0.4, 0.4, 0.4, 0.4, 0.4, 1.5])
EFFECT_MEANS.flags.writeable = EFFECT_SDS.flags.writeable = False

#: An assistance offset is never negative: being helped does not make a situation harder. Where data say so,
#: help followed failure, and the level tells nothing about the attempt; such an offset is held at 0 so
#: tightly.
HELD_SD = 1e-3


@dataclass(frozen=True, slots=True)
class Spread:
    """Standard deviations of the random effects, in logits.

    `learner` of theta_i, `cell` of delta_ik (a learner in a competency), `competency` of mu_k, `slope` of
    omega_k, `item` of recurring tasks.
    """

    learner: float = 0.8
    cell: float = 0.4
    competency: float = 0.7
    slope: float = 0.15
    item: float = 0.8


class Upheaval(NamedTuple):
    """A moment from which everything may be harder or easier for everybody: new work, new raters.

    `clock` "time": it came on a day, `at` in days as in the evidence; "place": at the same place of
    everybody's course, after `at` situations. `chance` is that it came at all.
    """

    clock: Literal["time", "place"]
    at: float
    chance: float = 1.0

    def passed(self, time: Any, n_before: Any) -> Any:
        """Tell of situations, by their times and the number of those before them, whether it was over."""
        return (time if self.clock == "time" else n_before) >= self.at


class Volatility(NamedTuple):
    """How theta moves between two situations of a learner.

    `drift` is the variance it gains (logits squared); with probability `jump_chance` it also jumps, by a
    normal with variance `jump_variance`.
    """

    drift: float
    jump_chance: float
    jump_variance: float


#: From calm to lively, each with its probability before the evidence; weighed by how well each predicts it.
#: Even the calm one drifts: growth that is not of the model's form (steady, say, where it expects growth to
#: slow down) has to go somewhere, and with a drift of 0.002 the interval misses it (docs/lab-growth.md).
VOLATILITIES = (
    (Volatility(0.012, 0.008, 5.0), 0.6),
    (Volatility(0.012, 0.03, 5.0), 0.25),
    (Volatility(0.02, 0.12, 5.0), 0.15),
)
#: Where there are no other learners to learn it from.
PRIOR_VOLATILITY = Volatility(0.015, 0.07, 5.0)
#: At an upheaval a learner may jump by an amount of the own, with this chance.
STRUCK_APART = 0.1

PRIOR_SPREAD = Spread()
#: The prior of each variance weighs as much as so many learners (cells, competencies, items).
SPREAD_WEIGHT = 10.0


def prior_of(n_competencies: int, n_items: int, spread: Spread) -> tuple[Floats, Floats]:
    """Return mean and precision (p,) of the population effects.

    Order: the shared effects, mu of each competency, omega of each competency, the items.
    """
    sds = np.concatenate(
        [
            EFFECT_SDS,
            np.full(n_competencies, spread.competency),
            np.full(n_competencies, spread.slope),
            np.full(n_items, spread.item),
        ]
    )
    mean = np.zeros(len(sds))
    mean[:N_EFFECTS] = EFFECT_MEANS
    return mean, 1 / sds**2
