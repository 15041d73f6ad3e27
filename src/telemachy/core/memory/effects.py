"""What showing a lesson changes: success where it was shown against success where a lot left it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from telemachy.core.shared.estimates import Z_90

#: Jeffreys' prior on each share.
PRIOR = 0.5


@dataclass(frozen=True, slots=True)
class Effect:
    """The change of the chance of success by showing, with its 90 % interval; guidance is ranked by `value`.

    `value` is 0 and the interval all there is while nothing was drawn. Success without the lesson being as
    good (`high` below a small change) says that the lesson is not needed any more, or never was.
    """

    n_shown: int
    n_left_out: int
    value: float
    low: float
    high: float


def withholding_effect(shown: Sequence[bool], left_out: Sequence[bool]) -> Effect:
    """Return what showing a lesson changed.

    Parameters
    ----------
    shown, left_out : sequence of bool
        Successes, of evidence tier E2 or better, in situations in which a lot of one and the same chance
        was drawn over showing it; in the order as the lot fell, whatever happened after it.

    Returns
    -------
    Effect
        Difference of the posterior means under Jeffreys' prior, so that few draws stay near 0, with the
        normal approximation of its spread, within [-1, 1].
    """
    (with_it, spread_with), (without, spread_without) = _share(shown), _share(left_out)
    value, margin = with_it - without, Z_90 * sqrt(spread_with + spread_without)
    return Effect(len(shown), len(left_out), value, max(value - margin, -1.0), min(value + margin, 1.0))


def _share(outcomes: Sequence[bool]) -> tuple[float, float]:
    """Return mean and variance of the posterior of a share."""
    a, b = PRIOR + sum(outcomes), PRIOR + len(outcomes) - sum(outcomes)
    return a / (a + b), a * b / ((a + b) ** 2 * (a + b + 1))
