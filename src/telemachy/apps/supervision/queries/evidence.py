"""Which pins a person may see: own ones, and others' once their authors no longer rate blind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from telemachy.apps.supervision.models import Assessment, Evidence, Recording
from telemachy.apps.supervision.queries import recordings, rubrics

if TYPE_CHECKING:
    from telemachy.apps.people.models import Person
    from telemachy.core.assessment import Rubric


def visible_to(person: Person, recording: Recording) -> QuerySet[Evidence]:
    """Return the pins of a recording, without those of others who have still to rate it blind."""
    blind = Assessment.objects.filter(
        review__recording=recording, review__state="asked", declined_at__isnull=True
    )
    hidden = Q(author__in=blind.values("assessor")) & ~Q(author=person)
    return recording.evidence.exclude(hidden).select_related("author", "utterance")


def own(person: Person) -> QuerySet[Evidence]:
    """Return the person's own pins in recordings that the person may still open."""
    mine = Evidence.objects.filter(author=person, recording__in=recordings.named_in(person).values("pk"))
    return mine.select_related("recording", "utterance")


def rubric_for(person: Person, recording: Recording) -> Rubric | None:
    """Return the rubric to pin to: that of the latest review, else the first that the organisation uses."""
    review = recording.reviews.exclude(state="called_off").select_related("version").last()
    if review is not None:
        return rubrics.content(review.version)
    first = rubrics.in_use(person).order_by("name").first()
    return rubrics.content(rubrics.latest(first)) if first is not None else None
