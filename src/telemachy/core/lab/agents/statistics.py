"""Paired comparisons of arms, with bootstrap intervals and corrected tests, and the goals judged by them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from scipy.stats import wilcoxon

from telemachy.core.lab.agents.run import Result

#: Resamples of seeds; the interval holds 95 % of them.
N_RESAMPLES, LEVEL = 4000, 0.95

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Interval:
    """A number with its 95 % bootstrap interval over seeds."""

    value: float
    low: float
    high: float


class Verdict(StrEnum):
    """How a goal came out: held with its whole interval, held on average only, or missed."""

    HELD = "held"
    ON_AVERAGE = "on average"
    MISSED = "not held"


@dataclass(frozen=True, slots=True)
class Goal:
    """A target on one measure: of `arm` against `other` (difference or share changed), or of `arm` alone."""

    text: str
    arm: str
    measure: str
    target: float
    other: str = ""
    is_relative: bool = False
    is_ceiling: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """A goal with what was measured; `p` is Wilcoxon's, after Holm, None where nothing is compared."""

    goal: Goal
    found: Interval
    p: float | None
    verdict: Verdict


def by_seed(results: Sequence[Result], arm: str, measure: str) -> Array:
    """Return the measure of an arm by seed, averaged over the kinds of learner; agents without it left out.

    Returns
    -------
    ndarray of float64, shape (n_seeds,)
        In the order of the seeds; NaN for a seed in which nobody has it.
    """
    seeds = sorted({one.agent.seed for one in results})
    found: dict[int, list[float]] = {seed: [] for seed in seeds}
    for one in results:
        value = getattr(one, measure)
        if one.agent.arm == arm and value is not None:
            found[one.agent.seed].append(float(value))
    return np.array([np.mean(found[seed]) if found[seed] else np.nan for seed in seeds])


def interval(pairs: Sequence[Array], statistic: Callable[..., Array], seed: int = 0) -> Interval:
    """Return a statistic of paired samples with its percentile bootstrap interval (Efron 1979).

    Parameters
    ----------
    pairs : sequence of ndarray, shape (n_seeds,)
        Resampled together, so that what a seed makes hard stays hard for all.
    statistic : callable
        Of the samples, along their last axis.
    seed : int
        Of the resamples.
    """
    n = len(pairs[0])
    drawn = np.random.default_rng(seed).integers(n, size=(N_RESAMPLES, n))
    values = statistic(*(sample[drawn] for sample in pairs))
    known = values[np.isfinite(values)]
    low, high = np.quantile(known, [(1 - LEVEL) / 2, (1 + LEVEL) / 2]) if len(known) else (np.nan, np.nan)
    return Interval(float(statistic(*pairs)), float(low), float(high))


def mean(sample: Array) -> Array:
    """Return the mean of what is there, NaN where nothing is."""
    there = np.isfinite(sample)
    total = np.where(there, sample, 0).sum(axis=-1)
    n = there.sum(axis=-1)
    found: Array = np.divide(total, n, out=np.full(np.shape(total), np.nan), where=n > 0)
    return found


def difference(one: Array, other: Array) -> Array:
    """Return the mean difference."""
    return mean(one) - mean(other)


def change(one: Array, other: Array) -> Array:
    """Return by how much of the other's mean the one's differs; NaN where that is nothing."""
    base = mean(other)
    ratio: Array = np.divide(mean(one), base, out=np.full(np.shape(base), np.nan), where=base != 0)
    return ratio - 1


def holm(p_values: Sequence[float]) -> list[float]:
    """Return p values corrected for their number (Holm 1979)."""
    order = np.argsort(p_values, kind="stable")
    corrected, worst = [0.0] * len(p_values), 0.0
    for rank, place in enumerate(order):
        worst = max(worst, (len(p_values) - rank) * p_values[place])
        corrected[int(place)] = min(worst, 1.0)
    return corrected


def judge(results: Sequence[Result], goals: Sequence[Goal]) -> list[Finding]:
    """Return what was measured for each goal, and whether it held.

    Parameters
    ----------
    results : sequence of Result
        Of one world, or of several that are judged together.
    goals : sequence of Goal
        Tested together: Holm's correction is over those that compare two arms.
    """
    samples = [
        (by_seed(results, goal.arm, goal.measure), by_seed(results, goal.other, goal.measure))
        for goal in goals
    ]
    compared = [number for number, goal in enumerate(goals) if goal.other]
    tests = dict(zip(compared, holm([_wilcoxon(*samples[number]) for number in compared]), strict=True))
    return [
        _finding(goal, one, other, tests.get(number))
        for number, (goal, (one, other)) in enumerate(zip(goals, samples, strict=True))
    ]


def _finding(goal: Goal, one: Array, other: Array, p: float | None) -> Finding:
    if not goal.other:
        found = interval([one], mean)
    else:
        found = interval([one, other], change if goal.is_relative else difference)
    reached = found.value <= goal.target if goal.is_ceiling else found.value >= goal.target
    surely = found.high <= goal.target if goal.is_ceiling else found.low >= goal.target
    verdict = Verdict.HELD if surely else Verdict.ON_AVERAGE if reached else Verdict.MISSED
    return Finding(goal, found, p, verdict)


def _wilcoxon(one: Array, other: Array) -> float:
    """Return the p value of the signed-rank test (Wilcoxon 1945), 1 where nothing differs."""
    differences = (one - other)[np.isfinite(one - other)]
    if not np.any(differences):
        return 1.0
    return float(wilcoxon(differences).pvalue)
