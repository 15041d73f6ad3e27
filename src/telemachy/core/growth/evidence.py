"""Evidence: one row per rated situation, as equal-length arrays, checked once."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from telemachy.core.shared.errors import BadInput
from telemachy.core.shared.scales import GRADE_MAX, GRADE_MIN, PROFICIENT, RATING_MAX, GuidanceLevel

Ints = npt.NDArray[np.integer[Any]]
Floats = npt.NDArray[np.floating[Any]]
Bools = npt.NDArray[np.bool_]

#: A scaled rating from which a situation counts as handled: "proficient" on the 0..4 rubric.
SUCCESS_FROM = PROFICIENT / RATING_MAX
#: Places in the course of a competency that are told apart; all later ones share a name.
PLACES = 60


def success_of_rating(rating: float) -> float:
    """Scale a rubric rating of 0..4 to the [0, 1] that `Evidence.success` takes.

    Raises
    ------
    BadInput
        If the rating is outside 0..4.
    """
    if not 0 <= rating <= RATING_MAX:
        raise BadInput(f"A rating lies between 0 and {RATING_MAX}; this one is {rating}.", field="rating")
    return rating / RATING_MAX


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Evidence:
    """Rated situations, oldest first within a learner; every array has one entry per situation.

    Parameters
    ----------
    learner, competency : (n,) int
        Who, and which capability the situation exercised.
    time : (n,) float
        Days since any fixed moment; must not decrease within a learner.
    difficulty, novelty : (n,) float
        Grades 1..5.
    level : (n,) int
        Guidance received: 0 independent, 1 debrief, 2 question, 3 example, 4 answer.
    success : (n,) float
        0 or 1, or a rubric rating of 0..4 divided by 4.
    item : (n,) int, optional
        Which recurring task this was (drills, agents).
    consulted : (n,) bool, optional
        Whether the learner asked before deciding.
    confidence : (n,) float, optional
        The learner's own confidence before the outcome, 0..100.
    tier : (n,) int, optional
        Stakes or any other coarse class of the situation.

    Raises
    ------
    BadInput
        Naming the column, the row (counted from 0) and what is expected there.
    """

    learner: Ints
    competency: Ints
    time: Floats
    difficulty: Floats
    novelty: Floats
    level: Ints
    success: Floats
    item: Ints | None = None
    consulted: Bools | None = None
    confidence: Floats | None = None
    tier: Ints | None = None

    def __post_init__(self) -> None:
        n = _length(self.learner)
        for name in ("learner", "competency", "level", "item", "tier"):
            self._set(name, _ints(name, getattr(self, name), n))
        for name in ("time", "difficulty", "novelty", "success", "confidence"):
            self._set(name, _floats(name, getattr(self, name), n))
        if self.consulted is not None:
            self._set("consulted", _floats("consulted", self.consulted, n).astype(np.bool_))  # type: ignore[union-attr]
        _within("difficulty", self.difficulty, GRADE_MIN, GRADE_MAX)
        _within("novelty", self.novelty, GRADE_MIN, GRADE_MAX)
        _within("level", self.level, GuidanceLevel.INDEPENDENT, GuidanceLevel.ANSWER)
        _within("success", self.success, 0, 1)
        if self.confidence is not None:
            _within("confidence", self.confidence, 0, 100)
        _oldest_first(self.learner, self.time)

    def _set(self, name: str, value: Any) -> None:
        if value is not None:
            value.flags.writeable = False
        object.__setattr__(self, name, value)

    def __len__(self) -> int:
        return len(self.learner)

    def handled(self) -> Bools:
        """Return (n,) bool: which situations were handled (success at least 0.75, "proficient")."""
        return self.success >= SUCCESS_FROM

    def unguided(self) -> Bools:
        """Return (n,) bool: decided without guidance, that is at level 0 or 1 and without consulting."""
        alone = self.level <= GuidanceLevel.DEBRIEF
        return alone if self.consulted is None else alone & ~self.consulted

    def picked(self, rows: Bools | Ints) -> Evidence:
        """Return the situations chosen by a mask or by row numbers, in their order."""
        columns = {field.name: getattr(self, field.name) for field in fields(self)}
        return Evidence(**{name: column[rows] for name, column in columns.items() if column is not None})

    def in_order(self) -> Evidence:
        """Return the evidence of tasks that all learners take in the same order, named by their place in it.

        In a fixed course the third task in a competency is the same for everybody, and so is how hard it is.
        `growth.fit` finds such an order by itself where many learners show it; this says it of fewer.
        """
        return replace(self, item=self.tasks_in_order())

    def tasks_in_order(self) -> Ints:
        """Return (n,) int: a name for each row's place in the learner's course of the competency."""
        course = self.learner.astype(np.int64), self.competency.astype(np.int64)
        _, cell = np.unique(np.stack(course), axis=1, return_inverse=True)
        order = np.argsort(cell, kind="stable")
        place = np.empty(len(self), dtype=np.int64)
        place[order] = np.arange(len(self)) - np.searchsorted(cell[order], cell[order])
        return self.competency * PLACES + np.minimum(place, PLACES - 1)

    def rows(self, learner: int, competency: int) -> Ints:
        """Return the row numbers of one learner in one competency, oldest first."""
        return np.flatnonzero((self.learner == learner) & (self.competency == competency))


def _length(column: Any) -> int:
    array = np.asarray(column)
    if array.ndim != 1:
        raise BadInput("The column learner must be a flat list of numbers.", field="learner")
    return len(array)


def _floats(name: str, column: Any, n: int) -> Floats | None:
    if column is None:
        return None
    try:
        array = np.array(column, dtype=np.float64)
    except (TypeError, ValueError, OverflowError) as error:
        raise BadInput(f"The column {name} must hold numbers only.", field=name) from error
    if array.shape != (n,):
        raise BadInput(
            f"The column {name} has {array.size} rows but learner has {n}; every column needs as many.",
            field=name,
        )
    bad = np.flatnonzero(~np.isfinite(array))
    if bad.size:
        raise BadInput(f"The column {name} has no number in row {bad[0]}.", field=name)
    return array


def _ints(name: str, column: Any, n: int) -> Ints | None:
    array = _floats(name, column, n)
    if array is None:
        return None
    bad = np.flatnonzero(array != np.floor(array))
    if bad.size:
        raise BadInput(
            f"The column {name} needs a whole number in row {bad[0]}, not {array[bad[0]]}.", field=name
        )
    big = np.flatnonzero(abs(array) >= 2.0**63)
    if big.size:
        raise BadInput(f"The column {name} has a number in row {big[0]} that is too large.", field=name)
    return np.array(column, dtype=np.int64)


def _within(name: str, array: npt.NDArray[Any], low: float, high: float) -> None:
    bad = np.flatnonzero((array < low) | (array > high))
    if bad.size:
        raise BadInput(
            f"The column {name} lies between {low:g} and {high:g}; row {bad[0]} has {array[bad[0]]:g}.",
            field=name,
        )


def _oldest_first(learner: Ints, time: Floats) -> None:
    order = np.argsort(learner, kind="stable")
    back = (np.diff(learner[order]) == 0) & (np.diff(time[order]) < 0)
    if back.any():
        row = order[np.flatnonzero(back)[0] + 1]
        raise BadInput(
            f"Row {row} is older than the row before it of the same learner; put the oldest first.",
            field="time",
        )
