"""The population: what all learners together teach about situations, guidance and growth."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from telemachy.core.growth.evidence import Evidence, Floats, Ints
from telemachy.core.growth.priors import (
    ASSIST,
    HELD_SD,
    N_EFFECTS,
    PRIOR_SPREAD,
    PRIOR_VOLATILITY,
    SPREAD_WEIGHT,
    Spread,
    Upheaval,
    Volatility,
    prior_of,
)
from telemachy.core.shared.errors import BadInput
from telemachy.core.shared.scales import GuidanceLevel

#: The curvature of the population effects is a dense matrix; more effects than this do not fit.
MAX_COMPETENCIES = 1000
#: The most frequent items have an effect of their own, all others share none.
MAX_ITEMS = 2000
#: With more rows than this, EM first runs on the learners of every so-many-th row.
WARM_ROWS = 200_000

#: Upheavals are looked for among so many rows at most.
MAX_SAMPLED = 100_000
#: Stands for the times where an upheaval does not go by them.
NO_TIMES = np.zeros(0)

MAX_ROUNDS, SMALL_STEP, SMALL_CHANGE = 40, 1e-3, 0.01
#: Offsets are looked at for their sign once the steps are this short.
SETTLING_STEP = 0.1
#: EM creeps; its steps on the log scale are lengthened by this factor.
OVER_RELAXATION = 1.7
#: A Newton step of the population effects moves none of them further than this.
LONGEST_STEP = 2.0


class Practice(StrEnum):
    """What teaches more in a programme, where lots have shown it: practice alone, or practice with help."""

    ALONE = "alone"
    GUIDED = "guided"


class Rows(NamedTuple):
    """Evidence sorted by learner, in the small types that the compiled pass reads.

    `starts` (n_learners + 1,) bounds the rows of each learner, `learners` (n_learners,) names them;
    `competency` and `item` are numbered from 0 in the order of `competencies` and `items`, -1 where unknown.
    """

    learners: Ints
    starts: Ints
    competency: Ints
    difficulty: Floats
    novelty: Floats
    level: Ints
    success: Floats
    item: Ints
    time: Floats

    def some(self, first: int, last: int) -> Rows:
        """Return the rows of the learners numbered first to last - 1, without copying them."""
        start, stop = self.starts[first], self.starts[last]
        starts = self.starts[first : last + 1] - start
        return self._picked(self.learners[first:last], starts, slice(start, stop))

    def every(self, step: int) -> Rows:
        """Return the rows of every so-many-th learner."""
        chosen = np.arange(0, len(self.learners), step)
        lengths = np.diff(self.starts)[chosen]
        starts = np.concatenate([[0], np.cumsum(lengths)])
        rows = np.repeat(self.starts[chosen] - starts[:-1], lengths) + np.arange(starts[-1])
        return self._picked(self.learners[chosen], starts, rows)

    def _picked(self, learners: Ints, starts: Ints, rows: Ints | slice) -> Rows:
        return Rows(
            learners,
            starts,
            self.competency[rows],
            self.difficulty[rows],
            self.novelty[rows],
            self.level[rows],
            self.success[rows],
            self.item[rows] if len(self.item) else self.item,
            self.time[rows],
        )


@dataclass(frozen=True, eq=False, slots=True)
class Population:
    """Posterior N(mean, covariance) of the population effects and the spread of the others around them.

    `competencies` and `items` are sorted; `mean` (p,) and `precision` (p, p) are in the order of
    `priors.prior_of`. `held` tells which assistance offsets (levels 1..4) are held at 0. `n_learners`
    taught it, with situations until the day `until`. `upheaval` is the one that it takes to have been,
    `struck` the same population learned with the likeliest upheaval, if one may have been. `is_course` tells
    that nobody named the items: they are the places in the course, found to matter. `teaches` is the practice
    that taught more by lot (`lots.what_teaches`); None where no lots tell.
    """

    competencies: Ints
    items: Ints
    mean: Floats
    precision: Floats
    prior_mean: Floats
    prior_precision: Floats
    spread: Spread
    held: tuple[int, ...] = ()
    volatility: Volatility = PRIOR_VOLATILITY
    n_learners: int = 0
    until: float = -np.inf
    upheaval: Upheaval | None = None
    struck: Population | None = None
    is_course: bool = False
    teaches: Practice | None = None

    @property
    def covariance(self) -> Floats:
        """Return (p, p) the inverse of the precision."""
        return np.linalg.inv(self.precision)


def unfitted(competencies: Ints, items: Ints) -> Population:
    """Return the population as the priors have it."""
    mean, precision = prior_of(len(competencies), len(items), PRIOR_SPREAD)
    return Population(competencies, items, mean, np.diag(precision), mean, precision, PRIOR_SPREAD)


def assistance(evidence: Evidence) -> Ints:
    """Return (n,) int: the level of help in each situation; who consulted had a question at least."""
    if evidence.consulted is None:
        return evidence.level
    return np.where(evidence.consulted, np.maximum(evidence.level, GuidanceLevel.QUESTION), evidence.level)


def names_of(evidence: Evidence) -> tuple[Ints, Ints]:
    """Return the competencies and the items of the evidence that have effects of their own, sorted.

    Raises
    ------
    BadInput
        If there are more competencies than the model can hold apart.
    """
    competencies = np.unique(evidence.competency)
    if len(competencies) > MAX_COMPETENCIES:
        raise BadInput(
            f"There are {len(competencies)} competencies, at most {MAX_COMPETENCIES} can be told apart; "
            "join some of them.",
            field="competency",
        )
    if evidence.item is None:
        return competencies, np.zeros(0, dtype=np.int64)
    items, counts = np.unique(evidence.item, return_counts=True)
    if len(items) > MAX_ITEMS:
        items = np.sort(items[np.argsort(-counts, kind="stable")[:MAX_ITEMS]])
    return competencies, items


def rows_of(evidence: Evidence, competencies: Ints, items: Ints) -> Rows:
    """Return the evidence sorted by learner with everything numbered."""
    learner = evidence.learner
    is_sorted = bool((learner[1:] >= learner[:-1]).all())
    order = slice(None) if is_sorted else np.argsort(learner, kind="stable")
    learner = learner[order]
    new = np.flatnonzero(np.diff(learner)) + 1
    starts = np.concatenate([[0], new, [len(learner)]]).astype(np.int64)
    if not len(learner):
        starts = np.zeros(1, dtype=np.int64)
    item: Ints = np.zeros(0, dtype=np.int32)
    if evidence.item is not None and len(items):
        item = number(evidence.item[order], items)
    return Rows(
        learner[starts[:-1]],
        starts,
        number(evidence.competency[order], competencies),
        evidence.difficulty[order].astype(np.float32),
        evidence.novelty[order].astype(np.float32),
        assistance(evidence)[order].astype(np.int8),
        evidence.handled()[order].astype(np.float32),
        item,
        evidence.time[order],
    )


def number(values: Ints, names: Ints) -> Ints:
    """Return (n,) int32: the place of each value in the sorted `names`, -1 where it is not there."""
    if not len(names):
        return np.full(len(values), -1, dtype=np.int32)
    places = np.searchsorted(names, values).astype(np.int32)
    places[places == len(names)] = 0
    places[names[places] != values] = -1
    return places


def fit_population(rows: Rows, competencies: Ints, items: Ints) -> Population:
    """Return the posterior of the population effects.

    Newton steps for the effects take turns with EM steps for the spreads; with many rows most turns
    are taken on a part of the learners, and the last ones on all.

    References
    ----------
    Breslow & Clayton (1993), penalised quasi-likelihood; Dempster, Laird & Rubin (1977), EM.
    """
    found = unfitted(competencies, items)
    n_rows = int(rows.starts[-1])
    if n_rows > 2 * WARM_ROWS:
        step = n_rows // WARM_ROWS
        found = _converged(rows.every(step), found)
    found = _converged(rows, found)
    return replace(found, n_learners=len(rows.learners), until=float(rows.time.max()))


def struck_by(rows: Rows, found: Population, upheaval: Upheaval) -> Population:
    """Return the posterior where that upheaval was; `found` is the one without."""
    return _converged(rows, replace(found, upheaval=upheaval))


def sampled(rows: Rows, found: Population) -> tuple[Rows, Population]:
    """Return some learners' rows and the population as they alone show it; all of them where they are few."""
    n_rows = int(rows.starts[-1])
    if n_rows <= MAX_SAMPLED:
        return rows, found
    some = rows.every(n_rows // MAX_SAMPLED + 1)
    return some, _converged(some, found)


def contribution(rows: Rows, population: Population) -> tuple[Floats, Floats]:
    """Return what these learners add to gradient (p,) and precision (p, p) of the population effects."""
    gradient, curvature, _ = _pass(rows, population)
    return gradient, curvature


def _pass(rows: Rows, population: Population) -> tuple[Floats, Floats, Floats]:
    # Loaded here because a learner alone, the case of every page, never needs it.
    from telemachy.core.growth import compiled

    spread, upheaval = population.spread, population.upheaval
    by_time = upheaval is not None and upheaval.clock == "time"
    found: tuple[Floats, Floats, Floats] = compiled.eliminate(
        rows.starts, rows.competency, rows.difficulty, rows.novelty, rows.level, rows.success, rows.item,
        rows.time if by_time else NO_TIMES, np.inf if upheaval is None else upheaval.at,
        len(population.competencies), len(population.items), population.mean,
        spread.learner**-2, spread.cell**-2,
    )  # fmt: skip
    return found


def _converged(rows: Rows, found: Population) -> Population:
    for _ in range(MAX_ROUNDS):
        gradient, curvature, squares = _pass(rows, found)
        precision = curvature + np.diag(found.prior_precision)
        covariance = np.linalg.inv(precision)
        step = covariance @ (gradient - found.prior_precision * (found.mean - found.prior_mean))
        longest = float(abs(step).max(initial=0))
        step *= min(1.0, LONGEST_STEP / max(longest, LONGEST_STEP))
        found = replace(found, mean=found.mean + step, precision=precision)
        spread = _spread_of(found, squares, np.diag(covariance))
        held = _negative_offsets(found) if longest < SETTLING_STEP else found.held
        settled = longest < SMALL_STEP and _change(found.spread, spread) < SMALL_CHANGE
        if settled and held == found.held:
            break
        found = _with_priors(found, spread, held)
    return found


def _negative_offsets(found: Population) -> tuple[int, ...]:
    offsets = range(ASSIST + 1, ASSIST + 5)
    return tuple(level - ASSIST for level in offsets if level - ASSIST in found.held or found.mean[level] < 0)


def _spread_of(found: Population, squares: Floats, variance: Floats) -> Spread:
    """Take a lengthened EM step: each variance moves towards the mean of the expected squares."""
    n, n_items = len(found.competencies), len(found.items)
    mu = slice(N_EFFECTS, N_EFFECTS + n)
    omega = slice(N_EFFECTS + n, N_EFFECTS + 2 * n)
    item = slice(N_EFFECTS + 2 * n, None)
    expected = found.mean**2 + variance
    now, prior = found.spread, PRIOR_SPREAD
    return Spread(
        _moved(now.learner, squares[0], squares[1], prior.learner),
        _moved(now.cell, squares[2], squares[3], prior.cell),
        _moved(now.competency, expected[mu].sum(), n, prior.competency),
        _moved(now.slope, expected[omega].sum(), n, prior.slope),
        _moved(now.item, expected[item].sum(), n_items, prior.item),
    )


def _moved(now: float, squares: float, n: float, prior: float) -> float:
    pooled = np.sqrt((SPREAD_WEIGHT * prior**2 + squares) / (SPREAD_WEIGHT + n))
    return float(now * (pooled / now) ** OVER_RELAXATION)


def _change(before: Spread, after: Spread) -> float:
    names = ("learner", "cell", "competency", "slope", "item")
    return max(abs(float(getattr(after, name) / getattr(before, name)) - 1) for name in names)


def _with_priors(found: Population, spread: Spread, held: tuple[int, ...]) -> Population:
    mean, precision = prior_of(len(found.competencies), len(found.items), spread)
    for level in held:
        mean[ASSIST + level], precision[ASSIST + level] = 0.0, HELD_SD**-2
    return replace(found, prior_mean=mean, prior_precision=precision, spread=spread, held=held)
