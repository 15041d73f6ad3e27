"""The mentor's steps: guide and debrief; and what both do: talk, and rate."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.audit.actions import action, events
from telemachy.apps.relationships.actions import memory, thresholds
from telemachy.apps.relationships.actions.situations import (
    forget_draft,
    locked,
    move,
    needed,
    tell,
    tell_mentors,
)
from telemachy.apps.relationships.models import Guidance, Message, Rating, Situation
from telemachy.apps.relationships.policies import guidance as policies
from telemachy.apps.relationships.queries import situations as situation_queries
from telemachy.core.memory import Tier
from telemachy.core.shared.errors import BadInput
from telemachy.core.shared.scales import PROFICIENT, RATING_MAX, RATING_MIN, GuidanceLevel, ceiling

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person


@action
def guide(
    *,
    situation: Situation,
    by: Person,
    now: datetime,
    level: int,
    text: str = "",
    mode_shift_reason: str = "",
) -> Guidance:
    """Send guidance at a level of the ladder. Raises NotAllowed, BadInput.

    "Debrief" and "independent" leave the decision to the learner and need no words. A level above the
    kind's ceiling (a coach who shows or tells) needs a stated reason.
    """
    situation = locked(situation)
    policies.guide(by, situation).require()
    chosen = check(situation, level, text, mode_shift_reason)
    return give(situation, by, by, now, chosen, text, mode_shift_reason)


def check(situation: Situation, level: int, text: str, mode_shift_reason: str) -> GuidanceLevel:
    """Return the level of guidance that may be sent like this. Raises BadInput."""
    chosen = _level(level)
    if chosen >= GuidanceLevel.QUESTION:
        needed(text, "text", _("Write your answer, example or question."))
    if chosen > ceiling(situation.relationship.kind):
        needed(mode_shift_reason, "mode_shift_reason", _("Say why you leave the coaching mode this time."))
    return chosen


def give(
    situation: Situation,
    author: Person,
    by: Person,
    now: datetime,
    chosen: GuidanceLevel,
    text: str,
    mode_shift_reason: str,
    by_model: bool = False,
) -> Guidance:
    """Send what was checked, in the author's name and by whoever lets it go, inside the caller's action."""
    shifts = chosen > ceiling(situation.relationship.kind)
    guidance = Guidance.objects.create(
        situation=situation,
        author=author,
        level=chosen,
        recommended_level=situation.recommended_level,
        text=text,
        mode_shift_reason=mode_shift_reason if shifts else "",
        by_model=by_model,
        given_at=now,
    )
    situation.guided_level = max(situation.guided_level, chosen)
    move(situation, "guide", now)
    forget_draft(by, situation, "guide")
    tell(situation, "situation.guided", situation.learner, author, now)
    events.record(
        "situation.guided",
        by=by,
        now=now,
        on=situation,
        level=int(chosen),
        recommended_level=situation.recommended_level,
        mode_shift=shifts,
        author=str(author.pk),
    )
    return guidance


@action
def converse(*, situation: Situation, by: Person, now: datetime, text: str) -> Message:
    """Add a line to the conversation, which hands no turn on. Raises NotAllowed, BadInput.

    Lines written at once do not wait for each other, only for a step in the pair; an agent's do, since they
    are counted: two at once do not both take the last.
    """
    held = situation_queries.held if situation.learner.is_agent else situation_queries.kept
    situation = held(situation.pk)
    policies.converse(by, situation).require()
    needed(text, "text", _("Write something to send."))
    message = Message.objects.create(situation=situation, author=by, text=text, sent_at=now)
    forget_draft(by, situation, "message")
    tell(situation, "situation.message", situation.learner, by, now)
    tell_mentors(situation, "situation.message", by, now)
    events.record("situation.message_sent", by=by, now=now, on=situation)
    return message


@action
def debrief(
    *, situation: Situation, by: Person, now: datetime, text: str, score: int, comment: str = ""
) -> None:
    """Look back on the account, rate it on the rubric, and close. Raises NotAllowed, BadInput."""
    situation = locked(situation)
    policies.debrief(by, situation).require()
    close(situation, by, by, now, text, score, comment)


def close(
    situation: Situation, author: Person, by: Person, now: datetime, text: str, score: int, comment: str = ""
) -> None:
    """Debrief in the author's name, by whoever lets it go, inside the caller's action. Raises BadInput."""
    situation.debrief = needed(text, "text", _("Write what you saw and what you would like to ask."))
    situation.debriefed_at = now
    situation.rating = _rate(situation, author, now, score, comment, Rating.Tier.TRAINER)
    move(situation, "debrief", now)
    forget_draft(by, situation, "debrief")
    tell(situation, "situation.debriefed", situation.learner, author, now)
    events.record("situation.debriefed", by=by, now=now, on=situation, author=str(author.pk))
    memory.settle(situation, situation.rating >= PROFICIENT, Tier.TRAINER, by, now)
    thresholds.claim(situation=situation, by=by, now=now)


@action
def rate_self(*, situation: Situation, by: Person, now: datetime, score: int, comment: str = "") -> None:
    """Keep the learner's own rating, which never counts as evidence. Raises NotAllowed, BadInput."""
    situation = locked(situation)
    policies.rate_self(by, situation).require()
    _rate(situation, by, now, score, comment, Rating.Tier.SELF)
    events.record("situation.rated_by_learner", by=by, now=now, on=situation)


def _rate(
    situation: Situation, rater: Person, now: datetime, score: int, comment: str, tier: Rating.Tier
) -> int:
    if not RATING_MIN <= score <= RATING_MAX:
        raise BadInput(_("A rating lies between 0 and 4."), field="score")
    Rating.objects.update_or_create(
        situation=situation,
        rater=rater,
        defaults={"score": score, "comment": comment, "tier": tier, "rated_at": now},
    )
    return score


def _level(level: int) -> GuidanceLevel:
    try:
        return GuidanceLevel(level)
    except ValueError as error:
        raise BadInput(_("Choose one of the five levels."), field="level") from error
