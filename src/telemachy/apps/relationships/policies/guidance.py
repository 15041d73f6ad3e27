"""Who may guide, talk, debrief and rate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.relationships.policies import situations
from telemachy.apps.relationships.queries import situations as queries
from telemachy.core.shared.verdict import Verdict, refused

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Situation


def guide(actor: Person, situation: Situation) -> Verdict:
    """Send guidance: the mentor, once asked and until the decision."""
    return _of_mentor(actor, situation, "guide")


def debrief(actor: Person, situation: Situation) -> Verdict:
    """Debrief and rate: the mentor, once the learner has told how it turned out."""
    return _of_mentor(actor, situation, "debrief")


def rate_self(actor: Person, situation: Situation) -> Verdict:
    """Rate the own handling: its learner, once it is accounted for. It never moves a level."""
    if situation.learner_id != actor.pk:
        return refused(_("Only the learner whose case it is can rate it this way."))
    if situation.state not in {"accounted", "debriefed"}:
        return refused(_("Tell first how it turned out."))
    return situations.under_way(actor, situation)


def converse(actor: Person, situation: Situation) -> Verdict:
    """Add a line to the conversation: learner and mentor of the situation."""
    return situations.read(actor, situation) and situations.under_way(actor, situation)


def _of_mentor(actor: Person, situation: Situation, verb: str) -> Verdict:
    if queries.seat_of(situation, actor) != "mentor":
        return refused(_("This step belongs to the mentor."))
    return situations.under_way(actor, situation) and situations.possible(situation, verb)
