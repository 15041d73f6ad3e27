"""Does the learner know what the learner can do? Own confidence beside what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from telemachy.core.growth.evidence import Evidence
from telemachy.core.shared.errors import BadInput

#: Confidence 0..100 is looked at in steps of this width.
BAND = 20
#: A standard normal lies within this of 0 with probability 0.9.
Z_90 = 1.6448536269514722


@dataclass(frozen=True, slots=True)
class Band:
    """Situations with confidence in one band: mean confidence and share handled, both in [0, 1]."""

    n: int
    confidence: float
    handled: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """A learner's confidence against outcomes.

    `bias` is mean confidence less the share handled, -1..1, above 0 for overconfidence, with its 90 %
    interval; `brier` the mean squared distance of confidence and outcome, 0..1, lower is better (Brier 1950).
    """

    n: int
    bias: float
    low: float
    high: float
    brier: float
    bands: tuple[Band, ...]


def calibration(evidence: Evidence, learner: int) -> Calibration | None:
    """Compare a learner's confidence before the outcome with what was handled; None without any situation.

    Raises
    ------
    BadInput
        If the evidence has no column confidence.

    Notes
    -----
    The interval is that of a mean with one pseudo-situation of largest spread added, so that few
    situations that happen to agree do not pass for certainty.
    """
    if evidence.confidence is None:
        raise BadInput("The evidence has no column confidence.", field="confidence")
    rows = np.flatnonzero(evidence.learner == learner)
    if not rows.size:
        return None
    sure = evidence.confidence[rows] / 100
    handled = evidence.handled()[rows].astype(np.float64)
    gap = sure - handled
    bias, n = float(gap.mean()), len(rows)
    margin = Z_90 * sqrt((float(((gap - bias) ** 2).sum()) + 1) / (n * n))
    band_of = np.minimum(evidence.confidence[rows] // BAND, 100 // BAND - 1)
    bands = tuple(
        Band(int(inside.sum()), float(sure[inside].mean()), float(handled[inside].mean()))
        for inside in (band_of == band for band in np.unique(band_of))
    )
    return Calibration(
        n, bias, max(bias - margin, -1.0), min(bias + margin, 1.0), float((gap**2).mean()), bands
    )
