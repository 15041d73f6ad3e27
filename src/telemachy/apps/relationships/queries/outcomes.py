"""What a programme comes to: process and outcome, of the programme and of its pairs. Signals, no content."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, NamedTuple
from uuid import UUID

from django.db.models import Count, Q

from telemachy.apps.relationships.models import (
    GoalReading,
    Pulse,
    Relationship,
    Session,
    Situation,
    ThresholdClaim,
)
from telemachy.core import goals, growth
from telemachy.core.shared import estimates
from telemachy.core.shared.scales import GuidanceLevel

if TYPE_CHECKING:
    from telemachy.apps.programmes.models import Programme

#: The quarters compared at most, the latest.
MAX_COHORTS = 4
DAYS_A_MONTH = 30.44


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the matrix."""

    code: str
    about: Literal["programme", "relationship"]
    kind: Literal["process", "outcome"]
    unit: Literal["share", "number", "score", "grade"]


MEASURES = (
    Measure("met", "programme", "process", "share"),
    Measure("unwound", "programme", "process", "share"),
    Measure("passed", "programme", "outcome", "share"),
    Measure("graduated", "programme", "outcome", "share"),
    Measure("sessions", "relationship", "process", "number"),
    Measure("situations", "relationship", "process", "number"),
    Measure("safety", "relationship", "process", "grade"),
    Measure("clarity", "relationship", "process", "grade"),
    Measure("attainment", "relationship", "outcome", "score"),
    Measure("alone", "relationship", "outcome", "share"),
    Measure("reliance", "relationship", "outcome", "grade"),
    Measure("value", "relationship", "outcome", "grade"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A measure over all pairs, and over those begun in each quarter."""

    measure: Measure
    whole: estimates.Estimate
    cohorts: tuple[estimates.Estimate, ...]


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The matrix; `cohorts` are (year, quarter), the earliest first."""

    n_pairs: int
    cohorts: tuple[tuple[int, int], ...]
    lines: tuple[Line, ...]
    mix: tuple[growth.MonthMix, ...]


#: How a unit is summed up. What a pair decided alone is a share of each pair, so its mean is taken.
_ESTIMATES: Mapping[str, Callable[[Sequence[float]], estimates.Estimate]] = {
    "share": estimates.share,
    "number": partial(estimates.mean, least=0),
    "score": estimates.mean,
    "grade": partial(estimates.mean, least=1, most=5),
    "alone": partial(estimates.mean, least=0, most=1),
}
Values = dict[str, list[tuple[tuple[int, int], float]]]


def of_programme(programme: Programme, now: datetime) -> Outcomes:
    """Return what the programme's pairs that ever began come to, in seven queries."""
    rows = Relationship.objects.filter(programme=programme, active_at__isnull=False)
    begun = {
        pk: _Begun(state, active_at, closed_at or now)
        for pk, state, active_at, closed_at in rows.values_list("pk", "state", "active_at", "closed_at")
        if active_at is not None
    }
    of_pairs = {"relationship__in": rows.values("pk")}
    decided = [
        _Decided(pair, level, asked_at is not None, decided_at.date())
        for pair, level, asked_at, decided_at in Situation.objects.filter(**of_pairs).values_list(
            "relationship_id", "guided_level", "asked_at", "decided_at"
        )
        if decided_at is not None
    ]
    values: Values = defaultdict(list)
    _of_pairs(values, begun, _held(of_pairs), decided, _passed(of_pairs))
    _attainment(values, begun, of_pairs)
    _pulses(values, begun, of_pairs)
    cohorts = tuple(sorted({one.cohort for one in begun.values()}))[-MAX_COHORTS:]
    mix = growth.guidance_mix([one.level for one in decided], [one.on for one in decided])
    lines = tuple(_line(measure, values[measure.code], cohorts) for measure in MEASURES)
    enough = len(begun) >= estimates.SMALLEST_GROUP
    return Outcomes(len(begun), cohorts, lines, mix if enough else ())


@dataclass(frozen=True, slots=True)
class _Begun:
    state: str
    active_at: datetime
    until: datetime

    @property
    def cohort(self) -> tuple[int, int]:
        return self.active_at.year, (self.active_at.month + 2) // 3

    @property
    def months(self) -> float:
        """How long the pair was at work, one month at least."""
        return max((self.until - self.active_at).days / DAYS_A_MONTH, 1.0)


class _Decided(NamedTuple):
    pair: UUID
    level: int
    asked: bool
    on: date


def _held(of_pairs: Mapping[str, Any]) -> dict[UUID, int]:
    held = Session.objects.filter(state="held", **of_pairs).order_by()
    return dict(held.values_list("relationship_id").annotate(n=Count("pk")))


def _passed(of_pairs: Mapping[str, Any]) -> set[UUID]:
    passed = ThresholdClaim.objects.filter(passed_at__isnull=False, **of_pairs).order_by()
    return set(passed.values_list("relationship_id", flat=True))


def _of_pairs(
    values: Values,
    begun: Mapping[UUID, _Begun],
    held: Mapping[UUID, int],
    decided: Iterable[_Decided],
    passed: set[UUID],
) -> None:
    """Add one value a pair of all that is counted."""
    alone: dict[UUID, list[bool]] = defaultdict(list)
    for one in decided:
        alone[one.pair].append(one.level <= GuidanceLevel.DEBRIEF and not one.asked)
    for pair, work in begun.items():
        values["met"].append((work.cohort, float(pair in held)))
        values["unwound"].append((work.cohort, float(work.state == "unwound")))
        values["passed"].append((work.cohort, float(pair in passed)))
        if work.state in {"graduated", "completed", "unwound", "transferred"}:
            values["graduated"].append((work.cohort, float(work.state == "graduated")))
        values["sessions"].append((work.cohort, held.get(pair, 0) / work.months))
        values["situations"].append((work.cohort, len(alone[pair]) / work.months))
        if alone[pair]:
            values["alone"].append((work.cohort, sum(alone[pair]) / len(alone[pair])))


def _attainment(values: Values, begun: Mapping[UUID, _Begun], of_pairs: Mapping[str, Any]) -> None:
    """Add the attainment score of each pair with at least one reading, from each goal's latest."""
    of_goals = {f"goal__{name}": rows for name, rows in of_pairs.items()}
    readings = GoalReading.objects.filter(~Q(goal__state="dropped"), **of_goals).order_by("read_at")
    latest: dict[UUID, dict[UUID, int]] = defaultdict(dict)
    for pair, goal, level in readings.values_list("goal__relationship_id", "goal_id", "attainment"):
        latest[pair][goal] = level
    for pair, levels in latest.items():
        values["attainment"].append((begun[pair].cohort, goals.t_score(list(levels.values()))))


def _pulses(values: Values, begun: Mapping[UUID, _Begun], of_pairs: Mapping[str, Any]) -> None:
    """Add each person's latest answer to each question."""
    answers = Pulse.objects.filter(**of_pairs).order_by("answered_at")
    latest = {
        (question, pair, person): answer
        for question, pair, person, answer in answers.values_list(
            "question", "relationship_id", "person_id", "answer"
        )
    }
    for (question, pair, _person), answer in latest.items():
        values[question].append((begun[pair].cohort, float(answer)))


def _line(
    measure: Measure, values: Sequence[tuple[tuple[int, int], float]], cohorts: Sequence[tuple[int, int]]
) -> Line:
    estimate = _ESTIMATES[measure.code if measure.code == "alone" else measure.unit]
    whole = estimate([value for _cohort, value in values])
    parts = [estimate([value for cohort, value in values if cohort == one]) for one in cohorts]
    earlier = sum(cohort not in cohorts for cohort, _value in values)
    # Those begun before the quarters shown are one more part from which the rest could be worked out.
    whole, hidden = estimates.shown(whole, [*parts, estimates.Estimate(earlier)])
    return Line(measure, whole, hidden[:-1])
