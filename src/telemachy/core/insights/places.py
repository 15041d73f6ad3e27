"""The pair map: where a pair stands by activity and by independence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from telemachy.core.insights.facts import PairFacts
from telemachy.core.insights.thresholds import DEFAULT, Thresholds

#: Activity of a pair with half as many contacts as sessions were agreed; less is quiet.
HALF_AGREED = 0.5


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
    """
    n = facts.n_contacts(thresholds.window_days, 0)
    expected = max(thresholds.window_days / max(facts.cadence_days, 1), 1)
    activity = n / (n + expected / 2)
    return PairPlace(activity, facts.p_alone, _quadrant(activity, facts.p_alone, thresholds))


def _quadrant(activity: float, p_alone: float | None, thresholds: Thresholds) -> Quadrant:
    if p_alone is None:
        return Quadrant.UNKNOWN
    if p_alone >= thresholds.independent_from:
        return Quadrant.GROWING if activity >= HALF_AGREED else Quadrant.GRADUATING
    return Quadrant.BUILDING if activity >= HALF_AGREED else Quadrant.STALLED
