"""Hold what an agent mentor writes, and let it go or refuse it on a human's word."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.people.actions import notifications
from telemachy.apps.relationships.actions import guidance as sending
from telemachy.apps.relationships.actions.situations import locked, needed
from telemachy.apps.relationships.actions.steps import hold
from telemachy.apps.relationships.models import HeldGuidance, Situation
from telemachy.apps.relationships.policies import guidance as policies
from telemachy.apps.relationships.queries import held_guidance as queries
from telemachy.apps.relationships.queries import situations
from telemachy.core.shared.errors import BadInput, WrongState
from telemachy.core.shared.lifecycles import SITUATION
from telemachy.core.shared.scales import RATING_MAX, RATING_MIN, GuidanceLevel

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person


@action
def hold_guidance(
    *,
    situation: Situation,
    by: Person,
    now: datetime,
    level: int,
    text: str,
    mode_shift_reason: str = "",
    by_model: bool = False,
) -> HeldGuidance:
    """Hold an agent's guidance until a human has read it; `by_model` where a language model worded it.

    Raises NotAllowed, BadInput, WrongState.
    """
    situation = locked(situation)
    policies.hold(by, situation, "guide").require()
    chosen = sending.check(situation, level, text, mode_shift_reason)
    return _hold(
        situation, by, now, HeldGuidance.Kind.GUIDANCE, text, chosen, mode_shift_reason, by_model=by_model
    )


@action
def hold_debrief(*, situation: Situation, by: Person, now: datetime, text: str, score: int) -> HeldGuidance:
    """Hold an agent's debrief with its rating until a human has read it. Raises as `hold_guidance`."""
    situation = locked(situation)
    policies.hold(by, situation, "debrief").require()
    needed(text, "text", _("Write what you saw and what you would like to ask."))
    if not RATING_MIN <= score <= RATING_MAX:
        raise BadInput(_("A rating lies between 0 and 4."), field="score")
    return _hold(situation, by, now, HeldGuidance.Kind.DEBRIEF, text, None, "", score)


@action
def approve(*, held: HeldGuidance, by: Person, now: datetime) -> HeldGuidance:
    """Send it in the agent's name; if the case has moved on, it is laid aside instead. Raises NotAllowed."""
    held = _locked(held)
    policies.let_go(by, held).require()
    situation = locked(held.situation)
    verb = "guide" if held.kind == HeldGuidance.Kind.GUIDANCE else "debrief"
    is_over = situation.relationship.closed_at is not None or not situations.is_learner_seated(situation)
    if is_over or not SITUATION.allows(situation.state, verb):
        return _decide(held, HeldGuidance.State.MOOT, by, now)
    if verb == "guide":
        level = GuidanceLevel(held.level or 0)
        sending.give(situation, held.author, by, now, level, held.text, held.mode_shift_reason, held.by_model)
    else:
        sending.close(situation, held.author, by, now, held.text, held.score or 0)
    return _decide(held, HeldGuidance.State.APPROVED, by, now)


@action
def refuse(*, held: HeldGuidance, because: str, by: Person, now: datetime) -> HeldGuidance:
    """Keep it from the learner, and tell the agent why. Raises NotAllowed, BadInput."""
    held = _locked(held)
    policies.let_go(by, held).require()
    held.because = needed(because, "because", _("Say why, so that the agent can do better."))
    return _decide(held, HeldGuidance.State.REFUSED, by, now)


def _hold(
    situation: Situation,
    author: Person,
    now: datetime,
    kind: HeldGuidance.Kind,
    text: str,
    level: GuidanceLevel | None,
    mode_shift_reason: str,
    score: int | None = None,
    by_model: bool = False,
) -> HeldGuidance:
    if queries.open_for(situation, author, kind) is not None:
        raise WrongState(_("Something of yours waits for a human already in this situation."))
    held = HeldGuidance.objects.create(
        situation=situation,
        author=author,
        kind=kind,
        level=level,
        text=text,
        mode_shift_reason=mode_shift_reason,
        score=score,
        by_model=by_model,
        held_at=now,
    )
    if author.owner is not None:
        path = reverse("held-guidance-list")
        notifications.tell(person=author.owner, kind="guidance.held", path=path, now=now, other=author.name)
    events.record("guidance.held", by=author, now=now, on=held, kind=kind, situation=str(situation.pk))
    return held


def _locked(held: HeldGuidance) -> HeldGuidance:
    """Return the row as it is now, its pair held: what is let go may claim a threshold."""
    hold(held.situation.relationship)
    return HeldGuidance.objects.select_related("author", "situation__relationship").get(pk=held.pk)


def _decide(held: HeldGuidance, state: HeldGuidance.State, by: Person, now: datetime) -> HeldGuidance:
    held.state, held.decided_by, held.decided_at = state, by, now
    held.save()
    events.record(f"guidance.{state}", by=by, now=now, on=held, author=str(held.author_id))
    return held
