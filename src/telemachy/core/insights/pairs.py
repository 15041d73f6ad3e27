"""The rules about one pair, each a function from facts to a signal or None."""

from __future__ import annotations

from telemachy.core import scheduling
from telemachy.core.insights.certainty import firm_above
from telemachy.core.insights.dependency import DEPENDENCY_RULES
from telemachy.core.insights.facts import PairFacts
from telemachy.core.insights.signals import Severity, Signal
from telemachy.core.insights.thresholds import DEFAULT, Thresholds
from telemachy.core.shared.scales import GuidanceLevel

#: States in which a pair is expected to be at work.
WORKING = ("active", "winding_down")
#: States in which a first meeting is expected.
MEETING = ("accepted", "contracting", "active")


def pair_signals(facts: PairFacts, thresholds: Thresholds = DEFAULT) -> tuple[Signal, ...]:
    """Return every signal of one pair, most urgent first."""
    if left := one_side_left(facts):
        return (left,)
    found = (rule(facts, thresholds) for rule in RULES)
    order = list(Severity)
    return tuple(sorted((s for s in found if s), key=lambda s: -order.index(s.severity)))


def one_side_left(facts: PairFacts) -> Signal | None:
    """Fire when one side has left; nothing else is then worth saying of the pair."""
    if facts.deserted_on is None:
        return None
    return Signal("one_side_left", Severity.ACT, {"days": (facts.today - facts.deserted_on).days})


def undirected_goals(facts: PairFacts, t: Thresholds) -> Signal | None:
    """Fire when an active pair has no specific goal after the days of grace."""
    if facts.state not in WORKING or facts.active_on is None:
        return None
    days = (facts.today - facts.active_on).days
    if days < t.goal_grace_days or any(goal.n_gaps == 0 for goal in facts.goals):
        return None
    return Signal("undirected_goals", Severity.ACT, {"days": days, "n_goals": len(facts.goals)})


def undirected_drift(facts: PairFacts, t: Thresholds) -> Signal | None:
    """Fire when sessions are not tied to goals and no attainment level moves."""
    if facts.state not in WORKING or facts.active_on is None or len(facts.sessions) < 3:
        return None
    n_tied = sum(session.tied_to_goal for session in facts.sessions)
    moved_on = max((goal.moved_on for goal in facts.goals if goal.moved_on), default=facts.active_on)
    days = (facts.today - moved_on).days
    if n_tied >= t.tied_sessions_share * len(facts.sessions) or days < t.goal_still_days:
        return None
    params = {"n_tied": n_tied, "n_sessions": len(facts.sessions), "days": days}
    return Signal("undirected_drift", Severity.ACT, params)


def drifting_cadence(facts: PairFacts, t: Thresholds) -> Signal | None:
    """Fire when the next session is late by more than half a cadence and the pair is not graduating."""
    if facts.state not in WORKING or facts.active_on is None or graduating(facts, t):
        return None
    rhythm = scheduling.cadence(
        [session.held_on for session in facts.sessions],
        facts.cadence_days,
        started_on=facts.active_on,
        today=facts.today,
    )
    if rhythm.status != scheduling.CadenceStatus.DRIFTING or facts.has_upcoming:
        return None
    params = {"days": rhythm.n_days_late, "cadence": facts.cadence_days}
    return Signal("drifting_cadence", Severity.WATCH, params)


def stalled(facts: PairFacts, t: Thresholds) -> Signal | None:
    """Fire when a pair is quiet, nothing is scheduled, and independence neither stands high nor rises."""
    if facts.state not in WORKING or facts.active_on is None or facts.has_upcoming:
        return None
    if _independent(facts, t):
        return None
    last = max((*facts.contacts(), facts.active_on))
    days = (facts.today - last).days
    if days < max(t.quiet_days, 2 * facts.cadence_days):
        return None
    return Signal("stalled", Severity.ACT, {"days": days})


def graduating(facts: PairFacts, t: Thresholds) -> Signal | None:
    """Fire when contacts fall because the learner decides alone."""
    if facts.state not in WORKING or facts.p_alone is None or not _independent(facts, t):
        return None
    recent = facts.n_contacts(t.window_days, 0)
    before = facts.n_contacts(2 * t.window_days, t.window_days)
    if before == 0 or recent > t.activity_fall * before:
        return None
    params = {"before": before, "recent": recent, "p": 100 * facts.p_alone}
    alone = [s.handled for s in facts.situations_between(2 * t.window_days, 0) if not s.consulted]
    n_rated = sum(handled is not None for handled in alone)
    sure = firm_above(sum(bool(handled) for handled in alone), n_rated, 0.5)
    return Signal("graduating", Severity.GOOD, params, sure)


def _independent(facts: PairFacts, t: Thresholds) -> bool:
    """Tell whether independence stands high, or has clearly risen to at least an even chance."""
    if facts.p_alone is None:
        return False
    risen = facts.p_alone_before is not None and facts.p_alone - facts.p_alone_before >= t.independence_rise
    return facts.p_alone >= t.independent_from or (risen and facts.p_alone >= 0.5)


def over_helping(facts: PairFacts, t: Thresholds) -> Signal | None:
    """Fire when recent guidance is mostly more direct than recommended."""
    gaps = [
        s.level - s.recommended
        for s in facts.situations_between(t.window_days, 0)
        if s.level is not None and s.recommended is not None and s.level > GuidanceLevel.INDEPENDENT
    ]
    n = sum(gap > 0 for gap in gaps)
    if len(gaps) < t.over_help_min or n < t.over_help_share * len(gaps):
        return None
    sure = firm_above(n, len(gaps), t.over_help_share)
    return Signal("over_helping", Severity.WATCH, {"n": n, "total": len(gaps)}, sure)


def unanswered(facts: PairFacts, t: Thresholds) -> Signal | None:
    """Fire when a learner waits for the mentor for days."""
    if facts.waiting_since is None:
        return None
    days = (facts.today - facts.waiting_since).days
    if days < t.waiting_days:
        return None
    severity = Severity.URGENT if days >= t.waiting_long_days else Severity.ACT
    return Signal("unanswered", severity, {"n": max(facts.n_waiting, 1), "days": days})


def no_first_meeting(facts: PairFacts, t: Thresholds) -> Signal | None:
    """Fire when two weeks after accepting no session is held or scheduled."""
    if facts.state not in MEETING or facts.accepted_on is None or facts.sessions or facts.has_upcoming:
        return None
    days = (facts.today - facts.accepted_on).days
    if days < t.first_meeting_days:
        return None
    return Signal("no_first_meeting", Severity.ACT, {"days": days})


def missing_feedback(facts: PairFacts, t: Thresholds) -> Signal | None:
    """Fire when a learner has met the mentor several times and told nothing on what helps for long."""
    if facts.state not in WORKING or facts.active_on is None:
        return None
    since = max(facts.feedback_on or facts.active_on, facts.active_on)
    days = (facts.today - since).days
    n = sum(session.held_on > since for session in facts.sessions)
    if days < t.feedback_days or n < t.feedback_sessions:
        return None
    return Signal("missing_feedback", Severity.WATCH, {"n_sessions": n, "days": days})


RULES = (
    *DEPENDENCY_RULES,
    undirected_goals,
    undirected_drift,
    drifting_cadence,
    stalled,
    graduating,
    over_helping,
    unanswered,
    no_first_meeting,
    missing_feedback,
)
