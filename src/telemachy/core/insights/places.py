"""The pair map: where a pair stands by activity and by independence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from telemachy.core.insights.facts import PairFacts
from telemachy.core.insights.thresholds import DEFAULT, Thresholds

#: Activity of a pair with half as many contacts as sessions were agreed; less is quiet.
HALF_AGREED = 0.5

#: Where a pair stands whose learner has cases rated but hardly any decided alone: the lower end of the
#: 90 % interval of Beta(1, 1), that is of knowing nothing. Guidance through everything shows no independence.
NOT_SHOWN = 0.05
MIN_RATED = 3


class Quadrant(StrEnum):
    """The four corners of the map, and the pairs about whose independence nothing is known yet."""

    BUILDING = "building"
    GROWING = "growing"
    GRADUATING = "graduating"
    STALLED = "stalled"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PairPlace:
    """`activity` in [0, 1), 0.5 at half of what was agreed; `independence` a chance, None when unknown."""

    activity: float
    independence: float | None
    quadrant: Quadrant


def place(facts: PairFacts, thresholds: Thresholds = DEFAULT) -> PairPlace:
    """Place one pair on the map.

    Activity is `n / (n + expected / 2)`: `n` sessions and situations in the recent window, `expected`
    sessions by the agreed cadence. It is 0 without any contact, 0.5 at half of what was agreed, 2/3 at it.
    Independence is the chance alone; below three situations decided alone it is `NOT_SHOWN` once three are
    rated, and unknown before.
    """
    n = facts.n_contacts(thresholds.window_days, 0)
    expected = max(thresholds.window_days / max(facts.cadence_days, 1), 1)
    activity = n / (n + expected / 2)
    independence = _shown_independence(facts)
    return PairPlace(activity, independence, _quadrant(activity, independence, thresholds))


def _shown_independence(facts: PairFacts) -> float | None:
    if facts.p_alone is not None:
        return facts.p_alone
    n_rated = sum(situation.handled is not None for situation in facts.situations)
    return NOT_SHOWN if n_rated >= MIN_RATED else None


def _quadrant(activity: float, independence: float | None, thresholds: Thresholds) -> Quadrant:
    if independence is None:
        return Quadrant.UNKNOWN
    if independence >= thresholds.independent_from:
        return Quadrant.GROWING if activity >= HALF_AGREED else Quadrant.GRADUATING
    return Quadrant.BUILDING if activity >= HALF_AGREED else Quadrant.STALLED
