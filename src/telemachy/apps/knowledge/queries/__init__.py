"""What the catalogue offers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import F, Q, QuerySet

from telemachy.apps.knowledge.models import Competency, Question

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person


def competencies_of(person: Person) -> QuerySet[Competency]:
    """Return the competencies of the person's organisation that are in use."""
    return Competency.objects.filter(organisation_id=person.organisation_id, archived_at__isnull=True)


def questions_for(
    person: Person, competency: Competency | None, moment: str = "question"
) -> QuerySet[Question]:
    """Return questions worth asking at a moment, those of the competency before those of any."""
    fitting = Q(competency__isnull=True)
    if competency is not None:
        fitting |= Q(competency=competency)
    return Question.objects.filter(fitting, organisation_id=person.organisation_id, moment=moment).order_by(
        F("competency").desc(nulls_last=True), "text"
    )


def questions_of(person: Person, moment: str) -> QuerySet[Question]:
    """Return the whole bank of the person's organisation for a moment."""
    return Question.objects.filter(organisation_id=person.organisation_id, moment=moment)


def by_key(keys: Iterable[UUID]) -> dict[UUID, Competency]:
    """Return the competencies with these keys, also those no longer in use."""
    return Competency.objects.in_bulk(keys)
