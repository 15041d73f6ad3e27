"""The files of situations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from telemachy.apps.relationships.models import Attachment, Situation
from telemachy.apps.relationships.queries import situations

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

#: How many files a situation may have.
MAX_ATTACHMENTS = 6


def of_party(person: Person) -> QuerySet[Attachment]:
    """Return the files of the situations that the person may read."""
    return Attachment.objects.filter(situation__in=situations.of_party(person))


def of_situation(situation: Situation) -> QuerySet[Attachment]:
    """Return the situation's files, oldest first."""
    return situation.attachments.select_related("uploaded_by").order_by("uploaded_at")
