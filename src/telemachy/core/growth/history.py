"""One learner's situations as the filter reads them."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from telemachy.core.growth.evidence import Bools, Floats, Ints
from telemachy.core.growth.filtering import State
from telemachy.core.growth.population import Population, Rows
from telemachy.core.shared.scales import GuidanceLevel


class History(NamedTuple):
    """One learner's situations, oldest first; every array has one entry per situation.

    `level` is the help received (at least a question for who consulted), `success` 1 where handled,
    `shift` the effect of the recurring task.
    """

    competency: Ints
    time: Floats
    difficulty: Floats
    novelty: Floats
    level: Ints
    success: Floats
    shift: Floats

    def upto(self, time: float) -> History:
        """Return what happened until then, that moment included."""
        return self._picked(self.time <= time)

    def of(self, competency: int) -> History:
        """Return the situations in one competency."""
        return self._picked(self.competency == competency)

    def part(self, first: int, last: int) -> History:
        """Return situations first to last - 1."""
        return self._picked(slice(first, last))

    def _picked(self, rows: Bools | slice) -> History:
        columns: list[Any] = [column[rows] for column in self]
        return History(*columns)

    def unguided(self) -> Bools:
        """Return (n,) bool: decided without guidance."""
        return self.level <= GuidanceLevel.DEBRIEF


def history_of(rows: Rows, competencies: Ints, population: Population) -> History:
    """Return the rows of one learner with competencies under their own names."""
    shift = np.zeros(len(rows.competency))
    if len(rows.item):
        effects = population.mean[len(population.mean) - len(population.items) :]
        shift = np.where(rows.item >= 0, effects[rows.item], 0.0)
    return History(
        competencies[rows.competency],
        rows.time,
        rows.difficulty.astype(np.float64),
        rows.novelty.astype(np.float64),
        rows.level.astype(np.int64),
        rows.success.astype(np.float64),
        shift,
    )


def joined(first: History, second: History) -> History:
    """Return the situations of both, `second` after `first`."""
    columns: list[Any] = [np.concatenate(pair) for pair in zip(first, second, strict=True)]
    return History(*columns)


def advance(state: State, history: History, *, compiled: bool = False) -> Floats:
    """Take the history into the state; return (n,) the chance of success of each situation before it."""
    cell = np.searchsorted(state.competencies, history.competency)
    return state.advance(
        history.time, cell, history.difficulty, history.novelty, history.level, history.success,
        history.shift, compiled=compiled,
    )  # fmt: skip
