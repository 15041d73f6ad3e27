"""Who may teach, recall, let through and withdraw lessons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.relationships.policies import relationships, situations
from telemachy.apps.relationships.queries import memory as queries
from telemachy.apps.relationships.queries import relationships as relationship_queries
from telemachy.apps.relationships.queries import situations as situation_queries
from telemachy.core.memory import Source
from telemachy.core.shared.lifecycles import LESSON
from telemachy.core.shared.verdict import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import FailureMode, Goal, Lesson, Relationship, Situation


def recall(actor: Person, situation: Situation) -> Verdict:
    """Be reminded: the learner whose case it is, before the decision."""
    if situation.learner_id != actor.pk:
        return refused(_("Reminders are for the learner whose case it is."))
    if situation.state not in situation_queries.BEFORE_DECISION:
        return refused(_("This is decided; reminders come before."))
    return situations.under_way(actor, situation)


def teach(actor: Person, situation: Situation) -> Verdict:
    """Write a lesson: whoever mentors in the situation, human or agent."""
    if situation_queries.seat_of(situation, actor) != "mentor":
        return refused(_("Lessons are written by the mentor."))
    return situations.under_way(actor, situation)


def decide(actor: Person, lesson: Lesson, verb: str, source: Source = Source.HUMAN) -> Verdict:
    """Approve, refuse or withdraw a lesson: a human who mentors, or who answers for the agent that wrote it.

    Letting one through takes a human's eyes: a person's program cannot do it.
    """
    if not queries.is_decider(lesson, actor):
        return refused(_("A human who mentors here, or who answers for the agent, decides on this."))
    if verb == "approve" and source != Source.HUMAN:
        return refused(_("Read it on its page and approve it there: a key cannot read for you."))
    if not LESSON.allows(lesson.state, verb):
        return refused(_("This is decided on already."))
    return ALLOWED


def set_level(actor: Person, mode: FailureMode) -> Verdict:
    """Say how much help there is with a failure mode: a human who mentors."""
    return _mentor_by_hand(actor, mode.relationship)


def rate_risk(actor: Person, goal: Goal) -> Verdict:
    """Say that little is lost when a goal's cases go wrong: a human who mentors."""
    return _mentor_by_hand(actor, goal.relationship)


def allow_asking(actor: Person, goal: Goal) -> Verdict:
    """Say how many questions an agent may ask towards a goal: a human who mentors."""
    return _mentor_by_hand(actor, goal.relationship)


def read_own(actor: Person, owner: Person, relationship: Relationship) -> Verdict:
    """Read a learner's own lessons: itself; of an agent also the humans who mentor it here."""
    if actor.pk == owner.pk:
        return ALLOWED
    party = relationship_queries.party_of(relationship, actor)
    if owner.is_agent and party is not None and party.seat == party.Seat.MENTOR and not actor.is_agent:
        return ALLOWED
    return refused(_("Own lessons are the learner's alone."))


def _mentor_by_hand(actor: Person, relationship: Relationship) -> Verdict:
    party = relationship_queries.party_of(relationship, actor)
    if party is None or party.seat != party.Seat.MENTOR or actor.is_agent:
        return refused(_("This is for a human who mentors here to say."))
    return relationships.write(actor, relationship)


def check(actor: Person, lesson: Lesson) -> Verdict:
    """Vouch for a lesson by a verifier's key: of this organisation, not the learner's nor the author's."""
    if actor.organisation_id != lesson.failure_mode.learner.organisation_id:
        return refused(_("This lesson is not yours."))
    if actor.pk in {lesson.author_id, lesson.failure_mode.learner_id}:
        return refused(_("Nobody vouches for what they wrote or are to follow."))
    return ALLOWED


def write_own(actor: Person, owner: Person) -> Verdict:
    """Write down own lessons: the learner itself."""
    return ALLOWED if actor.pk == owner.pk else refused(_("Own lessons are the learner's alone."))
