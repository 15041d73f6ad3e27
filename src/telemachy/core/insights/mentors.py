"""The rules about one mentor over all learners."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import pi, sqrt

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

    Likeness is the total variation distance between the learners' shares of guidance levels, averaged over
    pairs of learners who stand apart, less what chance alone would make of one and the same habit in so few
    situations. Learners who stand together are rightly guided alike, and do not count. Nor does a learner
    who was hardly ever helped before deciding: all whom a mentor only debriefs look alike, and fit.
    """
    mixes = [mix for mix in facts.mixes if mix.n_helped >= t.min_situations]
    pairs = [(a, b) for a, b in combinations(mixes, 2) if abs(a.p_alone - b.p_alone) >= t.unlike_profiles]
    if len(mixes) < t.alike_learners or not pairs:
        return None
    distance = mean(_distance(a, b) for a, b in pairs)
    habit = [sum(mix.counts[level] for mix in mixes) for level in range(1, 5)]
    chance = mean(_by_chance(habit, a.n_guided, b.n_guided) for a, b in pairs)
    if distance - chance > t.alike_distance:
        return None
    params = {
        "n": len(mixes),
        "distance": 100 * distance,
        "chance": 100 * chance,
        "low": 100 * min(mix.p_alone for mix in mixes),
        "high": 100 * max(mix.p_alone for mix in mixes),
    }
    sure = distance <= chance and all(mix.n_helped >= 2 * t.min_situations for mix in mixes)
    return Signal("one_size", Severity.WATCH, params, Confidence.FIRM if sure else Confidence.TENTATIVE)


def _distance(a: LearnerMix, b: LearnerMix) -> float:
    return sum(abs(x - y) for x, y in zip(a.shares(), b.shares(), strict=True)) / 2


def _by_chance(habit: Sequence[int], n: int, m: int) -> float:
    """Return the distance to expect between n and m draws from the same habit.

    The difference of two shares of the same chance p is about normal with variance p(1-p)(1/n + 1/m); its
    mean size is that deviation times the square root of 2/pi.
    """
    shares = [count / sum(habit) for count in habit]
    spread = sum(sqrt(p * (1 - p)) for p in shares)
    return spread * sqrt(2 / pi) * sqrt(1 / n + 1 / m) / 2
