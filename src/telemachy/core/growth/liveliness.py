"""How much the learners of a programme move, from how well each answer predicts what they did next."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from telemachy.core.growth.evidence import Floats
from telemachy.core.growth.filtering import State
from telemachy.core.growth.history import History, advance
from telemachy.core.growth.priors import VOLATILITIES, Upheaval, Volatility

#: Of a learner only so many situations are tried, the first.
TRIED = 2000
#: As likely as not many learners jumped at one of these moments, which split the situations by shares ...
P_UPHEAVAL = 0.5
MOMENTS = np.arange(0.4, 0.96, 0.05)
#: ... and then each learner did with this chance. Upheavals less likely than the last are left out.
STRUCK, LEAST = 0.9, 0.01


def volatility_of(courses: Sequence[tuple[State, History]]) -> Volatility:
    """Return how lively learners are, given some of them: each with the state before the first situation.

    The settings on offer are averaged by how well they predict. A sudden change of one learner is expected
    now and then by every setting. One that strikes many at a time would still go unseen for some situations,
    as each learner alone tells little; together they tell at once.
    """
    tried = [(state, history.part(0, TRIED)) for state, history in courses]
    scores = np.array(
        [sum(_log_chance(state.moving(v), rows).sum() for state, rows in tried) for v in VOLATILITIES]
    )
    weights = np.exp(scores - scores.max())
    drift, jump_chance, jump_variance = np.average([v[:3] for v in VOLATILITIES], axis=0, weights=weights)
    steady = Volatility(float(drift), float(jump_chance), float(jump_variance))
    return steady._replace(upheavals=_upheavals(tried, steady))


def _upheavals(tried: Sequence[tuple[State, History]], steady: Volatility) -> tuple[Upheaval, ...]:
    """Return the moments at which many may have jumped, each with a learner's chance to have done so."""
    times = np.sort(np.concatenate([rows.time for _, rows in tried]))
    moments = np.unique(times[(MOMENTS * len(times)).astype(int)])
    gains = np.sum([_gains(state.moving(steady), rows, moments) for state, rows in tried], axis=0)
    odds = np.append(gains + np.log(P_UPHEAVAL / len(moments)), np.log(1 - P_UPHEAVAL))
    likely = np.exp(odds - odds.max())
    chances = STRUCK * likely[:-1] / likely.sum()
    return tuple(
        Upheaval(moment, chance)
        for moment, chance in zip(moments.tolist(), chances.tolist(), strict=True)
        if chance >= LEAST
    )


def _gains(state: State, rows: History, moments: Floats) -> Floats:
    """Return (m,) the log likelihood that a learner's jump at each moment would gain; moves the state."""
    n = len(rows.time)
    firsts = np.searchsorted(rows.time, moments)
    plain, gains = np.zeros(n), np.zeros(len(moments))
    done = 0
    for m, first in enumerate(firsts.tolist()):
        if not 0 < first < n:
            continue
        plain[done:first] = _log_chance(state, rows.part(done, first))
        done = first
        struck = state.moving(state.volatility._replace(upheavals=(Upheaval(moments[m], STRUCK),)))
        gains[m] = _log_chance(struck, rows.part(first, n)).sum()
    plain[done:] = _log_chance(state, rows.part(done, n))
    met = (firsts > 0) & (firsts < n)
    gains[met] -= plain[::-1].cumsum()[::-1][firsts[met]]
    return gains


def _log_chance(state: State, rows: History) -> Floats:
    """Return (n,) the log of the chance that was given to what happened; moves the state."""
    chance = advance(state, rows, compiled=True)
    found: Floats = np.log(np.where(rows.success > 0, chance, 1 - chance))
    return found
