"""The independence curve: how the chance of handling a novel, difficult situation alone has moved."""

from __future__ import annotations

from dataclasses import dataclass

from telemachy.core.growth.evidence import Evidence
from telemachy.core.growth.model import Model, advance, fit
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
    evidence: Evidence,
    learner: int,
    competency: int,
    difficulty: float = 4,
    novelty: float = 5,
    *,
    model: Model | None = None,
) -> tuple[CurvePoint, ...]:
    """Return one point per rated situation of a learner in a competency, oldest first.

    Each point uses only this learner's situations up to and including its own, in every competency, and what
    the others of `model` (fitted to `evidence` if not given) teach about the population. After the
    learner's last situation the curve stands where `model.independence(...)` does.
    """
    model = fit(evidence) if model is None else model
    history = model.history(learner)
    state = model.start_of(learner, history)
    rows = iter(evidence.rows(learner, competency))
    points = []
    for i, k in enumerate(history.competency):
        advance(state, history.part(i, i + 1))
        if k == competency:
            row = next(rows)
            p, low, high = state.chance(state.direction(competency, difficulty, novelty))
            level = GuidanceLevel(int(evidence.level[row]))
            points.append(
                CurvePoint(float(evidence.time[row]), p, low, high, level, float(evidence.success[row]))
            )
    return tuple(points)
