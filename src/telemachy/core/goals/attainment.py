"""Goal attainment scaling: one score over several goals."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite, sqrt

from telemachy.core.shared.errors import BadInput
from telemachy.core.shared.scales import ATTAINMENT_MAX, ATTAINMENT_MIN


def t_score(levels: Sequence[float], weights: Sequence[float] | None = None, rho: float = 0.3) -> float:
    """Return the T-score of several goals: 50 is attained as expected, 10 is one standard deviation.

    Parameters
    ----------
    levels : sequence of float
        Attainment of each goal, -2..+2, at least one.
    weights : sequence of float, optional
        Importance of each goal, more than 0; all equal when left out.
    rho : float
        Assumed correlation between goals, 0..1.

    Raises
    ------
    BadInput
        If there is no goal, a level or weight is out of range, or their numbers differ.

    Notes
    -----
    Kiresuk & Sherman 1968, eq. 1: `T = 50 + 10 sum(w x) / sqrt((1 - rho) sum(w^2) + rho sum(w)^2)`.
    """
    if not levels:
        raise BadInput("A score needs at least one goal.", field="levels")
    if any(not ATTAINMENT_MIN <= level <= ATTAINMENT_MAX for level in levels):
        raise BadInput("An attainment level lies between -2 and +2.", field="levels")
    weights = [1.0] * len(levels) if weights is None else weights
    if len(weights) != len(levels):
        raise BadInput(
            f"{len(levels)} goals but {len(weights)} weights; each goal needs one.", field="weights"
        )
    if any(not (isfinite(weight) and weight > 0) for weight in weights):
        raise BadInput("A weight is more than 0.", field="weights")
    if not 0 <= rho <= 1:
        raise BadInput("The correlation between goals lies between 0 and 1.", field="rho")
    total = sum(weights)
    shares = [weight / total for weight in weights]
    attained = sum(share * level for share, level in zip(shares, levels, strict=True))
    return 50 + 10 * attained / sqrt((1 - rho) * sum(share**2 for share in shares) + rho)
