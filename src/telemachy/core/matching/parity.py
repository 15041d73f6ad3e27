"""Whether groups of learners fare alike in a matching; small groups are never shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from telemachy.core.matching import errors
from telemachy.core.matching.pairs import Bools, Floats

#: Groups with fewer learners, and means over fewer pairs, are not shown.
LEAST_PEOPLE = 5

_Z = 1.959964  # of a two-sided 95 % interval


@dataclass(frozen=True, slots=True)
class Gap:
    """A group's value minus that of all other groups shown, with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class GroupQuality:
    """How one group fares.

    Attributes
    ----------
    share_gap : difference of the matched shares (Newcombe 1998)
    score_gap : difference of the mean scores of the matched (Welch 1947); None below 5 matched on a side
    effect_size : that difference in standard deviations (Hedges 1981); None where all scores are equal
    """

    group: str
    n_learners: int
    n_matched: int
    matched_share: float
    mean_score: float | None
    share_gap: Gap | None
    score_gap: Gap | None
    effect_size: float | None


@dataclass(frozen=True, slots=True)
class Parity:
    """The groups shown, by name, and how many groups and learners are too few to be shown."""

    groups: tuple[GroupQuality, ...]
    n_groups_hidden: int
    n_learners_hidden: int


def parity(score: Any, group: Sequence[str]) -> Parity:
    """Compare match quality between groups of learners that the manager chose.

    Where the hidden learners are fewer than 5 together, the smallest group shown is hidden too: what they
    have could else be worked out from the whole.

    Parameters
    ----------
    score : float (n_learners,)
        Score of each learner's pair, NaN for learners without one.
    group : n_learners names
        "" for a learner of no known group, who is left out.

    Raises
    ------
    PairsInconsistent
        When the two are not equally long.
    ScoreOutOfRange
        For a score outside 0 to 1.
    """
    scores, names = np.asarray(score, dtype=np.float64), np.asarray(group, dtype=np.str_)
    if scores.shape != names.shape or scores.ndim != 1:
        raise errors.PairsInconsistent(
            f"There are {scores.size} scores for {names.size} learners' groups.", field="group"
        )
    if ((scores < 0) | (scores > 1)).any():
        raise errors.ScoreOutOfRange("Scores are numbers between 0 and 1, or NaN for nobody.", field="score")
    known, sizes = np.unique(names[names != ""], return_counts=True)
    order = np.argsort(sizes, kind="stable")
    n_hidden = int((sizes < LEAST_PEOPLE).sum())
    if 0 < sizes[order][:n_hidden].sum() < LEAST_PEOPLE and n_hidden < len(order):
        n_hidden += 1
    shown = np.isin(names, known[order[n_hidden:]])
    found = tuple(
        _quality(str(name), scores[shown & (names == name)], scores[shown & (names != name)])
        for name in np.sort(known[order[n_hidden:]])
    )
    return Parity(found, n_hidden, int(sizes[order][:n_hidden].sum()))


def _quality(name: str, own: Floats, others: Floats) -> GroupQuality:
    has, have = ~np.isnan(own), ~np.isnan(others)
    one, other = own[has], others[have]
    told = len(one) >= LEAST_PEOPLE
    comparable = told and len(other) >= LEAST_PEOPLE
    return GroupQuality(
        group=name,
        n_learners=len(own),
        n_matched=len(one),
        matched_share=float(has.mean()),
        mean_score=float(one.mean()) if told else None,
        share_gap=_share_gap(has, have) if len(others) else None,
        score_gap=_score_gap(one, other) if comparable else None,
        effect_size=_effect_size(one, other) if comparable else None,
    )


def _share_gap(one: Bools, other: Bools) -> Gap:
    p, (low, high) = float(one.mean()), _wilson(one)
    q, (other_low, other_high) = float(other.mean()), _wilson(other)
    return Gap(
        p - q,
        p - q - float(np.hypot(p - low, other_high - q)),
        p - q + float(np.hypot(high - p, q - other_low)),
    )


def _wilson(matched: Bools) -> tuple[float, float]:
    n, p = len(matched), float(matched.mean())
    centre = (p + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z * float(np.sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2))) / (1 + _Z**2 / n)
    return centre - half, centre + half


def _score_gap(one: Floats, other: Floats) -> Gap:
    # Loaded here: the report of a run is often written without it.
    from scipy.special import stdtrit

    difference = float(one.mean() - other.mean())
    a, b = one.var(ddof=1) / len(one), other.var(ddof=1) / len(other)
    if a + b == 0:
        return Gap(difference, difference, difference)
    freedom = (a + b) ** 2 / (a**2 / (len(one) - 1) + b**2 / (len(other) - 1))
    half = float(stdtrit(freedom, 0.975) * np.sqrt(a + b))
    return Gap(difference, difference - half, difference + half)


def _effect_size(one: Floats, other: Floats) -> float | None:
    freedom = len(one) + len(other) - 2
    pooled = ((len(one) - 1) * one.var(ddof=1) + (len(other) - 1) * other.var(ddof=1)) / freedom
    if pooled == 0:
        return None
    return float((one.mean() - other.mean()) / np.sqrt(pooled) * (1 - 3 / (4 * freedom - 1)))
