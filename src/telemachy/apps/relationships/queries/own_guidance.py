"""What somebody wrote as guidance, for the eyes of whoever wrote it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from telemachy.apps.relationships.models import Guidance

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person

#: More than this much in a year nobody writes by hand.
MAX_PIECES = 1_000


def given_by(person: Person, *, since: datetime) -> QuerySet[Guidance]:
    """Return the guidance that the person gave, the latest first, with texts and levels alone."""
    given = Guidance.objects.filter(author=person, given_at__gte=since).order_by("-given_at")
    return given.only("given_at", "text", "recommended_level")[:MAX_PIECES]
