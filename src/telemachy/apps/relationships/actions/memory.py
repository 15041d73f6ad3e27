"""Remind a learner, see how it went, and move the help with a failure mode."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.relationships.actions import goals
from telemachy.apps.relationships.actions.situations import locked, needed
from telemachy.apps.relationships.actions.steps import hold
from telemachy.apps.relationships.models import Attempt, FailureMode, Goal, Lesson, Situation
from telemachy.apps.relationships.policies import memory as policies
from telemachy.apps.relationships.queries import memory as queries
from telemachy.core import memory
from telemachy.core.shared.errors import BadInput
from telemachy.core.shared.scales import GuidanceLevel, ceiling

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

MAX_ASK_BUDGET = 10_000


@action
def recall(*, situation: Situation, by: Person, now: datetime) -> list[queries.Reminder]:
    """Call to mind what the learner should remember here; asked again, it is the same. Raises NotAllowed."""
    situation = locked(situation)
    policies.recall(by, situation).require()
    if situation.attempts.exists():
        events.unchanged()
        return queries.reminders(situation)
    matches = queries.called_to_mind(situation)
    lessons = Lesson.objects.in_bulk([match.lesson.key for match in matches])
    for match in matches:
        lesson = next(one for key, one in lessons.items() if str(key) == match.lesson.key)
        example = ""
        if match.is_shown:
            example = queries.example_for(situation, lesson.failure_mode_id, match.lesson.text.cue)
        Attempt.objects.create(
            situation=situation,
            failure_mode_id=lesson.failure_mode_id,
            lesson=lesson,
            level=match.level,
            shown=dict(memory.shown(match.lesson, match.level, example)),
            p_left_out=match.p_left_out,
            audited=match.audited,
            recalled_at=now,
        )
    n_shown = sum(match.is_shown for match in matches)
    events.record("memory.recalled", by=by, now=now, on=situation, n=len(matches), n_shown=n_shown)
    return queries.reminders(situation)


def settle(situation: Situation, success: bool, tier: memory.Tier, by: Person, now: datetime) -> None:
    """Say what an outcome tells of the failure modes at stake, inside the caller's action.

    A success is one for each of them. A failure counts for the only one at stake; where there were several,
    the mentor's lesson says which of them struck, and until then it counts for none.
    """
    if not tier.counts:
        return
    attempts = list(situation.attempts.select_related("failure_mode__relationship"))
    if not success and len(attempts) != 1:
        return
    for attempt in attempts:
        if attempt.settled_at is None:
            settle_attempt(attempt, success, tier, by, now)


def settle_attempt(attempt: Attempt, success: bool, tier: memory.Tier, by: Person, now: datetime) -> None:
    """Keep how one attempt went, and move its failure mode by the rule, inside the caller's action."""
    mode = FailureMode.objects.get(pk=attempt.failure_mode_id)
    before = queries.standings([mode])[str(mode.pk)]
    attempt.success, attempt.tier, attempt.settled_at = success, tier.value, now
    attempt.save()
    known = memory.Attempt(success, GuidanceLevel(attempt.level), tier)
    after, step = memory.after(before, known, top=ceiling(attempt.failure_mode.relationship.kind))
    if not step.moved:
        return
    if after.level > before.level:
        mode.evidence_from = now
    mode.level, mode.level_since = after.level, now
    mode.level_because = {"code": step.code, "params": dict(step.params)}
    mode.save()
    events.record("failure_mode.level_moved", by=by, now=now, on=mode, level=int(after.level), code=step.code)


@action
def set_level(*, failure_mode: FailureMode, level: int, reason: str, by: Person, now: datetime) -> None:
    """Set how much help there is with a failure mode; evidence begins anew. Raises NotAllowed, BadInput."""
    hold(failure_mode.relationship)
    mode = FailureMode.objects.get(pk=failure_mode.pk)
    policies.set_level(by, mode).require()
    top = ceiling(mode.relationship.kind)
    if not GuidanceLevel.INDEPENDENT <= level <= top:
        raise BadInput(_("Choose a level from 0 to %(top)d.") % {"top": int(top)}, field="level")
    mode.level_because = {"reason": needed(reason, "reason", _("Say why."))}
    mode.level, mode.level_since, mode.evidence_from = level, now, now
    mode.save()
    events.record("failure_mode.level_set", by=by, now=now, on=mode, level=level)


@action
def allow_asking(*, goal: Goal, n: int, by: Person, now: datetime) -> None:
    """Say how many questions an agent may ask towards a goal in all. Raises NotAllowed, BadInput."""
    goal = goals.locked(goal)
    policies.allow_asking(by, goal).require()
    if not 0 <= n <= MAX_ASK_BUDGET:
        raise BadInput(_("Write a number from 0 to 10000."), field="ask_budget")
    goal.ask_budget = n
    goal.save(update_fields=["ask_budget"])
    events.record("goal.asking_allowed", by=by, now=now, on=goal, n=n)


@action
def rate_risk(*, goal: Goal, is_low_risk: bool, by: Person, now: datetime) -> None:
    """Say whether little is lost when a goal's cases go wrong. Raises NotAllowed."""
    goal = goals.locked(goal)
    policies.rate_risk(by, goal).require()
    goal.is_low_risk = is_low_risk
    goal.save(update_fields=["is_low_risk"])
    events.record("goal.risk_rated", by=by, now=now, on=goal, is_low_risk=is_low_risk)
