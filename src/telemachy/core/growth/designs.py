"""How guidance was handed out, and how it might have been: the draws behind the attribution tests."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from telemachy.core.growth.evidence import Bools, Evidence, Floats, Ints
from telemachy.core.growth.population import assistance
from telemachy.core.shared.errors import BadInput
from telemachy.core.shared.scales import GuidanceLevel

#: A claim is wrong in at most this share of cases without effect.
ALPHA = 0.04
#: A standard normal lies outside of this with that probability.
Z = 2.053749


@dataclass(frozen=True, slots=True)
class Courses:
    """Evidence sorted by learner and competency, oldest first within these cells.

    `order` sorts the evidence so; `learner`, `cell` are numbered from 0; `place` counts the rows of a cell
    from 0; `gain` is the log practice that a row adds.
    """

    order: Ints
    learner: Ints
    cell: Ints
    competency: Ints
    place: Ints
    time: Floats
    difficulty: Floats
    novelty: Floats
    level: Ints
    success: Floats

    @property
    def guided(self) -> Bools:
        """(n,) bool: level 2 or above."""
        return self.level >= GuidanceLevel.QUESTION

    @property
    def gain(self) -> Floats:
        """(n,) log((n + 2) / (n + 1)), n the rows of the cell before."""
        return np.log((self.place + 2) / (self.place + 1))

    def features(self) -> Floats:
        """Return (n, f): all that may explain success except earlier guidance."""
        helped = [self.level == level for level in range(1, 5) if (self.level == level).any()]
        competencies = [self.competency == k for k in range(1, int(self.competency.max(initial=0)) + 1)]
        ones = np.ones(len(self.order))
        columns = [ones, self.difficulty - 3, self.novelty - 3, np.log(self.place + 1.0)]
        return np.stack([*columns, *helped, *competencies], axis=1).astype(np.float64)

    def ends(self, practice: Floats, rows: Ints) -> Floats:
        """Return the guided practice of each cell at its last of these rows."""
        cell = self.cell[rows]
        last = np.append(cell[1:] != cell[:-1], True)
        found: Floats = practice[last]
        return found


def courses(evidence: Evidence) -> Courses:
    """Sort the evidence into cells."""
    _, learner = np.unique(evidence.learner, return_inverse=True)
    _, competency = np.unique(evidence.competency, return_inverse=True)
    key = learner * (competency.max(initial=0) + 1) + competency
    order = np.argsort(key, kind="stable")
    _, first, cell = np.unique(key[order], return_index=True, return_inverse=True)
    return Courses(
        order,
        learner[order],
        cell,
        competency[order],
        np.arange(len(order)) - first[cell],
        evidence.time[order],
        evidence.difficulty[order],
        evidence.novelty[order],
        assistance(evidence)[order],
        evidence.handled()[order].astype(np.float64),
    )


def renumbered(values: Ints) -> Ints:
    """Return the values numbered from 0 without gaps."""
    return np.unique(values, return_inverse=True)[1]


def checked_chance(p_withheld: float | Floats | None, n: int) -> Floats | None:
    """Return (n,) chances, each inside (0, 1); raise BadInput otherwise."""
    if p_withheld is None:
        return None
    chance = np.broadcast_to(np.asarray(p_withheld, dtype=np.float64), (n,))
    if not ((chance > 0) & (chance < 1)).all():
        raise BadInput("The chance of being left unguided lies between 0 and 1.", field="p_withheld")
    return chance


def withholding_draws(
    course: Courses, p_withheld: Floats | None, n_draws: int, rng: np.random.Generator
) -> Bools:
    """Return (1 + n_draws, n) bool: who was guided when; as it was first, then as lots may have it."""
    draws = np.empty((1 + n_draws, len(course.order)), dtype=bool)
    draws[0] = course.guided
    for d in range(1, 1 + n_draws):
        lot = rng.random(len(course.order))
        if p_withheld is not None:
            draws[d] = lot >= p_withheld
        else:
            # Sorting by learner and lot permutes within each learner.
            draws[d] = course.guided[np.lexsort((lot, course.learner))]
    return draws


def guided_practice(course: Courses, draws: Bools) -> Floats:
    """Return (d, n): log practice with guidance before each row, within its cell, for each draw."""
    total = np.cumsum(np.where(draws, course.gain, 0.0), axis=1)
    before = np.concatenate([np.zeros((len(draws), 1)), total[:, :-1]], axis=1)
    first = np.searchsorted(course.cell, course.cell)
    found: Floats = before - before[:, first]
    return found


def by_need(course: Courses, draws: Bools, correlation: float, p: float) -> bool:
    """Tell whether guidance followed earlier outcomes, difficulty or novelty, beyond chance."""
    failed = 1 - course.success
    earlier = np.where(course.place > 0, np.roll(failed, 1), np.nan)
    three = np.stack([np.where(course.place >= lag, np.roll(failed, lag), np.nan) for lag in (1, 2, 3)])
    known = ~np.isnan(three)
    recent = np.where(known, three, 0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    recent = np.where(known.any(axis=0), recent, np.nan)
    for column in (earlier, recent, course.difficulty, course.novelty):
        centred = _within_learner(column, course.learner)
        size = np.sqrt((centred**2).sum())
        if size < 1e-9:
            continue
        help_given = draws - draws.mean(axis=1, keepdims=True)
        found = help_given @ (centred / size) / np.maximum(np.sqrt((help_given**2).sum(axis=1)), 1e-9)
        extreme = abs(found[1:] - found[1:].mean()) >= abs(found[0] - found[1:].mean())
        if abs(found[0]) >= correlation and (1 + extreme.sum()) / len(found) <= p:
            return True
    return False


def _within_learner(column: Floats, learner: Ints) -> Floats:
    """Return the column less its mean for each learner, 0 where it is not known."""
    known = ~np.isnan(column)
    values = np.where(known, column, 0.0)
    means = np.bincount(learner, values) / np.maximum(np.bincount(learner, known), 1)
    return np.where(known, values - means[learner], 0.0)


def staggered_practice(course: Courses, n_draws: int, rng: np.random.Generator) -> Floats | None:
    """Return (1 + n_draws, n): log practice since guidance started in the cell, for permuted start times.

    First with the real start times, then with those of each learner dealt out anew among the competencies.
    None if no learner has two competencies with different starts, and situations decided alone before and
    after.
    """
    n_cells = int(course.cell.max()) + 1
    start = np.full(n_cells, np.inf)
    np.minimum.at(start, course.cell[course.guided], course.time[course.guided])
    before = np.bincount(course.cell, ~course.guided & (course.time < start[course.cell]), n_cells)
    after = np.bincount(course.cell, ~course.guided & (course.time > start[course.cell]), n_cells)
    learner_of = np.zeros(n_cells, dtype=np.int64)
    learner_of[course.cell] = course.learner
    usable = np.isfinite(start) & (before > 0) & (after > 0)
    owners = [np.flatnonzero(usable & (learner_of == i)) for i in np.unique(learner_of[usable])]
    owners = [cells for cells in owners if len(np.unique(start[cells])) > 1]
    if not owners:
        return None
    practice = np.empty((1 + n_draws, len(course.order)))
    starts = np.full(n_cells, np.inf)
    for d in range(1 + n_draws):
        for cells in owners:
            starts[cells] = start[cells] if d == 0 else rng.permutation(start[cells])
        since = course.time >= starts[course.cell]
        practice[d] = guided_practice(course, since[None, :])[0]
    return practice
