"""Cases in which an agent holds the mentor's seat and a human may have its words drafted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telemachy.apps.relationships.queries import held_guidance
from telemachy.apps.relationships.queries import situations as cases

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from telemachy.apps.people.models import Person
    from telemachy.apps.relationships.models import Situation


def to_draft(person: Person) -> QuerySet[Situation]:
    """Return what learners have asked agents whose words the person decides on; longest waiting first."""
    return held_guidance.asked_of_agents(person)


def agent_of(situation: Situation, person: Person) -> Person | None:
    """Return the agent in the mentor's seat on whose words the person decides, None where there is none."""
    mentors = cases.mentors_of(situation.relationship)
    for one in mentors:
        if one.is_agent and (one.owner_id == person.pk or person in mentors):
            return one
    return None
