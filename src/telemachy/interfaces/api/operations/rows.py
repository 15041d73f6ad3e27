"""Rows that a call names by their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from telemachy.apps.knowledge import queries as knowledge
from telemachy.apps.people import queries as people
from telemachy.apps.programmes import queries as programmes
from telemachy.apps.relationships.queries import goals
from telemachy.core.shared.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telemachy.apps.knowledge.models import Competency
    from telemachy.apps.people.models import Person
    from telemachy.apps.programmes.models import Enrolment
    from telemachy.apps.relationships.models import Goal


def competency_of(key: UUID | None, by: Person) -> Competency | None:
    """Return the competency of the caller's organisation. Raises BadInput."""
    return competencies_of([key], by)[0] if key else None


def competencies_of(keys: Sequence[UUID], by: Person) -> list[Competency]:
    """Return the competencies of the caller's organisation in the order named. Raises BadInput."""
    found = knowledge.competencies_of(by).in_bulk(keys)
    if len(found) < len(set(keys)):
        raise BadInput("Name competencies of your organisation.", field="competency_id")
    return [found[key] for key in dict.fromkeys(keys)]


def goal_of(key: UUID | None, by: Person) -> Goal | None:
    """Return a goal that the caller may read. Raises BadInput."""
    if key is None:
        return None
    goal = goals.of_party(by).filter(pk=key).first()
    if goal is None:
        raise BadInput("Name a goal that you may read.", field="goal_id")
    return goal


def person_of(key: UUID, by: Person, field: str = "person_id") -> Person:
    """Return somebody of the caller's organisation. Raises BadInput."""
    person = people.of_organisation(by).filter(pk=key).first()
    if person is None:
        raise BadInput("Name somebody of your organisation.", field=field)
    return person


def enrolment_of(key: UUID, by: Person, field: str) -> Enrolment:
    """Return a place in a programme that the caller runs. Raises BadInput."""
    place = programmes.enrolments_managed_by(by).filter(pk=key).first()
    if place is None:
        raise BadInput("Name a place in a programme that you run.", field=field)
    return place
