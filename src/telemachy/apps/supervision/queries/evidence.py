"""Which pins a person may see: own ones, and others' once their authors no longer rate blind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from telemachy.apps.supervision.models import Assessment, Evidence, Recording
from telemachy.apps.supervision.queries import recordings

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person


def visible_to(person: Person, recording: Recording) -> QuerySet[Evidence]:
    """Return the pins of a recording, without those of others who have still to rate it blind."""
    blind = Assessment.objects.filter(
        review__recording=recording, review__rated_at__isnull=True, declined_at__isnull=True
    )
    hidden = Q(author__in=blind.values("assessor")) & ~Q(author=person)
    return recording.evidence.exclude(hidden).select_related("author", "utterance")


def own(person: Person) -> QuerySet[Evidence]:
    """Return the person's own pins in recordings that the person may still open."""
    mine = Evidence.objects.filter(author=person, recording__in=recordings.named_in(person).values("pk"))
    return mine.select_related("recording", "utterance")
