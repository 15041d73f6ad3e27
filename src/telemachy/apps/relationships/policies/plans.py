"""Who may do what with a development plan, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from telemachy.apps.relationships.policies import relationships
from telemachy.apps.relationships.queries import goals as goal_queries
from telemachy.apps.relationships.queries import relationships as relationship_queries
from telemachy.core.shared.verdict import ALLOWED, Verdict, refused

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import PlanActivity, Relationship


def read(actor: Person, relationship: Relationship, learner: Person) -> Verdict:
    """Read a plan: its learner and the mentor; nobody else, whatever their role."""
    if any(one.pk == learner.pk for one in goal_queries.learners(relationship, actor)):
        return ALLOWED
    return refused(_("What a pair writes belongs to the pair."))


def add(actor: Person, relationship: Relationship) -> Verdict:
    """Add to the own plan: a learner of a relationship that is under way."""
    party = relationship_queries.party_of(relationship, actor)
    if party is None or party.seat != party.Seat.LEARNER:
        return refused(
            _("The plan is the learner's: suggest activities to them, or comment on what is there.")
        )
    return relationships.write(actor, relationship)


def change(actor: Person, activity: PlanActivity) -> Verdict:
    """Edit, mark done or remove an activity: the learner whose plan it is."""
    if activity.learner_id != actor.pk:
        return refused(
            _("The plan is the learner's: suggest activities to them, or comment on what is there.")
        )
    return relationships.write(actor, activity.relationship)


def comment(actor: Person, activity: PlanActivity) -> Verdict:
    """Comment on an activity: the mentor."""
    party = relationship_queries.party_of(activity.relationship, actor)
    if party is None or party.seat != party.Seat.MENTOR:
        return refused(_("Comments on the plan are the mentor's."))
    return relationships.tell(actor, activity.relationship)


def review(actor: Person, relationship: Relationship, learner: Person) -> Verdict:
    """Note a quarterly review: the learner or the mentor, once the work has begun."""
    verdict = read(actor, relationship, learner) and relationships.tell(actor, relationship)
    if verdict and relationship.active_at is None:
        return refused(_("The first review comes a quarter after the work has begun."))
    return verdict
