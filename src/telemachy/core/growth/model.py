"""The growth model: the population learned from everybody, and each learner's own state on top of it."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from typing import Any, NamedTuple

import numpy as np

from telemachy.core.growth.beliefs import start_of
from telemachy.core.growth.evidence import PLACES, Bools, Evidence, Floats, Ints
from telemachy.core.growth.filtering import COMPILE_FROM, State
from telemachy.core.growth.history import History, advance, history_of, joined
from telemachy.core.growth.liveliness import among_moving
from telemachy.core.growth.lots import Lots, what_teaches
from telemachy.core.growth.order import OFTEN, is_course
from telemachy.core.growth.population import (
    Population,
    Rows,
    fit_population,
    names_of,
    rows_of,
    sampled,
    struck_by,
    unfitted,
)
from telemachy.core.growth.upheavals import upheaval_of
from telemachy.core.shared.errors import BadInput

MODEL_VERSION = "growth-4"

#: Fewer situations decided alone say nothing about a learner as a whole.
MIN_ALONE = 3
#: Upheavals less likely than this are not reckoned with.
LEAST_CHANCE = 0.05
#: More rows than this share that repeat the row before exactly are a mistake.
MAX_COPIES = 0.3
#: Rows on which it is tried whether tasks have an order.
MAX_TRIED = 10_000
#: Learners whose state is kept at hand.
MAX_STATES = 5000


class Independence(NamedTuple):
    """Chance of handling a situation alone: mean and 90 % credible interval, all in (0, 1)."""

    p: float
    low: float
    high: float


class Model:
    """The fitted population and the situations of each learner; `update` adds to the latter."""

    def __init__(
        self,
        rows: Rows,
        population: Population,
        competencies: Ints | None = None,
        taught: Rows | None = None,
    ) -> None:
        """Take rows that number their competencies as `competencies`, or as the population does.

        The population was learned from those of `taught`, or of all rows, until `population.until`.
        """
        self.population = population
        self._taught = rows if taught is None else taught
        self._competencies = population.competencies if competencies is None else competencies
        self._rows = rows
        self._added: dict[int, History] = {}
        self._states: dict[int, State] = {}

    def independence(
        self, learner: int, competency: int, difficulty: float = 4, novelty: float = 5
    ) -> Independence:
        """Return the chance that `learner` handles such a situation alone, with its 90 % interval.

        Parameters
        ----------
        learner, competency : int
            As in the evidence; unknown ones get what is known of the population.
        difficulty, novelty : float
            Grades 1..5 of the situation asked about.

        Returns
        -------
        Independence
            `(p, low, high)` with `0 < low <= p <= high < 1`, never NaN.
        """
        state = self.state(learner, competency)
        return Independence(*state.chance(state.direction(competency, difficulty, novelty)))

    def overall(
        self, learner: int, difficulty: float = 4, novelty: float = 5, *, until: float = inf
    ) -> Independence | None:
        """Return the chance of handling such a situation alone, averaged over a learner's competencies.

        Parameters
        ----------
        learner : int
            As in the evidence.
        difficulty, novelty : float
            As in `independence`.
        until : float
            Use only situations up to this time, for example to see how things stood two months ago.

        Returns
        -------
        Independence or None
            None below three situations decided alone, which are too few to place a learner. Competencies
            count by their number of situations, on the scale of logits.
        """
        history = self.history(learner).upto(until)
        if int(history.unguided().sum()) < MIN_ALONE:
            return None
        state = self.state(learner) if until == inf else self._state_after(learner, history)
        competencies, counts = np.unique(history.competency, return_counts=True)
        directions = [state.direction(k, difficulty, novelty) for k in competencies.tolist()]
        return Independence(*state.chance(np.average(directions, axis=0, weights=counts)))

    def predict(self, evidence: Evidence) -> Floats:
        """Return (n,) the chance of success of each row, from the rows before it of the same learner.

        Learners are taken as new: the evidence is all that is known of them, whether or not they were
        in the fit. The level given counts as help in the moment where it is known to help.
        """
        if self.population.is_course:
            evidence = evidence.in_order()
        competencies = np.unique(evidence.competency)
        rows = rows_of(evidence, competencies, self.population.items)
        chance = _as_new(rows, competencies, self.population, compiled=len(evidence) >= COMPILE_FROM)
        if (np.diff(evidence.learner) < 0).any():
            chance[np.argsort(evidence.learner, kind="stable")] = chance.copy()
        return chance

    def update(
        self,
        learner: int,
        competency: int,
        time: float,
        difficulty: float,
        novelty: float,
        level: int,
        success: float,
        item: int | None = None,
        consulted: bool | None = None,
        confidence: float | None = None,
        tier: int | None = None,
    ) -> Model:
        """Take in one situation more of one learner; return the model itself.

        The learner's state moves as if the situation had been in the fit; what it teaches about the
        population waits for the next fit.

        Raises
        ------
        BadInput
            As `Evidence` does, or if the situation is older than the learner's last.
        """
        known = self.history(learner)
        last = [float(known.time[-1])] if len(known.time) else []
        n = len(last) + 1
        if self.population.is_course:
            item = competency * PLACES + min(int((known.competency == competency).sum()), PLACES - 1)
        situation: dict[str, Any] = {
            "learner": learner, "competency": competency, "time": time, "difficulty": difficulty,
            "novelty": novelty, "level": level, "success": success, "item": item, "consulted": consulted,
            "confidence": confidence, "tier": tier,
        }  # fmt: skip
        # Beside the last situation, so that the checks of `Evidence` see their order.
        columns: dict[str, Any] = {
            name: np.full(n, value) for name, value in situation.items() if value is not None
        }
        one = Evidence(**{**columns, "time": np.array([*last, time])})
        names = np.array([competency])
        new = history_of(rows_of(one, names, self.population.items), names, self.population)
        new = new.part(n - 1, n)
        self._added[learner] = joined(self._added[learner], new) if learner in self._added else new
        state = self._states.get(learner)
        if state is not None and competency in state.competencies:
            advance(state, new)
        else:
            self._states.pop(learner, None)
        return self

    def history(self, learner: int) -> History:
        """Return the situations of a learner, those of `update` included; empty for a stranger."""
        fitted, added = self._among(self._rows, learner), self._added.get(learner)
        return fitted if added is None else joined(fitted, added)

    def state(self, learner: int, competency: int | None = None) -> State:
        """Return what is known of a learner, ready for questions about `competency` too."""
        state = self._states.get(learner)
        if state is None or (competency is not None and competency not in state.competencies):
            if len(self._states) >= MAX_STATES:
                self._states.clear()
            state = self._state_after(learner, self.history(learner), competency)
            self._states[learner] = state
        return state

    def start_of(self, learner: int, history: History, competency: int | None = None) -> State:
        """Return the state of a learner before the first situation, as the other learners suggest it."""
        names = np.unique([*history.competency.tolist(), *([] if competency is None else [competency])])
        return start_of(self.population, names.astype(np.int64).tolist(), self._taught_by(learner))

    def _state_after(self, learner: int, history: History, competency: int | None = None) -> State:
        state = self.start_of(learner, history, competency)
        advance(state, history)
        return state

    def _taught_by(self, learner: int) -> History:
        """Return the situations of a learner that the population was learned from."""
        return self._among(self._taught, learner).upto(self.population.until)

    def _among(self, rows: Rows, learner: int) -> History:
        i = int(np.searchsorted(rows.learners, learner))
        known = i < len(rows.learners) and rows.learners[i] == learner
        return history_of(rows.some(i, i + 1 if known else i), self._competencies, self.population)


def fit(
    evidence: Evidence,
    population: Population | None = None,
    taught: Bools | None = None,
    lots: Lots | None = None,
) -> Model:
    """Learn the population from all learners and return the model.

    With a single learner there is no population to learn: the priors stand in for it, and all that the
    evidence teaches is in the learner's own state. Where no items are named, but many learners show that
    tasks have a fixed order, each place in the course has an effect of its own (`population.is_course`).

    Parameters
    ----------
    evidence : Evidence
        Of one learner or many.
    population : Population, optional
        What an earlier fit learned (`fit(...).population`), its competencies numbered as here; taken as is.
    taught : array of bool (n,), optional
        Which rows the population was learned from, as far as they are not after `population.until`; all of
        them if not given. What they taught it is not counted twice.
    lots : Lots, optional
        Which situations a lot set to be guided or alone. Where they show what teaches more,
        `population.teaches` says so and `recommend` heeds it. A `population` given says it itself.

    Raises
    ------
    BadInput
        If there are more competencies than can be told apart, in a table of several learners many rows
        repeat the row before exactly, or the lots do not fit the evidence.
    """
    if population is not None:
        return _on(population, evidence.in_order() if population.is_course else evidence, taught)
    model = learned(evidence)
    if evidence.item is None and _is_course(model):
        model = learned(evidence.in_order())
        model.population = replace(model.population, is_course=True)
    if lots is not None:
        model.population = replace(model.population, teaches=what_teaches(evidence, lots))
    return model


def _on(population: Population, evidence: Evidence, taught: Bools | None) -> Model:
    competencies, _items = names_of(evidence)
    rows = rows_of(evidence, competencies, population.items)
    own = rows if taught is None else rows_of(evidence.picked(taught), competencies, population.items)
    return Model(rows, population, competencies, own)


def learned(evidence: Evidence) -> Model:
    """Return the model with an effect for each item that the evidence names; no order is looked for."""
    competencies, items = names_of(evidence)
    rows = rows_of(evidence, competencies, items)
    if len(rows.learners) < 2:
        return Model(rows, unfitted(competencies, items))
    _refuse_copies(evidence)
    population = _with_upheaval(rows, fit_population(rows, competencies, items))
    return Model(rows, among_moving(rows, population))


def _is_course(model: Model) -> bool:
    """Tell whether the learners of the fit took tasks in a fixed order, from some of them where many."""
    rows, population = model._rows, model.population
    rows = rows.every(int(rows.starts[-1]) // MAX_TRIED + 1)
    if len(rows.learners) < OFTEN:
        return False
    tried = Evidence(
        learner=np.repeat(rows.learners, np.diff(rows.starts)), time=rows.time, level=rows.level,
        competency=population.competencies[rows.competency], difficulty=rows.difficulty,
        novelty=rows.novelty, success=rows.success,
    )  # fmt: skip
    return is_course(tried, _as_new(rows, population.competencies, population, compiled=True))


def _as_new(rows: Rows, competencies: Ints, population: Population, *, compiled: bool) -> Floats:
    """Return (n,) the chance of success of each row, from the rows before it of learners taken as new."""
    chance = np.zeros(len(rows.success))
    for i in range(len(rows.learners)):
        history = history_of(rows.some(i, i + 1), competencies, population)
        state = start_of(population, np.unique(history.competency).tolist(), history.part(0, 0))
        chance[rows.starts[i] : rows.starts[i + 1]] = advance(state, history, compiled=compiled)
    return chance


def _with_upheaval(rows: Rows, population: Population) -> Population:
    upheaval = upheaval_of(*sampled(rows, population))
    if upheaval is None or upheaval.chance < LEAST_CHANCE:
        return population
    return replace(population, struck=struck_by(rows, population, upheaval))


def _refuse_copies(evidence: Evidence) -> None:
    """Raise BadInput for a table in which rows were pasted twice: copies would pass for certainty.

    Two situations may well agree in everything; hardly ever do so many, in evidence that has times.
    """
    if len(evidence) < 2 or evidence.time.min() == evidence.time.max():
        return
    columns = (
        evidence.learner, evidence.competency, evidence.time, evidence.difficulty, evidence.novelty,
        evidence.level, evidence.success, evidence.item,
    )  # fmt: skip
    same = np.ones(len(evidence) - 1, dtype=np.bool_)
    for column in columns:
        if column is not None:
            same &= column[1:] == column[:-1]
    if same.mean() > MAX_COPIES:
        row = int(np.flatnonzero(same)[0])
        raise BadInput(
            f"Row {row + 1} repeats row {row} exactly, as do {int(same.sum()) - 1} others. Leave copies out, "
            "or give times that tell them apart.",
            field="time",
        )
