"""Who may guide, talk, debrief and rate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.relationships.policies import relationships, situations
from telemachy.apps.relationships.queries import held_guidance
from telemachy.apps.relationships.queries import situations as queries
from telemachy.core.shared.verdict import ALLOWED, Verdict, not_now, refused

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import HeldGuidance, Situation


def guide(actor: Person, situation: Situation) -> Verdict:
    """Send guidance: the mentor, once asked and until the decision; what an agent writes is held first."""
    return by_human(actor) and _of_mentor(actor, situation, "guide")


def debrief(actor: Person, situation: Situation) -> Verdict:
    """Debrief and rate: the mentor, once the learner has told how it turned out; an agent's is held first."""
    return by_human(actor) and _of_mentor(actor, situation, "debrief")


def hold(actor: Person, situation: Situation, verb: str) -> Verdict:
    """Hold guidance or a debrief for a human: an agent in the mentor's seat, when the step is due."""
    if not actor.is_agent:
        return refused(_("What a person writes needs nobody's leave."))
    return _of_mentor(actor, situation, verb)


def let_go(actor: Person, held: HeldGuidance) -> Verdict:
    """Read and decide on what is held: the agent's owner, or a human in the same mentor's seat."""
    if not held_guidance.is_decider(held, actor):
        return refused(_("Who answers for the agent decides on this."))
    if held.state != "held":
        return not_now(_("This is decided on already."))
    return ALLOWED


def rate_self(actor: Person, situation: Situation) -> Verdict:
    """Rate the own handling: its learner, once it is accounted for. It never moves a level."""
    if situation.learner_id != actor.pk:
        return refused(_("Only the learner whose case it is can rate it this way."))
    if situation.state not in {"accounted", "debriefed"}:
        return refused(_("Tell first how it turned out."))
    return situations.under_way(actor, situation)


def converse(actor: Person, situation: Situation) -> Verdict:
    """Add a line to the conversation: learner and mentor of the situation."""
    verdict = (
        relationships.at_once(actor, queries.seat_of(situation, actor))
        and situations.read(actor, situation)
        and situations.under_way(actor, situation)
    )
    if verdict and situation.learner_id == actor.pk:
        return situations.within_budget(situation)
    return verdict


def by_human(actor: Person) -> Verdict:
    """Refuse an agent what a human has to read before anybody else does."""
    if actor.is_agent:
        return refused(_("What an agent writes is held until a human has read it."))
    return ALLOWED


def _of_mentor(actor: Person, situation: Situation, verb: str) -> Verdict:
    if queries.seat_of(situation, actor) != "mentor":
        return refused(_("This step belongs to the mentor."))
    return situations.under_way(actor, situation) and situations.possible(situation, verb)
