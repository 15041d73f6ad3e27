"""Reports for the charts of a learner's growth, from evidence and rows that the reader may see."""

from __future__ import annotations

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

#: The day from which evidence counts its days.
DAY_ZERO = date(1970, 1, 1)
#: Characters of a goal's statement beside a chart.
GOAL_CHARS = 80


def curves(
    found: LearnerEvidence, rated: Mapping[UUID, Situation], goals: Iterable[Goal], mark: float
) -> list[IndependenceReport]:
    """Return one curve for each competency, the one with most situations first; `rated` by key."""
    due = _due_dates(goals)
    reports = []
    for number, competency_id in enumerate(found.competencies):
        rows = found.evidence.rows(found.learner, number)
        situations = [rated[found.situations[row]] for row in rows]
        points = tuple(
            _point(step, one)
            for step, one in zip(growth.curve(found.evidence, found.learner, number), situations, strict=True)
        )
        name = situations[0].competency.name if situations[0].competency else ""
        reports.append(IndependenceReport(name, points, mark, tuple(due.get(competency_id, ()))))
    return sorted(reports, key=lambda report: -len(report.points))


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


def _due_dates(goals: Iterable[Goal]) -> dict[UUID, list[GoalMark]]:
    due: dict[UUID, list[GoalMark]] = {}
    for goal in goals:
        if goal.due_on is not None:
            label = Truncator(goal.statement).chars(GOAL_CHARS)
            for competency in goal.competencies.all():
                due.setdefault(competency.pk, []).append(GoalMark(goal.due_on, label))
    return due


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
