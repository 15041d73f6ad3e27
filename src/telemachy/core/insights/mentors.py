"""The rules about one mentor over all learners."""

from __future__ import annotations

from itertools import combinations

from telemachy.core.insights.facts import LearnerMix, MentorFacts, mean
from telemachy.core.insights.signals import Confidence, Severity, Signal
from telemachy.core.insights.thresholds import DEFAULT, Thresholds


def mentor_signals(facts: MentorFacts, thresholds: Thresholds = DEFAULT) -> tuple[Signal, ...]:
    """Return every signal of one mentor."""
    found = (overload(facts, thresholds), one_size(facts, thresholds))
    return tuple(signal for signal in found if signal)


def overload(facts: MentorFacts, t: Thresholds) -> Signal | None:
    """Fire when a mentor has more learners than agreed, or too many waiting."""
    if facts.n_learners <= facts.capacity and facts.n_waiting < t.overload_waiting:
        return None
    params = {"n_learners": facts.n_learners, "capacity": facts.capacity, "n_waiting": facts.n_waiting}
    return Signal("overload", Severity.ACT, params)


def one_size(facts: MentorFacts, t: Thresholds) -> Signal | None:
    """Fire when unlike learners are guided alike.

    Likeness is the total variation distance between the learners' shares of guidance levels, averaged
    over pairs of learners. Small samples differ by chance: few situations hide the pattern
    rather than invent it.
    """
    mixes = [mix for mix in facts.mixes if sum(mix.counts) >= t.min_situations]
    if len(mixes) < t.alike_learners:
        return None
    low, high = min(mix.p_alone for mix in mixes), max(mix.p_alone for mix in mixes)
    distance = mean(_distance(a, b) for a, b in combinations(mixes, 2))
    if distance > t.alike_distance or high - low < t.unlike_profiles:
        return None
    params = {"n": len(mixes), "distance": 100 * distance, "low": 100 * low, "high": 100 * high}
    sure = all(sum(mix.counts) >= 2 * t.min_situations for mix in mixes)
    return Signal("one_size", Severity.WATCH, params, Confidence.FIRM if sure else Confidence.TENTATIVE)


def _distance(a: LearnerMix, b: LearnerMix) -> float:
    return sum(abs(x - y) for x, y in zip(a.shares(), b.shares(), strict=True)) / 2
