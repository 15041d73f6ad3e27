"""Reports for the charts of a learner's growth, from evidence and rows that the reader may see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.text import Truncator

from telemachy.core import goals as attainment
from telemachy.core import growth
from telemachy.interfaces.web.charts import (
    AttainmentReport,
    GoalMark,
    IndependencePoint,
    IndependenceReport,
)

if TYPE_CHECKING:
    from telemachy.apps.relationships.models import Goal, Situation
    from telemachy.apps.relationships.snapshots import LearnerEvidence
    from telemachy.apps.relationships.snapshots.populations import Fitted

#: The day from which evidence counts its days.
DAY_ZERO = date(1970, 1, 1)
#: Characters of a goal's statement beside a chart.
GOAL_CHARS = 80


def most_exercised(found: LearnerEvidence) -> list[UUID]:
    """Return the competencies that have a curve, the one with most situations first."""
    n_situations = Counter(found.evidence.competency.tolist())
    order = sorted(range(len(found.competencies)), key=lambda number: -n_situations[number])
    return [found.competencies[number] for number in order]


def curves(
    found: LearnerEvidence,
    fitted: Fitted,
    competency_ids: Sequence[UUID],
    situations: Mapping[UUID, Situation],
    goals: Sequence[Goal],
    mark: float,
) -> list[IndependenceReport]:
    """Return the curves of competencies; `fitted` is the model, `situations` holds those of the evidence."""
    numbers = [found.number_of(one) for one in competency_ids]
    drawn = growth.curves(found.evidence, found.learner, numbers, model=fitted.model)
    reports = []
    for number, competency_id in zip(numbers, competency_ids, strict=True):
        rated = [situations[found.situations[row]] for row in found.evidence.rows(found.learner, number)]
        points = tuple(_point(step, one) for step, one in zip(drawn[number], rated, strict=True))
        name = rated[0].competency.name if rated[0].competency else ""
        reports.append(IndependenceReport(name, points, mark, _due_dates(goals, competency_id)))
    return reports


def attainment_of(goal: Goal) -> AttainmentReport:
    """Return a goal's history on its five levels."""
    return AttainmentReport(
        goal.statement,
        tuple((reading.read_at.date(), reading.attainment) for reading in goal.readings.all()),
        dict(zip(range(-2, 3), goal.levels, strict=False)),
    )


def t_score_of(goals: Sequence[Goal]) -> int | None:
    """Return the goals' common attainment score (50 is as expected); None before two have a reading."""
    latest = [readings[-1].attainment for goal in goals if (readings := list(goal.readings.all()))]
    return round(attainment.t_score(latest)) if len(latest) >= 2 else None


def _due_dates(goals: Iterable[Goal], competency_id: UUID) -> tuple[GoalMark, ...]:
    return tuple(
        GoalMark(goal.due_on, Truncator(goal.statement).chars(GOAL_CHARS))
        for goal in goals
        if goal.due_on is not None and competency_id in {one.pk for one in goal.competencies.all()}
    )


def _point(step: growth.CurvePoint, situation: Situation) -> IndependencePoint:
    return IndependencePoint(
        DAY_ZERO + timedelta(days=int(step.time)),
        step.p,
        step.low,
        step.high,
        int(step.level),
        step.success >= growth.SUCCESS_FROM,
        situation.title,
        reverse("situation", args=[situation.pk]),
    )
