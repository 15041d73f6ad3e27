"""The growth model: the population learned from everybody, and each learner's own state on top of it."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from typing import Any, NamedTuple

import numpy as np

from telemachy.core.growth.evidence import Evidence, Floats, Ints
from telemachy.core.growth.filtering import COMPILE_FROM, THETA, State
from telemachy.core.growth.history import History, advance, history_of, joined
from telemachy.core.growth.liveliness import volatility_of
from telemachy.core.growth.population import (
    Population,
    Rows,
    contribution,
    fit_population,
    names_of,
    rows_of,
    unfitted,
)
from telemachy.core.growth.priors import N_EFFECTS
from telemachy.core.shared.errors import BadInput

MODEL_VERSION = "growth-1"

#: Fewer situations decided alone say nothing about a learner as a whole.
MIN_ALONE = 3
#: Among more learners than this, what one taught about the population is not taken out again for that one.
FEW_LEARNERS = 300
#: More rows than this share that repeat the row before exactly are a mistake.
MAX_COPIES = 0.3
#: Learners on whom it is tried how much theta moves.
LIVELY_LEARNERS = 60
#: Learners whose state is kept at hand.
MAX_STATES = 5000


class Independence(NamedTuple):
    """Chance of handling a situation alone: mean and 90 % credible interval, all in (0, 1)."""

    p: float
    low: float
    high: float


class Model:
    """The fitted population and the situations of each learner; `update` adds to the latter."""

    def __init__(self, rows: Rows, population: Population) -> None:
        self.population = population
        self._rows = rows
        self._added: dict[int, History] = {}
        self._states: dict[int, State] = {}
        self._posterior: Floats | None = None

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
        competencies = np.unique(evidence.competency)
        rows = rows_of(evidence, competencies, self.population.items)
        compiled = len(evidence) >= COMPILE_FROM
        chance = np.zeros(len(evidence))
        for i in range(len(rows.learners)):
            start, stop = rows.starts[i], rows.starts[i + 1]
            history = history_of(rows.some(i, i + 1), competencies, self.population)
            state = self._new_state(None, history.competency)
            chance[start:stop] = advance(state, history, compiled=compiled)
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
        i = self._place(learner)
        added = self._added.get(learner)
        if i is None and added is not None:
            return added
        found = self._rows.some(i, i + 1) if i is not None else self._rows.some(0, 0)
        fitted = history_of(found, self.population.competencies, self.population)
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
        extra = [] if competency is None else [competency]
        return self._new_state(self._place(learner), np.append(history.competency, extra).astype(np.int64))

    def _state_after(self, learner: int, history: History, competency: int | None = None) -> State:
        state = self.start_of(learner, history, competency)
        advance(state, history)
        return state

    def _as_a_stranger(self, place: int) -> tuple[State, History]:
        """Return the situations of a learner of the fit, and the state of somebody unknown before them."""
        history = history_of(self._rows.some(place, place + 1), self.population.competencies, self.population)
        return self._new_state(None, history.competency), history

    def _place(self, learner: int) -> int | None:
        i = int(np.searchsorted(self._rows.learners, learner))
        return i if i < len(self._rows.learners) and self._rows.learners[i] == learner else None

    def _new_state(self, place: int | None, competency: Ints) -> State:
        """Return the state before any situation; `place` is the learner's among those of the fit."""
        population, spread = self.population, self.population.spread
        names: list[int] = np.unique(competency).tolist()
        mean, covariance = self._beliefs_without(place)
        n, d = len(names), N_EFFECTS + 1 + 2 * len(names)
        known: list[int] = np.searchsorted(population.competencies, names).tolist()
        pick, into = list(range(N_EFFECTS)), list(range(N_EFFECTS))
        start, cov = np.zeros(d), np.zeros((d, d))
        cov[THETA, THETA] = spread.learner**2
        for s, k in enumerate(known):
            if k < len(population.competencies) and population.competencies[k] == names[s]:
                pick += [N_EFFECTS + k, N_EFFECTS + len(population.competencies) + k]
                into += [THETA + 1 + s, THETA + 1 + n + s]
        for s in range(n):
            if THETA + 1 + s not in into:
                cov[THETA + 1 + s, THETA + 1 + s] = spread.competency**2
                cov[THETA + 1 + n + s, THETA + 1 + n + s] = spread.slope**2
        start[into] = mean[pick]
        cov[np.ix_(into, into)] = covariance[np.ix_(pick, pick)]
        levels = range(THETA + 1, THETA + 1 + n)
        cov[levels, levels] += spread.cell**2
        return State(names, start, cov, population.volatility)

    def _beliefs_without(self, place: int | None) -> tuple[Floats, Floats]:
        """Return mean (p,) and covariance (p, p) of the population effects, without what one learner taught.

        That learner's situations enter the learner's own state one by one; counted twice, they would make
        intervals too narrow. To second order around the mode (cavity of expectation propagation).
        """
        population = self.population
        if place is None or len(self._rows.learners) > FEW_LEARNERS:
            if self._posterior is None:
                self._posterior = np.linalg.inv(population.precision)
            return population.mean, self._posterior
        if len(self._rows.learners) == 1:
            return population.mean, np.diag(1 / population.prior_precision)
        gradient, curvature = contribution(self._rows.some(place, place + 1), population)
        covariance = np.linalg.inv(population.precision - curvature)
        return population.mean - covariance @ gradient, covariance


def fit(evidence: Evidence) -> Model:
    """Learn the population from all learners and return the model.

    With a single learner there is no population to learn: the priors stand in for it, and all that the
    evidence teaches is in the learner's own state.

    Raises
    ------
    BadInput
        If there are more competencies than can be told apart, or, in a table of several learners, many rows
        repeat the row before exactly.
    """
    competencies, items = names_of(evidence)
    rows = rows_of(evidence, competencies, items)
    if len(rows.learners) < 2:
        return Model(rows, unfitted(competencies, items))
    _refuse_copies(evidence)
    population = fit_population(rows, competencies, items)
    model = Model(rows, population)
    few = np.linspace(0, len(rows.learners) - 1, min(LIVELY_LEARNERS, len(rows.learners))).astype(int)
    volatility = volatility_of([model._as_a_stranger(place) for place in few.tolist()])
    return Model(rows, replace(population, volatility=volatility))


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
