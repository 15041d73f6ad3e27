"""Mentor dependency, seen in three ways."""

from __future__ import annotations

from telemachy.core.insights.certainty import firm_above, firm_below, wilson
from telemachy.core.insights.facts import PairFacts, mean
from telemachy.core.insights.signals import Severity, Signal
from telemachy.core.insights.thresholds import Thresholds
from telemachy.core.shared.scales import GuidanceLevel

#: Fewer situations with or without guidance than this are no comparison; nor are fewer before a window.
MIN_EACH, MIN_BEFORE = 5, 4


def consulting(facts: PairFacts, t: Thresholds) -> Signal | None:
    """Fire when most situations are consulted, not fewer than before, at flat difficulty.

    Asking much is how a pair begins: what counts is that it does not fall. So the recent window is compared
    with all that was before, and a share that could be chance says nothing.
    """
    recent = facts.chosen_between(t.window_days, 0)
    before = facts.chosen_between(t.memory_days, t.window_days)
    if len(recent) < t.min_situations or len(before) < MIN_BEFORE:
        return None
    share, share_before = mean(s.consulted for s in recent), mean(s.consulted for s in before)
    rise = mean(s.difficulty for s in recent) - mean(s.difficulty for s in before)
    n = sum(s.consulted for s in recent)
    if wilson(n, len(recent))[0] < t.consult_share:
        return None
    if share_before - share >= t.consult_fall or rise >= t.difficulty_rise:
        return None
    params = {"recent": 100 * share, "before": 100 * share_before, "n": len(recent)}
    sure = firm_above(n, len(recent), t.consult_share_firm)
    return Signal("dependency_consulting", Severity.ACT, params, sure)


def asking_first(facts: PairFacts, t: Thresholds) -> Signal | None:
    """Fire when the learner mostly asks before reasoning."""
    asked = [s for s in facts.situations_between(t.window_days, 0) if s.consulted]
    n = sum(not s.reasoned_first for s in asked)
    if len(asked) < t.min_situations or n < t.asked_first_share * len(asked):
        return None
    sure = firm_above(n, len(asked), t.asked_first_share)
    return Signal("dependency_asking_first", Severity.WATCH, {"n": n, "total": len(asked)}, sure)


def guided_only(facts: PairFacts, t: Thresholds) -> Signal | None:
    """Fire when situations succeed with guidance but not alone, long after the beginning.

    Every learner starts there. It is dependency when it is still so after months, and when the two shares
    differ by more than chance.
    """
    if facts.active_on is None or (facts.today - facts.active_on).days < t.grown_days:
        return None
    rated = [s for s in facts.chosen_between(2 * t.window_days, 0) if s.handled is not None]
    alone = [bool(s.handled) for s in rated if not s.consulted and (s.level or 0) <= GuidanceLevel.DEBRIEF]
    guided = [bool(s.handled) for s in rated if (s.level or 0) > GuidanceLevel.DEBRIEF]
    if len(alone) < MIN_EACH or len(guided) < MIN_EACH:
        return None
    p_guided, p_unguided = mean(guided), mean(alone)
    if p_guided < t.guided_success or p_unguided > t.alone_success:
        return None
    if wilson(sum(guided), len(guided))[0] <= wilson(sum(alone), len(alone))[1]:
        return None
    params = {"guided": 100 * p_guided, "alone": 100 * p_unguided}
    sure = firm_below(sum(alone), len(alone), t.alone_success)
    return Signal("dependency_guided_only", Severity.ACT, params, sure)


DEPENDENCY_RULES = (consulting, asking_first, guided_only)
