"""The independence curve: how the chance of handling a novel, difficult situation alone has moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from telemachy.core.growth.evidence import Evidence
from telemachy.core.growth.history import advance
from telemachy.core.growth.model import Model, fit
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
    """Return the curve of one competency; see `curves`."""
    return curves(evidence, learner, [competency], difficulty, novelty, model=model)[competency]


def curves(
    evidence: Evidence,
    learner: int,
    competencies: Sequence[int],
    difficulty: float = 4,
    novelty: float = 5,
    *,
    model: Model | None = None,
) -> dict[int, tuple[CurvePoint, ...]]:
    """Return for each competency one point per rated situation of a learner in it, oldest first.

    Each point uses only this learner's situations up to and including its own, in every competency, and what
    the others of `model` (fitted to `evidence` if not given) teach about the population. After the
    learner's last situation the curves stand where `model.independence(...)` does. All of them take one pass.
    """
    model = fit(evidence) if model is None else model
    history = model.history(learner)
    state = model.start_of(learner, history)
    rows = {competency: iter(evidence.rows(learner, competency)) for competency in competencies}
    points: dict[int, list[CurvePoint]] = {competency: [] for competency in competencies}
    for i, k in enumerate(history.competency.tolist()):
        advance(state, history.part(i, i + 1))
        if k in points:
            row = next(rows[k])
            p, low, high = state.chance(state.direction(k, difficulty, novelty))
            level = GuidanceLevel(int(evidence.level[row]))
            success = float(evidence.success[row])
            points[k].append(CurvePoint(float(evidence.time[row]), p, low, high, level, success))
    return {competency: tuple(found) for competency, found in points.items()}
