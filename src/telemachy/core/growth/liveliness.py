"""How much the learners of a programme move, from how well each answer predicts what they did next."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from telemachy.core.growth.evidence import Floats
from telemachy.core.growth.filtering import State
from telemachy.core.growth.history import History, advance
from telemachy.core.growth.priors import VOLATILITIES, Volatility

#: Of a learner only so many situations are tried, the first.
TRIED = 2000


def volatility_of(courses: Sequence[tuple[State, History]]) -> Volatility:
    """Return how lively learners are, given some of them: each with the state before the first situation.

    The settings on offer are averaged by how well they predict.
    """
    tried = [(state, history.part(0, TRIED)) for state, history in courses]
    scores = np.array(
        [sum(_log_chance(state.moving(v), rows).sum() for state, rows in tried) for v, _ in VOLATILITIES]
    )
    weights = np.exp(scores - scores.max()) * [chance for _, chance in VOLATILITIES]
    averages = np.average([v for v, _ in VOLATILITIES], axis=0, weights=weights)
    return Volatility(*averages.tolist())


def _log_chance(state: State, rows: History) -> Floats:
    """Return (n,) the log of the chance that was given to what happened; moves the state."""
    chance = advance(state, rows, compiled=True)
    found: Floats = np.log(np.where(rows.success > 0, chance, 1 - chance))
    return found
