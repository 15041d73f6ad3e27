"""The independence curve: how the chance of handling a novel, difficult situation alone has moved."""

from __future__ import annotations

from dataclasses import dataclass

from telemachy.core.growth.evidence import Evidence
from telemachy.core.growth.model import Posterior, transfer_weights
from telemachy.core.shared.scales import GuidanceLevel


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """What was known right after one rated situation.

    `time` in days as in the evidence; `p` with its 90 % interval `low`..`high`; `level` is the
    guidance that situation had, `success` its scaled rating in [0, 1].
    """

    time: float
    p: float
    low: float
    high: float
    level: GuidanceLevel
    success: float


def curve(
    evidence: Evidence, learner: int, competency: int, difficulty: float = 4, novelty: float = 5
) -> tuple[CurvePoint, ...]:
    """Return one point per rated situation of a learner in a competency, oldest first.

    Each point uses only the situations up to and including its own; the last one equals
    `fit(evidence).independence(...)`. Guided situations are points too, though they move nothing:
    success with help says little about success alone.
    """
    rows = evidence.rows(learner, competency)
    success, failure = transfer_weights(
        evidence.handled()[rows], evidence.difficulty[rows], evidence.novelty[rows], difficulty, novelty
    )
    unguided = evidence.unguided()[rows]
    n_success = (success * unguided).cumsum()
    n_failure = (failure * unguided).cumsum()
    points = []
    for i, row in enumerate(rows):
        p, low, high = Posterior(float(n_success[i]), float(n_failure[i])).interval()
        level = GuidanceLevel(int(evidence.level[row]))
        points.append(
            CurvePoint(float(evidence.time[row]), p, low, high, level, float(evidence.success[row]))
        )
    return tuple(points)
